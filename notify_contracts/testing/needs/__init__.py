"""What the code under test needs of the notifications that it is given: recorded while tests run."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.testing.needs.reads import Reads
    from notify_contracts.testing.needs.session import reads_of_session, recording_needs

__all__ = ["Reads", "reads_of_session", "recording_needs"]
