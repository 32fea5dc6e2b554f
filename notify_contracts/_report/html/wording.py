"""Counts in words."""


def counted(count: int, noun: str) -> str:
    """Return ``1 violation`` or ``2,000 violations``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
