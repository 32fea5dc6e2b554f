"""Mutations, each one way to break one rule, and the edit of a JSON value at one place."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Generic, TypeVar

from notify_contracts._base import dataclass
from notify_contracts._schema import Pointer, quoted

Result = TypeVar("Result")

_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Mutation(Generic[Result]):
    """One way to break exactly one rule: what it does, and the violation that a checker must report for it.

    `description` says it in words: ``payload.size is text``. `pointer` and `keyword` are those of the violation.
    `choices` are the variants, never none, and `apply` makes the broken thing from one of them; that is new each
    time, and what it was made from stays as it is. So any source of choice can drive it: `random.choice`, or a
    hypothesis strategy. `rules` are the paths through the contract's schema that lead to what it breaks.
    """

    description: str
    pointer: str
    keyword: str
    choices: tuple[Any, ...]
    apply: Callable[[Any], Result]
    rules: tuple[Pointer, ...] = ()


@dataclass(frozen=True)
class Replacing:
    """Makes, from a value, a copy of `whole` that has this value at `place`."""

    whole: Mapping[str, Any]
    place: Pointer

    def __call__(self, value: Any) -> dict[str, Any]:
        """Return a copy that shares nothing with what it was made from."""
        edited: dict[str, Any] = deepcopy(replaced(self.whole, self.place, value))
        return edited


def replaced(whole: Any, place: Pointer, value: Any) -> Any:
    """Return `whole` with `value` at `place`, new along the way there only; one more item may be added to an array."""
    if not place:
        return value
    first, rest = place[0], place[1:]
    if isinstance(whole, Mapping):
        return {**whole, first: replaced(whole.get(first), rest, value)}
    number = int(first)
    return [*whole[:number], replaced(whole[number] if rest else None, rest, value), *whole[number + 1 :]]


def dotted(place: Pointer) -> str:
    """Return a place as people say it: ``payload.tags.0``, a name that is no plain word in quotes."""
    parts = (part if _WORD.fullmatch(part) else quoted(part) for part in map(str, place))
    return ".".join(parts) or "the notification"
