"""Lives followed through many notifications: what each may be by now, and what is wrong when something comes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from notify_contracts._checking.collecting import without_collecting
from notify_contracts._checking.lives.clock import Clock
from notify_contracts._checking.lives.covering import Covering
from notify_contracts._checking.lives.deviations import Deviations
from notify_contracts._checking.lives.findings import Finding
from notify_contracts._checking.lives.holders import Holders
from notify_contracts._checking.lives.moving import mover
from notify_contracts._checking.lives.recent import NOTHING, Recent
from notify_contracts._checking.lives.record import Open, Record
from notify_contracts._checking.lives.ways import Read, Step, Way, Ways
from notify_contracts._checking.steps import MOST_OPEN, Values
from notify_contracts.model import Location

Found = Callable[[Finding], None]
_SOURCE = 2**40  # what a place counts for the source that it is in


class Following:
    """Follows lives by steps in their order, and hands on what is `found`.

    `begun` and `joined` count lives by whether their first step was seen, `afresh` those that were followed anew, for
    another recording was of a later time, `finished` those that came to their end,
    `forgotten` those that were open and had to make room, `forgotten_over` those that were over; `redelivered` counts
    steps that were seen before, `interrupted` lives that were open when something was missed, `nameless` notifications
    that are of a lifecycle and name no resource; `kinds_begun` are the lifecycles of lives that began. Records have
    message ids where it `keeps_ids`; the recordings are whole where one `is_whole`.
    """

    def __init__(
        self, ways: Ways, found: Found, most: int = MOST_OPEN, *, keeps_ids: bool = False, is_whole: bool = False
    ) -> None:
        self.begun = self.joined = self.afresh = self.finished = self.redelivered = 0
        self.forgotten = self.forgotten_over = self.interrupted = self.nameless = 0
        self.kinds_begun: set[str] = set()
        self._all = ways
        self._ways = ways.every
        self.most = most
        self.keeps_ids = keeps_ids
        self.open: dict[str, dict[Any, Record]] = {machine.lifecycle.name: {} for machine in ways.machines}
        self.over: dict[str, dict[Any, Record]] = {machine.lifecycle.name: {} for machine in ways.machines}
        self.holders = Holders(ways, most)
        self.recent = Recent()
        self._sources: list[str] = []
        self.clock = Clock()
        self.covering = Covering(self.clock)
        self._deviations = Deviations(found, self.location, self.clock, is_whole=is_whole)
        self._is_in_one_order = False
        self.has_lost = False  # a life, so that the next step of the same identity is taken for the first
        self.base = self._taken_before = self._known_before = 0
        # The last is that of no life, the one before it that of another member.
        self._moves = [*(mover(self, way) for way in ways.every), lambda *_: self.covering.begin(), self._hear]

    def begin(self, source: str) -> None:
        """Go on with what was found in this source."""
        self.base = len(self._sources) * _SOURCE
        self._sources.append(source)
        self.covering.begin()
        self._taken_before, self._known_before = self.recent.count, self.begun + self.joined

    def begin_all(self, spans: Iterable[tuple[Any, Any]]) -> None:
        """Go on with the steps of all sources in one order; `spans` are the first and last timestamps of each."""
        self.base, self._is_in_one_order = 0, True
        self.covering.close((self.clock.hear(first), self.clock.hear(last)) for first, last in spans)
        self.clock.begin()

    def interrupt(self) -> None:
        """Forget all lives, for something of them may be missing: those that go on are joined in the middle."""
        self.interrupted += self.open_count
        for lives in (*self.open.values(), *self.over.values()):
            lives.clear()
        self.covering, self.has_lost = Covering(self.clock), True

    def take(self, steps: Iterable[Values]) -> None:
        """Take steps of the source, in their order."""
        moves = self._moves
        with without_collecting():
            for step in steps:
                moves[step[1]](*step)
        self.recent.settle()

    def follower(self, pair: tuple[Any, Any]) -> Read[None] | None:
        """Return what takes the notifications of an event type and a priority at once, None if they are of no life."""
        way = self._all.by_pair.get(pair)
        return None if way is None else way.reader(self._moves[way.number])

    def take_carefully(self, step: Values) -> None:
        """Take a step that is not as nearly all are."""
        self.recent.add(self._carefully(step))

    def _hear(self, *values: Any) -> None:
        self.clock.hear(Step._make(values).timestamp)

    def location(self, place: Any) -> Location:
        """Return the location that a place is."""
        if isinstance(place, Location):
            return place
        return Location(self._sources[place // _SOURCE], place % _SOURCE)

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps this source had, and how many of them were not the first of their lives."""
        taken = self.recent.count - self._taken_before
        return taken, taken - (self.begun + self.joined - self._known_before)

    @property
    def open_count(self) -> int:
        """How many lives are open."""
        return sum(map(len, self.open.values()))

    def still_open(self) -> list[Open]:
        """Return the open lives in which surely something is under way, the longest without a word first."""
        now, found = self.clock.now, []
        for lifecycle in (machine.lifecycle for machine in self._all.machines):
            quiet = lifecycle.rests | lifecycle.ends
            for identity, record in self.open[lifecycle.name].items():
                if now is not None and record.time is not None and quiet.isdisjoint(record.state.names):
                    found.append(Open(now - record.time, lifecycle.name, identity, record))
        return sorted(found, key=lambda one: (-one.age, one.lifecycle, str(one.identity)))

    def _carefully(self, values: Values) -> int:
        """Take a step; return what `recent` is to remember of it."""
        step, way = self._all.known(values), self._ways[values[1]]
        if step is None:
            self.nameless += not way.transition.begins  # a text that begins otherwise names none
            return NOTHING
        if type(step.place) is int:
            step = step._replace(place=self.base + step.place)
        symbol, name, identity = way.number_of(step.told), way.lifecycle.name, step.identity
        record = self.open[name].get(identity)
        told = hash((step.message_id, identity, way.number, symbol)) if step.checksum else NOTHING
        known = self.over[name].get(identity) if record is None else record
        is_told = told and (known is not None or self.has_lost) and told in self.recent
        if is_told and (known is None or self._deviations.is_told(step, way, known)):
            self.redelivered += 1
            return told
        self.covering.see(self.clock.hear(step.timestamp))
        is_lost = False
        if record is not None and (end := self.holders.ended(way, identity, record.seen)) is not None:
            if end.is_known:
                record.state, record.place, record.by = way.machine.over, end.place, end.said
                self.close(way, identity, record)
            else:
                del self.open[name][identity]
                is_lost = True
            record = None
        if record is None and (record := self.over[name].get(identity)) is not None:
            end = self.holders.ended(way, identity, record.seen)
            if end is not None and not end.is_known:  # what is in it now may have come with another name
                del self.over[name][identity]
                is_lost = True
                record = None
        if record is not None and self._is_of_later_recording(step, record):
            (self.over if record.state.is_over else self.open)[name].pop(identity)
            self.afresh += 1
            is_lost = True
            record = None
        self.has_lost = self.has_lost or is_lost
        if record is None:
            self._begin(step, way, symbol, None if is_lost else self.covering)
        else:
            self._move(step, way, symbol, record)
        self.holders.see(way, step)
        return told

    def _is_of_later_recording(self, step: Step, record: Record) -> bool:
        """Whether a life was told of in another source that is of a later time: it says nothing of what was before."""
        if self._is_in_one_order or not self._deviations.runs_back(step, record):
            return False
        return self.location(step.place).source != self.location(record.place).source

    def _begin(self, step: Step, way: Way, symbol: int, covering: Covering | None) -> None:
        state = way.machine.start[symbol]
        joins = state is None
        if state is None:
            state = self._deviations.joined(step, way, symbol, covering)
            if state is None:
                self.has_lost = True
                return
        self.begun += not joins
        self.joined += joins
        if not joins:
            self.kinds_begun.add(way.lifecycle.name)
        lives = self.open[way.lifecycle.name]
        identity = step.identity_after
        kept = self._deviations.kept_of(way, step)
        seen = self.holders.enter(way, identity)
        lives[identity] = record = Record(
            state, kept, self._time(step), step.place, _by(symbol, step), seen, self._id_of(step)
        )
        if state.is_over:
            self.close(way, identity, record)
        elif len(lives) > self.most:
            self.forgotten += self._forget(way, lives)

    def _move(self, step: Step, way: Way, symbol: int, record: Record) -> None:
        """Have a life go on with a step, or not where the step says nothing of it."""
        was_over = record.state.is_over
        after = self._deviations.after(step, way, symbol, record)
        record.seen = self.holders.enter(way, step.identity_after)
        if after is None:
            return
        if after is not record.state or was_over:
            record.state, record.place = after, step.place
            record.by, record.message_id = _by(symbol, step), self._id_of(step)
        if not self._deviations.runs_back(step, record):
            record.time = self.clock.read(step.timestamp) or record.time
        lives, identity = self.over if was_over else self.open, step.identity_after
        if identity != step.identity:
            self.has_lost = True
            self._deviations.displaced(step, way, self._in_the_way(step, way, identity))
            lives[way.lifecycle.name][identity] = lives[way.lifecycle.name].pop(step.identity)
        if was_over and not after.is_over:
            self.begun += 1
            self.kinds_begun.add(way.lifecycle.name)
            self.open[way.lifecycle.name][identity] = self.over[way.lifecycle.name].pop(identity)
        elif after.is_over and not was_over:
            self.close(way, identity, record)

    def _in_the_way(self, step: Step, way: Way, identity: Any) -> Record | None:
        """Return the life that is open, by the same recording, under a name that another resource gets."""
        record = self.open[way.lifecycle.name].get(identity)
        if record is None or self.holders.ended(way, identity, record.seen) is not None:
            return None
        is_here = self._is_in_one_order or self.location(step.place).source == self.location(record.place).source
        return record if is_here else None

    def close(self, way: Way, identity: Any, record: Record) -> None:
        """Keep of a life that is over what tells that something comes after its end."""
        over = self.over[way.lifecycle.name]
        del self.open[way.lifecycle.name][identity]
        over[identity] = record
        self.finished += 1
        if len(over) > self.most:
            self.forgotten_over += self._forget(way, over)

    def _id_of(self, step: Step) -> str:
        return step.message_id if self.keeps_ids else ""

    def _time(self, step: Step) -> datetime | None:
        """Return when a step was; where it does not tell that, the latest time that was told."""
        return self.clock.read(step.timestamp) or self.clock.latest or self.clock.now

    def _forget(self, way: Way, lives: dict[Any, Record]) -> int:
        """Forget the oldest of lives; return how many."""
        keys = list(islice(lives, self.most // 8 + 1))
        self.covering.lose(way.lifecycle.name, [lives.pop(key) for key in keys])
        self.has_lost = True
        return len(keys)


def _by(symbol: int, step: Step) -> int:
    """Return how a record keeps the symbol of a step: below zero if that did not keep its contract."""
    return symbol if step.passed else -1 - symbol
