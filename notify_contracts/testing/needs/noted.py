"""Notifications that note how they are read: dicts and lists like any other, but for what they tell of their reader.

What Python's own code in C does with them (``orjson``, a validator) is not seen; what iterates, compares or copies a
whole tells of the whole. What the reader has put in is the reader's own.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, KeysView
from opcode import opname
from types import FrameType
from typing import Any, Self

from notify_contracts.testing.needs.evidence import Steps, Way

Tell = Callable[[Steps, Way, Any], None]
"""Is told of a place, how it was read, and what was there; `ABSENT` for nothing."""

ABSENT: Any = object()
_HIGHEST_INDEX = 1000


def noted(value: Any, steps: Steps, tell: Tell) -> Any:
    """Return `value` so that it notes how it is read, if it has places of its own."""
    if type(value) is dict:
        return NotedDict(value, steps, tell)
    return NotedList(value, steps, tell) if type(value) is list else value


def plain(value: Any) -> Any:
    """Return a copy that notes nothing, all the way down."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in dict.items(value)}
    return [plain(inner) for inner in list.__iter__(value)] if isinstance(value, list) else value


class _Noting:
    """What a dict and a list have in common: their place, and whom to tell."""

    _steps: Steps
    _tell: Tell

    def _note_whole(self) -> None:
        self._tell(self._steps, Way.WHOLE, self)

    def __reduce_ex__(self, protocol: object) -> tuple[type, tuple[Any]]:
        """Be pickled as what it would be without us."""
        self._note_whole()
        return (dict if isinstance(self, dict) else list), (plain(self),)

    def __deepcopy__(self, memo: object) -> Any:
        """Return a copy that notes at the same place."""
        return noted(plain(self), self._steps, self._tell)

    def __eq__(self, other: object) -> bool:
        """Note that it is compared as a whole."""
        self._note_whole()
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        """Note that it is compared as a whole."""
        self._note_whole()
        return super().__ne__(other)

    __hash__ = None  # type: ignore[assignment]  # as of any


class NotedDict(_Noting, dict[Any, Any]):
    """A dict that tells which of its members are read."""

    def __init__(self, content: dict[Any, Any], steps: Steps, tell: Tell) -> None:
        super().__init__(content)
        self._steps, self._tell = steps, tell
        self._own: set[Any] = set()
        self._asked: set[Any] = set()
        self._yielded: Any = ABSENT
        self._copied: list[Any] = []

    def _read(self, key: Any, way: Way) -> Any:
        value = dict.get(self, key, ABSENT)
        if key in self._own or not isinstance(key, str):
            return value
        steps = (*self._steps, key)
        self._tell(steps, way, value)
        inner = noted(value, steps, self._tell)
        if inner is not value:
            dict.__setitem__(self, key, inner)
        return inner

    def __getitem__(self, key: Any) -> Any:
        """Note that the member is taken, unless the reader has just seen that it is there."""
        if self._is_found_by_iterating(key):  # which was told already
            return _quietly(self, key)
        self._read(key, Way.ASKED if key in self._asked else Way.TAKEN)
        return super().__getitem__(key)

    def _is_found_by_iterating(self, key: Any) -> bool:
        """Whether somebody iterates and is at this key, or Python copies it all (``dict()``, ``**``)."""
        if self._yielded is not ABSENT:
            return bool(key == self._yielded)
        if self._copied and key == self._copied[-1] and not _is_subscription(sys._getframe(2)):  # noqa: SLF001
            self._copied.pop()
            return True
        self._copied = []
        return False

    def __contains__(self, key: object) -> bool:
        """Note that somebody asks."""
        self._read(key, Way.ASKED)
        self._asked.add(key)
        return super().__contains__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        """Note that somebody asks, and whether there is something else to take; a bare object() only says absent."""
        is_default = default is not None and type(default) is not object
        value = self._read(key, Way.DEFAULTED if is_default else Way.ASKED)
        return default if value is ABSENT else value

    def pop(self, key: Any, *default: Any) -> Any:
        """Note that the member is taken, or asked for where there is a default."""
        self._read(key, Way.DEFAULTED if default else Way.TAKEN)
        self._own.add(key)
        return super().pop(key, *default)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Note that the reader has something else to take."""
        if self._read(key, Way.DEFAULTED) is ABSENT:
            self[key] = default
        return dict.__getitem__(self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Take what the reader puts in, which is its own from now on."""
        self._own.add(key)
        super().__setitem__(key, value)

    def __delitem__(self, key: Any) -> None:
        """Note that the member must be there to be taken away."""
        self._read(key, Way.TAKEN)
        self._own.add(key)
        super().__delitem__(key)

    def update(self, *others: Any, **more: Any) -> None:
        """Take what the reader puts in."""
        for key, value in dict(*others, **more).items():
            self[key] = value

    def __ior__(self, other: Any) -> Self:
        """Take what the reader puts in."""
        self.update(other)
        return self

    def __or__(self, other: Any) -> Any:
        """Return a copy with more in it."""
        if not isinstance(other, dict):
            return NotImplemented
        joined = self.copy()
        joined.update(other)
        return joined

    def __ror__(self, other: Any) -> Any:
        """Return somebody else's dict with all of this in it."""
        if not isinstance(other, dict):
            return NotImplemented
        return {**other, **self}

    def copy(self) -> "NotedDict":
        """Return a copy that notes at the same place."""
        copy = NotedDict(dict(dict.items(self)), self._steps, self._tell)
        copy._own = set(self._own)
        return copy

    __copy__ = copy

    def __iter__(self) -> Iterator[Any]:
        """Note that it is iterated."""
        self._note_whole()
        return self._keys()

    def _keys(self) -> Iterator[Any]:
        for key in dict.__iter__(self):
            self._yielded = key
            yield key
        self._yielded = ABSENT
        self._copied = list(dict.__iter__(self))[::-1]

    def keys(self) -> KeysView[Any]:  # type: ignore[override]  # a view of ours, not of C
        """Return its keys, of which the iterator is noted: so are ``**`` and ``dict()``."""
        return KeysView(self)

    def values(self) -> Any:
        """Note that it is iterated."""
        self._note_whole()
        for key in dict.__iter__(self):
            _quietly(self, key)
        return super().values()

    def items(self) -> Any:
        """Note that it is iterated."""
        self.values()
        return super().items()

    def popitem(self) -> tuple[Any, Any]:
        """Note that it is read as a whole."""
        self._note_whole()
        return super().popitem()


