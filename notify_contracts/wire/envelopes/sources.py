"""Where in an event one attribute of a notification stands: at a place of its own, or in a text with several in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from notify_contracts.wire.envelopes.places import MISSING, Path, put, value_at

HOLE = re.compile(r"\{((?:/[^{}]*)?)\}")
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")


class Source(NamedTuple):
    """Where one attribute stands: at one place, from which it is moved or copied; or a text with several in it."""

    attribute: str
    template: str
    paths: tuple[Path, ...]
    is_one_place: bool
    is_moved: bool

    def filled(self, found: list[Any]) -> Any:
        """Return the attribute, of what was found at its places; None where that makes no text."""
        if self.is_one_place:
            return found[0]
        if not all(isinstance(value, str | int) and not isinstance(value, bool) for value in found):
            return None
        following = iter(found)
        return HOLE.sub(lambda _: str(next(following)), self.template)

    def put_again(self, event: dict[str, Any], attribute: Any, moved: frozenset[Path]) -> None:
        """Have an event tell the attribute at its places, where it tells another there; not at those of others."""
        found = [value_at(event, path) for path in self.paths]
        if MISSING not in found and self.filled(found) == attribute:
            return
        values = [attribute] if self.is_one_place else self.taken_from(attribute)
        for path, was, value in zip(self.paths, found, values, strict=False):
            is_number = type(was) is int and self.is_number(value)
            if path not in moved and _may_stand(event, path):
                put(event, path, int(value) if is_number else value)

    @staticmethod
    def is_number(value: Any) -> bool:
        """Whether a text is how a whole number is written."""
        return isinstance(value, str) and _NUMBER.fullmatch(value) is not None

    def taken_from(self, text: Any) -> list[str]:
        """Return the first values with which the template is this text, nothing if there are none, or any would do."""
        return [] if "}{" in self.template else next(self.all_taken_from(text), [])

    def all_taken_from(self, text: Any) -> Iterator[list[str]]:
        """Yield all values with which the template is this text."""
        first, *between, last = HOLE.split(self.template)[::2]
        if isinstance(text, str) and len(text) >= len(first) + len(last):
            rest = text[len(first) : len(text) - len(last)]
            if f"{first}{rest}{last}" == text:
                yield from _parted(rest, between)


def _parted(text: str, between: Sequence[str]) -> Iterator[list[str]]:
    """Yield the ways to part a text by what stands between its parts."""
    if not between:
        yield [text]
        return
    found = text.find(between[0])
    while found >= 0:
        for others in _parted(text[found + len(between[0]) :], between[1:]):
            yield [text[:found], *others]
        found = text.find(between[0], found + 1)


def _may_stand(event: Mapping[str, Any], path: Path) -> bool:
    """Whether what is on the way to a place is nothing but objects."""
    way = (value_at(event, path[:number]) for number in range(1, len(path)))
    return all(each is MISSING or isinstance(each, Mapping) for each in way)
