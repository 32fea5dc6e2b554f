"""From recordings to what can be learned from them, many notifications at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from notify_contracts._base import dataclass
from notify_contracts._checking import EVERYTHING, PartialResult, Selection, opened, without_collecting
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.learned import Learned, Way, hash_of
from notify_contracts._untrusted import loads
from notify_contracts.capture import Recording
from notify_contracts.catalog import first_way
from notify_contracts.errors import DamagedError
from notify_contracts.model import Excerpt, Found, Notification
from notify_contracts.wire import is_of_transport

LARGEST_PART = 64 * 1024 * 1024
"""Bytes of a part of a recording, at most: what comes of each takes long to put together, however much it was."""

_MANY = 512
_MUCH = 1 << 19  # bytes of lines; what they become in memory is several times as much, and is out of the cache soon

Result = TypeVar("Result")

Folds = tuple[Learned, ...]
"""What was learned from each of several parts into which notifications were dealt; a single one is of all."""


@dataclass(frozen=True)
class Learning:
    """Learns from every recording what is selected, dealt into a number of `folds`."""

    selection: Selection = EVERYTHING
    folds: int = 1

    largest_part = LARGEST_PART

    def results(self, recording: Recording) -> Iterator[PartialResult[Folds]]:
        """Yield how far reading has come, and in the end what was learned.

        Raise SourceError if it cannot be read to its end, DamagedError after what was learned from what could be.
        """
        pupil = _Pupil(self.selection, self.folds)
        damage = None
        try:
            yield from read_by(pupil, recording)
        except DamagedError as error:
            damage = error
        pupil.settle()
        pupil.learned[0].skipped = recording.skipped
        nothing_in = None if pupil.has_any or damage else recording.skipped
        yield PartialResult(b"", recording.position, pupil.learned, nothing_in=nothing_in)
        if damage is not None:
            raise damage


class Reader(Protocol):
    """Takes lines many at a time, and what is left of them one by one."""

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Take what is in lines; return the places of those that are to be read in the ordinary way."""

    def take(self, found: Found) -> None:
        """Take what was found in that way."""


def read_by(reader: Reader, recording: Recording) -> Iterator[PartialResult[Any]]:
    """Have a reader take a recording, and yield how far it has come.

    Raise SourceError if it cannot be read to its end, DamagedError when all that could be read was taken.
    """
    with without_collecting():
        for found in recording.left_by(lambda lines, _before, _source: reader.leave(lines)):
            if found is None:
                yield PartialResult(b"", recording.position)
            else:
                reader.take(found)


def read_again(reader: Reader, recording: Recording, found: Callable[[], Result]) -> Iterator[PartialResult[Result]]:
    """Have a reader take a recording that was learned from; yield how far it has come, and what it `found` at last."""
    with suppress(DamagedError):  # it was said when it was learned from
        yield from read_by(reader, recording)
    yield PartialResult(b"", recording.position, found())


def breaking(
    keep: Mapping[Pair, Callable[[Any], bool]],
    lines: Sequence[bytes],
    is_known: Callable[[Pair, Any], bool] = lambda _pair, _envelope: False,
) -> list[int]:
    """Return the places of the lines that do not plainly keep their contract, by what tells whether each is kept.

    Those are left out of which it `is_known` how they break it.
    """
    left = []
    for place, line in enumerate(lines):
        try:
            envelope, _ = opened(loads(line))
            pair = envelope["event_type"], envelope["priority"]
            if not keep[pair](envelope) and not is_known(pair, envelope):
                left.append(place)
        except Exception:  # noqa: BLE001 - the ordinary way says what it is
            left.append(place)
    return left


class _Pupil:
    """Gathers notifications until they are many, and learns from them then."""

    def __init__(self, selection: Selection, folds: int) -> None:
        self.learned = tuple(Learned() for _ in range(folds))
        self.has_any = False  # whether anything is selected or not
        self._selection = selection
        self._gathered: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
        self._size = 0

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Take what is in lines; return the places of those that hold anything else than one notification."""
        left = []
        gathered = self._gathered
        ways: list[Way] = []
        is_everything = self._selection == EVERYTHING
        for place, line in enumerate(lines):
            try:
                envelope, way = opened(loads(line))
                of_pair = gathered[pair := (envelope["event_type"], envelope["priority"])]
                if "message_id" not in envelope and "payload" not in envelope:
                    raise LookupError  # noqa: TRY301 - it may be no notification
            except Exception:  # noqa: BLE001 - the ordinary way says what it is
                left.append(place)
                continue
            self.has_any = True
            if is_everything or Notification(envelope) in self._selection:
                of_pair.append(envelope)
                if way is not None and type(pair[0]) is type(pair[1]) is str:
                    ways.append((*way, pair))
        self.learned[0].ways.add(ways)
        self._grow(sum(map(len, lines)))
        return left

    def take(self, found: Found) -> None:
        """Take what was found in another way."""
        content, self.has_any = found[0], True
        if isinstance(content, Excerpt):
            self.learned[0].refused["only a part of it is in the recording"] += 1
        elif not isinstance(content, Notification):
            self.learned[0].refused[f"{content.keyword}; check tells why, and where"] += 1
        elif content in self._selection:
            self._gathered[_hashable(content.event_type), _hashable(content.priority)].append(dict(content.envelope))
            self.learned[0].set_aside.update(name for name in content.context if not is_of_transport(name))
            if content.delivery is not None and type(content.event_type) is type(content.priority) is str:
                way = first_way(content.delivery)  # before it became a dead letter
                self.learned[0].ways.add([(way.exchange, way.routing_key, (content.event_type, content.priority))])
            self._grow(_MUCH // _MANY)

    def _grow(self, size: int) -> None:
        """Learn from what was gathered if that, which has grown by so many bytes, has become much."""
        self._size += size
        if self._size >= _MUCH:
            self.settle()

    def settle(self) -> None:
        """Learn from what was gathered."""
        self._size = 0
        for pair, envelopes in self._gathered.items():
            if len(self.learned) == 1:
                self.learned[0].take(pair, envelopes)
                continue
            dealt: list[list[dict[str, Any]]] = [[] for _ in self.learned]
            for envelope in envelopes:
                dealt[fold_of(envelope, len(dealt))].append(envelope)
            for learned, of_fold in zip(self.learned, dealt, strict=True):
                learned.take(pair, of_fold)
        self._gathered.clear()


def _hashable(value: Any) -> Any:
    """Return what may be an event type or a priority, None for an object or an array."""
    return None if isinstance(value, dict | list) else value


def fold_of(envelope: dict[str, Any], folds: int) -> int:
    """Return into which of the folds a notification is dealt, which depends on nothing but itself."""
    return (hash_of(envelope) >> 8) % folds
