"""The strictness of a recorder."""

from enum import StrEnum


class Strictness(StrEnum):
    """The treatment of notifications that break their contract although no test asserted anything about them."""

    STRICT = "strict"
    """They fail the test."""
    KNOWN = "known"
    """They fail the test; of event types that the catalog does not have only the envelope is checked."""
    WARN = "warn"
    """They are shown, and nothing fails."""
    OFF = "off"
    """Nothing is checked."""
