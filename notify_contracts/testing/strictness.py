"""The strictness of a recorder."""

from enum import StrEnum

from notify_contracts._schema import quoted
from notify_contracts.errors import UsageError


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


def strictness_named(strictness: str) -> Strictness:
    """Return the strictness of that name; raise UsageError, listing the names, for any other."""
    try:
        return Strictness(strictness)
    except ValueError:
        good = ", ".join(Strictness)
        raise UsageError(f"there is no strictness {quoted(str(strictness))}; choose from {good}") from None
