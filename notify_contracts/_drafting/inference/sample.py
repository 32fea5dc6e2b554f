"""A sample of notifications that does not depend on the order in which they came."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from typing import Any

from notify_contracts._untrusted import dump, parse

_ANY = 2**32
SIZE = 256
"""The most notifications that are kept of one contract."""

_MORE = SIZE // 4  # than are kept, until it is worth while to find the least
_DEEPEST = 32  # levels of an example; contracts say nothing of what is so deep, and few who read it can follow


class Sample:
    """Keeps the notifications with the least hashes, at most `SIZE` of them, less what is very deep in them."""

    __slots__ = ("_greatest", "kept")

    def __init__(self) -> None:
        self.kept: set[tuple[int, bytes]] = set()  # by their hashes, negated; for a while more than are kept
        self._greatest = _ANY  # hash of a notification that may be kept

    def __iter__(self) -> Iterator[Any]:
        """Yield the notifications, in the order of their hashes."""
        return (parse(text) for _, text in nlargest(SIZE, self.kept))

    def __len__(self) -> int:
        return min(len(self.kept), SIZE)

    def take(self, numbers: Iterable[int], envelopes: Iterable[Mapping[str, Any]]) -> None:
        """Keep those of some notifications, whose hashes are `numbers`, that are of the least of all."""
        greatest = self._greatest
        few = [(number, envelope) for number, envelope in zip(numbers, envelopes, strict=True) if number <= greatest]
        self._keep((-number, _text(envelope)) for number, envelope in few)

    def merge(self, other: "Sample") -> None:
        """Keep what another one has kept, if it is of the least of both."""
        self._keep(other.kept)

    def _keep(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Keep those of several that are of the least; the same notification may come twice."""
        self.kept.update(entries)
        if len(self.kept) > SIZE + _MORE:
            least = nlargest(SIZE, self.kept)
            self.kept, self._greatest = set(least), -least[-1][0]


def _text(envelope: Mapping[str, Any]) -> bytes:
    """Return a notification as JSON, less what is very deep in it."""
    text = dump(envelope)
    return text if text.count(b"{") + text.count(b"[") <= _DEEPEST else dump(_cut(envelope, _DEEPEST))


def _cut(value: Any, levels: int) -> Any:
    """Return a value with null for each object and array that is deeper in it than so many levels."""
    if not isinstance(value, dict | list):
        return value
    if not levels:
        return None
    if isinstance(value, list):
        return [_cut(item, levels - 1) for item in value]
    return {name: _cut(member, levels - 1) for name, member in value.items()}
