"""The lives of resources, followed through a recording: what came first, what last, and what came after what.

Of many resources those are followed whose identities have the least hashes, so that memory is bounded and what it
comes to does not depend on how the recording is shared out. What follows what does: parts are merged in their order.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zlib import crc32

from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.learned import hash_of
from notify_contracts._drafting.inference.lives.fields import reader_of
from notify_contracts._drafting.inference.lives.identifying import Identity

MOST = 4096
"""The most lives of a kind that are followed."""

_BITS = 32
_NUMBERS = (int, float)
_REMEMBERED = 64  # notifications of a life that are known again


class Life:
    """What came first of a resource, what last, and how often which came after which; `heard` tells repetitions.

    It `began` at a time and was told of at another one last; `back` counts steps that are of a time before the last.
    """

    __slots__ = ("back", "began", "first", "heard", "last", "steps", "time")

    def __init__(self, first: Pair, time: Any) -> None:
        self.first = self.last = first
        self.began = self.time = time
        self.back = 0
        self.steps: dict[tuple[Pair, Pair], int] = {}
        self.heard: dict[int, None] = {}  # in order

    def go_on(self, pair: Pair, time: Any) -> None:
        """Have something come next."""
        step = self.last, pair
        self.steps[step] = self.steps.get(step, 0) + 1
        if time != self.time:
            if _is_before(time, self.time):
                self.back += 1
            self.time = time
        self.last = pair

    def merge(self, later: "Life") -> None:
        """Have a life go on as it did in a later part of the recording."""
        self.go_on(later.first, later.began)
        for step, count in later.steps.items():
            self.steps[step] = self.steps.get(step, 0) + count
        self.back += later.back
        self.last, self.time = later.last, later.time
        self.heard |= later.heard
        if len(self.heard) > _REMEMBERED:
            self.forget()

    def forget(self) -> None:
        """Forget the older half of what is known again."""
        self.heard = dict.fromkeys(list(self.heard)[-_REMEMBERED // 2 :])


class Following:
    """The lives of all `kinds` of resources, by kind and identity, as they were followed; they may travel.

    A life is followed if as many leading bits of the hash of its identity are zero as `levels` says of its kind.
    `nameless` counts the notifications that do not say of whose life they are.
    """

    def __init__(self, kinds: Iterable[str] = ()) -> None:
        self.lives: dict[str, dict[str, Life]] = {kind: {} for kind in kinds}
        self.levels: Counter[str] = Counter()
        self.nameless: Counter[Pair] = Counter()

    def merge(self, later: "Following") -> None:
        """Have lives go on as they did in a later part of the recording."""
        self.nameless.update(later.nameless)
        for kind, others in later.lives.items():
            lives = self.lives.setdefault(kind, {})
            self.levels[kind] = max(self.levels[kind], later.levels[kind])
            for key, life in others.items():
                if key in lives:
                    lives[key].merge(life)
                else:
                    lives[key] = life
            self._drop(kind)
            while len(lives) > MOST:
                self.thin(kind)

    def thin(self, kind: str) -> None:
        """Follow half as many lives of a kind from now on."""
        self.levels[kind] += 1
        self._drop(kind)

    def _drop(self, kind: str) -> None:
        """Leave out the lives that are not followed any more."""
        lives, shift = self.lives[kind], _BITS - self.levels[kind]
        for key in [key for key in lives if crc32(key.encode()) >> shift]:
            del lives[key]


class Follower:
    """Follows the lives of what notifications are about; `identities` says where they hold what tells these apart.

    `takes` has for each of their event types and priorities what follows a notification, if that says what it is about.
    What comes of it is in `following`.
    """

    def __init__(self, identities: Mapping[Pair, Identity]) -> None:
        self.following = Following(each.kind for each in identities.values())
        self.takes = {pair: self._take(pair, each) for pair, each in identities.items()}

    def _take(self, pair: Pair, identity: Identity) -> Callable[[Mapping[str, Any]], None]:
        following, kind = self.following, identity.kind
        read, lives, levels = reader_of([path for _, path in identity.fields]), following.lives[kind], following.levels

        def take(envelope: Mapping[str, Any]) -> None:
            key = read(envelope.get("payload"))
            if key is None:
                following.nameless[pair] += 1
                return
            if levels[kind] and crc32(key.encode()) >> (_BITS - levels[kind]):  # most, where many are
                return
            life = lives.get(key)
            if life is None:
                lives[key] = life = Life(pair, envelope.get("timestamp"))
                if (number := _known_by(envelope)) is not None:
                    life.heard[number] = None
                if len(lives) > MOST:
                    following.thin(kind)
                return
            number, heard = _known_by(envelope), life.heard
            if number not in heard:
                life.go_on(pair, envelope.get("timestamp"))
                if number is not None:
                    heard[number] = None
                if len(heard) > _REMEMBERED:
                    life.forget()

        return take


def _known_by(envelope: Mapping[str, Any]) -> int | None:
    """Return what a notification is known by when it comes again, which is its id, as for whoever checks lives."""
    return hash_of(envelope) if isinstance(envelope.get("message_id"), str) else None


def _is_before(time: Any, other: Any) -> bool:
    """Whether a time is before another; of those that are not written alike it is not known."""
    if type(time) in _NUMBERS and type(other) in _NUMBERS:
        return bool(time < other)
    return type(time) is type(other) is str and time < other and len(time) == len(other)
