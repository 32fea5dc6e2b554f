"""What is wrong in a consumer's own file, and the shapes that such files are made of."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._comparison.needs.model import Origin
from notify_contracts._comparison.needs.reading.lined import Lined


class WrongError(Exception):
    """Something in a consumer's file is not as its reader wants it; the text says where and what."""

    def __init__(self, origin: Origin, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")


def line_of(value: Any) -> int | None:
    """Return the line of a mapping, None of anything else."""
    return value.line if isinstance(value, Lined) else None


def mapping_of(value: Any, origin: Origin, what: str) -> Mapping[Any, Any]:
    """Return `value` if it is a mapping; raise `WrongError` if not."""
    if not isinstance(value, Mapping):
        raise WrongError(origin, f"expected {what} as a mapping")
    return value


def texts_of(value: Any, origin: Origin, what: str) -> list[str]:
    """Return a text, or a list of texts, as a list; raise `WrongError` for anything else."""
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list) or not several or not all(isinstance(one, str) for one in several):
        raise WrongError(origin, f"expected {what} as a text or a list of texts")
    return several
