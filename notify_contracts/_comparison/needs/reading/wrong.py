"""What is wrong in a consumer's own file, and the shapes that such files are made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from notify_contracts._comparison.needs.model import Origin
from notify_contracts._comparison.needs.reading.lined import Lined

_T = TypeVar("_T")
_MOST = 20_000


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


def word_of(value: Any, origin: Origin, what: str) -> str:
    """Return one text, number or truth value as a text; raise `WrongError` for what is made of several."""
    if not isinstance(value, str | int | float):
        raise WrongError(origin, f"expected {what} as a text")
    return str(value)


def bounded(several: Iterable[_T], size: Callable[[_T], int], origin: Origin) -> Iterator[_T]:
    """Yield what is read of a file; raise `WrongError` when it is more than anybody has.

    A few lines of YAML with aliases may stand for billions.
    """
    total = 0
    for one in several:
        total += size(one)
        if total > _MOST:
            raise WrongError(origin, f"more than {_MOST:,} event types and places in all: take some out")
        yield one
