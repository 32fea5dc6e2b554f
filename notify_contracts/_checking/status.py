"""The status of a contract."""

from enum import StrEnum


class Status(StrEnum):
    """What tests know of a contract."""

    PASSED = "passed"
    """Seen, and always kept."""
    FAILED = "failed"
    """Seen, and broken at least once."""
    ASSERTED = "asserted"
    """Spoken of in an assertion, but never seen."""
    UNTOUCHED = "untouched"
    """Neither seen nor spoken of."""
