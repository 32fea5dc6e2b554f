"""Assertions about notifications for any test runner; no pytest is imported here."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._checking import Assertion, Coverage, Status
    from notify_contracts.testing.bus import Bus, tapped
    from notify_contracts.testing.children import announced_listeners, hear_children
    from notify_contracts.testing.collecting import recording
    from notify_contracts.testing.conforming import assert_conforms
    from notify_contracts.testing.exercising import ExercisedContract, exercised
    from notify_contracts.testing.lives import Life
    from notify_contracts.testing.needs import Reads
    from notify_contracts.testing.reading import notification_in
    from notify_contracts.testing.recorder import Recorder
    from notify_contracts.testing.sources import Source, listening
    from notify_contracts.testing.strictness import Strictness

__all__ = [
    "Assertion",
    "Bus",
    "Coverage",
    "ExercisedContract",
    "Life",
    "Reads",
    "Recorder",
    "Source",
    "Status",
    "Strictness",
    "announced_listeners",
    "assert_conforms",
    "exercised",
    "hear_children",
    "listening",
    "notification_in",
    "recording",
    "tapped",
]