def _is_subscription(caller: FrameType) -> bool:
    """Whether the caller reads one member, with brackets; not so if it is a call or a display that copies all."""
    return opname[caller.f_code.co_code[caller.f_lasti]].startswith(("BINARY_SUBSCR", "BINARY_OP"))


def _quietly(within: NotedDict, key: Any) -> Any:
    """Return a member that was found by iterating: it is not noted, and what is read within it is."""
    value = dict.__getitem__(within, key)
    if key in within._own or not isinstance(key, str):  # noqa: SLF001 - one of ours
        return value
    inner = noted(value, (*within._steps, key), within._tell)  # noqa: SLF001
    if inner is not value:
        dict.__setitem__(within, key, inner)
    return inner


class NotedList(_Noting, list[Any]):
    """A list that tells which of its items are read."""

    def __init__(self, content: list[Any], steps: Steps, tell: Tell) -> None:
        super().__init__(content)
        self._steps, self._tell = steps, tell

    def _inner(self, index: int, step: int | None) -> Any:
        value = list.__getitem__(self, index)
        inner = noted(value, (*self._steps, step), self._tell)
        if inner is not value:
            list.__setitem__(self, index, inner)
        return inner

    def __getitem__(self, index: Any) -> Any:
        """Note that the item is taken; from the end, that there must be some."""
        if not isinstance(index, int):
            self._note_whole()
            return [self._inner(each, None) for each in range(len(self))[index]]
        step = index if 0 <= index <= _HIGHEST_INDEX else None
        is_there = -len(self) <= index < len(self)
        self._tell((*self._steps, step), Way.TAKEN, list.__getitem__(self, index) if is_there else ABSENT)
        return self._inner(index, step) if is_there else list.__getitem__(self, index)

    def __iter__(self) -> Iterator[Any]:
        """Note that it is iterated."""
        self._note_whole()
        return (self._inner(index, None) for index in _while_there(self))

    def __reversed__(self) -> Iterator[Any]:
        """Note that it is iterated."""
        self._note_whole()
        return (self._inner(index, None) for index in reversed(range(len(self))))

    def __contains__(self, item: object) -> bool:
        """Note that it is compared."""
        self._note_whole()
        return list.__contains__(self, item)

    def copy(self) -> "NotedList":
        """Return a copy that notes at the same place."""
        return NotedList(list(list.__iter__(self)), self._steps, self._tell)

    __copy__ = copy

    def pop(self, index: Any = -1) -> Any:
        """Note that the item is taken."""
        item = self[index]
        list.pop(self, index)
        return item


def _while_there(items: list[Any]) -> Iterable[int]:
    index = 0
    while index < len(items):
        yield index
        index += 1
