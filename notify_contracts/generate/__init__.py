"""Notifications that keep the contract, or break it in one announced way: by hypothesis, and by a seeded generator."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.generate.breaking import (
        Broken,
        broken,
        broken_example,
        misaddressed,
        misdelivered,
        unreadable,
    )
    from notify_contracts.generate.lifecycle_sequences import lifecycle_samples, lifecycles
    from notify_contracts.generate.minimal import minimal_broken
    from notify_contracts.generate.sampled import samples
    from notify_contracts.generate.sampled_broken import broken_samples
    from notify_contracts.generate.story import check_transition
    from notify_contracts.generate.texts import KINDS as TEXT_KINDS
    from notify_contracts.generate.texts import check_kinds
    from notify_contracts.generate.valid import envelopes, notifications, payloads, values

__all__ = [
    "TEXT_KINDS",
    "Broken",
    "broken",
    "broken_example",
    "broken_samples",
    "check_kinds",
    "check_transition",
    "envelopes",
    "lifecycle_samples",
    "lifecycles",
    "minimal_broken",
    "misaddressed",
    "misdelivered",
    "notifications",
    "payloads",
    "samples",
    "unreadable",
    "values",
]
