"""Notifications that keep the contract, or break it in one announced way: by hypothesis, and by a seeded generator."""

from notify_contracts.generate.breaking import Broken, broken, misaddressed, misdelivered, unreadable
from notify_contracts.generate.fuzzing import notifications, payloads, values
from notify_contracts.generate.lifecycles import lifecycle_samples, lifecycles
from notify_contracts.generate.samples import broken_samples, samples
from notify_contracts.generate.texts import KINDS as TEXT_KINDS

__all__ = [
    "TEXT_KINDS",
    "Broken",
    "broken",
    "broken_samples",
    "lifecycle_samples",
    "lifecycles",
    "misaddressed",
    "misdelivered",
    "notifications",
    "payloads",
    "samples",
    "unreadable",
    "values",
]
