"""Notifications that keep the contract: by hypothesis, and by a plain seeded generator."""

from notify_contracts.generate.fuzzing import notifications, payloads, values
from notify_contracts.generate.samples import samples
from notify_contracts.generate.texts import KINDS as TEXT_KINDS

__all__ = ["TEXT_KINDS", "notifications", "payloads", "samples", "values"]
