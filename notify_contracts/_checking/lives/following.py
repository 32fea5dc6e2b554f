"""Lives followed through many notifications: what each may be by now, and what is wrong when something comes."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from notify_contracts._checking.collecting import without_collecting
from notify_contracts._checking.lives.deviations import Deviations, Record
from notify_contracts._checking.lives.findings import Finding, life_name
from notify_contracts._checking.lives.holders import Holders
from notify_contracts._checking.lives.ways import LONGEST_IDENTITY, Step, Way, Ways
from notify_contracts._checking.period import moment
from notify_contracts._checking.steps import MOST_OPEN, Values
from notify_contracts.model import Location

# Hashes of message ids, for checksums are too often alike: one that is seen again among so many, or twice as many,
# is no second step.
_RECENT = 2**16
_MOST_SHARED = 4096  # what is kept is the same in many lives
_SOURCE = 2**40  # what a place counts for the source that it is in


class Open(NamedTuple):
    """A life that is open, and how long nothing was told of it when the recording ended."""

    age: timedelta
    lifecycle: str
    identity: Any
    record: Record

    @property
    def name(self) -> str:
        """What it is called."""
        return life_name(self.lifecycle, self.identity)


class Following:
    """Follows lives by steps in their order, and hands on what is `found`.

    `begun` and `joined` count lives by whether their first step was seen, `afresh` those that were followed anew, for
    another recording was of a later time, `finished` those that came to their end,
    `forgotten` those that were open and had to make room; `redelivered` counts steps that were seen before.
    """

    def __init__(self, ways: Ways, found: Callable[[Finding], None], most: int = MOST_OPEN) -> None:
        self.begun = self.joined = self.afresh = self.finished = self.forgotten = self.redelivered = 0
        self._all = ways
        self._ways = ways.every
        self._most = most
        self._open: dict[str, dict[Any, Record]] = {machine.lifecycle.name: {} for machine in ways.machines}
        self._over: dict[str, dict[Any, Record]] = {machine.lifecycle.name: {} for machine in ways.machines}
        self._holders = Holders(ways, most)
        self._quick = {
            way.number: (
                self._open[way.lifecycle.name],
                way,
                way.numbers,
                way.is_full,
                way.number in self._holders.enders,
            )
            for way in ways.every
            if way.number not in self._holders.careful
        }
        self._recent: set[int] = set()
        self._before_these: set[int] = set()
        self._shared: dict[Any, Any] = {}
        self._sources: list[str] = []
        self._deviations = Deviations(found, self.location)
        self._first = ""
        self._taken = self._known_before = 0

    def begin(self, source: str) -> None:
        """Go on with what was found in this source."""
        self._sources.append(source)
        self._taken, self._known_before = 0, self.begun + self.joined

    def take(self, steps: Iterable[Values]) -> None:
        """Take steps of the source, in their order."""
        with without_collecting():
            self._take(steps)

    def _take(self, steps: Iterable[Values]) -> None:
        quick, base, recent, count = self._quick, (len(self._sources) - 1) * _SOURCE, self._recent, self._taken
        for step in steps:
            count += 1
            place, number, identity, told, kept, timestamp, checksum, message_id, passed, _ = step
            try:
                lives, way, numbers, is_full, ends = quick[number]
                symbol = numbers[told]
                record = lives.get(identity)
                if record is None:
                    is_done = self._begins(step, way, symbol, base)
                else:
                    state = record[0]
                    after = state[symbol]
                    is_done = (
                        after is not None
                        and timestamp > record[2]
                        and kept == (record[1] if is_full else way.pick(record[1]))
                    )
                    if is_done:
                        record[2] = timestamp
                        if after is not state:
                            record[0], record[4] = after, symbol if passed else -1 - symbol
                            record[3] = base + place if type(place) is int else place
                            record[7] = message_id
                            if after.is_over:
                                self._close(way, identity, record)
                        if ends:
                            self._holders.end(way, identity, record[3])
            except (KeyError, TypeError):
                is_done = False
            if not is_done:
                self._carefully(step, base)
            recent.add(hash(message_id) if checksum else 0)
            if len(recent) > _RECENT:  # said here, or it would depend on how many steps are taken at a time
                self._before_these, self._recent = recent, set()
                recent = self._recent
        self._taken = count

    def _is_recent(self, message_id: str) -> bool:
        number = hash(message_id)
        return number in self._recent or number in self._before_these

    def location(self, place: Any) -> Location:
        """Return the location that a place is."""
        if isinstance(place, Location):
            return place
        return Location(self._sources[place // _SOURCE], place % _SOURCE)

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps this source had, and how many of them were not the first of their lives."""
        return self._taken, self._taken - (self.begun + self.joined - self._known_before)

    @property
    def open_count(self) -> int:
        """How many lives are open."""
        return sum(map(len, self._open.values()))

    def still_open(self) -> list[Open]:
        """Return the open lives in which something is under way, the longest without a word first."""
        lifecycles = {machine.lifecycle.name: machine.lifecycle for machine in self._all.machines}
        latest = moment(self._latest())
        found = []
        for name, lives in self._open.items():
            for identity, record in lives.items():
                if latest is None or lifecycles[name].rests.issuperset(record[0].names):
                    continue
                told = moment(record[2])
                if told is None:
                    continue
                found.append(Open(latest - told, name, identity, record))
        return sorted(found, key=lambda one: (-one.age, one.lifecycle, str(one.identity)))

    def _latest(self) -> str:
        records = (record for kind in (self._open, self._over) for lives in kind.values() for record in lives.values())
        return max((record[2] for record in records), default="")

    def _begins(self, values: Values, way: Way, symbol: int, base: int) -> bool:
        """Have a life begin if its first step is as nearly all are; return whether it did."""
        place, _, identity, _, kept, timestamp, checksum, message_id, passed, _ = values
        name, state = way.lifecycle.name, way.machine.start[symbol]
        lives = self._open[name]
        if (
            state is None
            or state.is_over
            or not way.is_full
            or type(identity) is not str
            or not 0 < len(identity) <= LONGEST_IDENTITY
            or type(timestamp) is not str
            or (checksum and self._is_recent(message_id))
            or identity in self._over[name]
            or len(lives) >= self._most
            or type(place) is not int
            or not self._first
        ):
            return False
        kept = self._shared.setdefault(kept, kept)
        if len(self._shared) > _MOST_SHARED:
            self._shared.clear()
        lives[identity] = [state, kept, timestamp, base + place, symbol if passed else -1 - symbol, None, 0, message_id]
        self.begun += 1
        return True

    def _carefully(self, values: Values, base: int) -> None:
        """Take a step that is not as nearly all are."""
        step, way = self._all.known(values), self._ways[values[1]]
        if step is None:
            return
        if type(step.place) is int:
            step = step._replace(place=base + step.place)
        if step.checksum and self._is_recent(step.message_id):
            self.redelivered += 1
            return
        self._first = self._first or step.timestamp
        symbol, name, identity = way.number_of(step.told), way.lifecycle.name, step.identity
        record = self._open[name].get(identity)
        if record is not None and (end := self._holders.ended(way, identity, record[6])) is not None:
            if end.is_known:
                record[0], record[3], record[4] = way.machine.over, end.place, end.said
                self._close(way, identity, record)
            else:
                del self._open[name][identity]
            record = None
        if record is None:
            record = self._over[name].get(identity)
        if record is not None and self._is_of_later_recording(step, record):
            (self._over if record[0].is_over else self._open)[name].pop(identity)
            self.afresh += 1
            record = None
        if record is None:
            self._begin(step, way, symbol)
        else:
            self._move(step, way, symbol, record)
        self._holders.see(way, step)

    def _is_of_later_recording(self, step: Step, record: Record) -> bool:
        """Whether a life was told of in another source that is of a later time: it says nothing of what was before."""
        here, there = self.location(step.place).source, self.location(record[3]).source
        return here != there and self._deviations.runs_back(step.timestamp, record[2])

    def _begin(self, step: Step, way: Way, symbol: int) -> None:
        state = way.machine.start[symbol]
        joins = state is None
        if state is None:
            state = self._deviations.joined(step, way, symbol, self._first)
            if state is None:
                return
        self.begun += not joins
        self.joined += joins
        lives = self._open[way.lifecycle.name]
        identity = _identity_after(step)
        kept = self._deviations.kept_of(way, step)
        seen = self._holders.enter(way, identity)
        lives[identity] = record = [
            state,
            kept,
            step.timestamp,
            step.place,
            _by(symbol, step),
            None,
            seen,
            step.message_id,
        ]
        if state.is_over:
            self._close(way, identity, record)
        elif len(lives) > self._most:
            self._forget(lives)

    def _move(self, step: Step, way: Way, symbol: int, record: Record) -> None:
        """Have a life go on with a step, or not where the step says nothing of it."""
        was_over = record[0].is_over
        after = self._deviations.after(step, way, symbol, record)
        record[6] = self._holders.enter(way, _identity_after(step))
        if after is None:
            return
        if after is not record[0] or was_over:
            record[0], record[3], record[4], record[7] = after, step.place, _by(symbol, step), step.message_id
        record[2] = max(record[2], step.timestamp)
        lives, identity = self._over if was_over else self._open, _identity_after(step)
        if identity != step.identity:
            lives[way.lifecycle.name][identity] = lives[way.lifecycle.name].pop(step.identity)
        if was_over and not after.is_over:
            self.begun += 1
            self._open[way.lifecycle.name][identity] = self._over[way.lifecycle.name].pop(identity)
        elif after.is_over and not was_over:
            self._close(way, identity, record)

    def _close(self, way: Way, identity: Any, record: Record) -> None:
        """Keep of a life that is over what tells that something comes after its end."""
        over = self._over[way.lifecycle.name]
        del self._open[way.lifecycle.name][identity]
        over[identity] = record
        self.finished += 1
        if len(over) > self._most:
            for key in list(islice(over, self._most // 8 + 1)):
                del over[key]

    def _forget(self, lives: dict[Any, Record]) -> None:
        keys = list(islice(lives, self._most // 8 + 1))
        for key in keys:
            del lives[key]
        self.forgotten += len(keys)


def _by(symbol: int, step: Step) -> int:
    """Return how a record keeps the symbol of a step: below zero if that did not keep its contract."""
    return symbol if step.passed else -1 - symbol


def _identity_after(step: Step) -> Any:
    return step.identity if step.becomes is None else step.becomes
