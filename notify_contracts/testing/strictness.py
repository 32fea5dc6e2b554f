"""How much a recorder asks of what it records."""

from enum import StrEnum


class Strictness(StrEnum):
    """What happens to notifications that break their contract although nobody asserted anything of them."""

    STRICT = "strict"
    """They fail the test."""
    KNOWN = "known"
    """They fail the test; of event types that the catalog does not have only the envelope is checked."""
    WARN = "warn"
    """They are shown, and nothing fails."""
    OFF = "off"
    """Nothing is checked."""
