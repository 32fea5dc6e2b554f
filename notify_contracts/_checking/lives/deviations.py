"""What is said of a step that does not follow, and from where its life goes on."""

from collections.abc import Callable, Container
from typing import Any, NamedTuple

from notify_contracts._checking.lives.automaton import Machine, State, as_text, contract_of, described
from notify_contracts._checking.lives.clock import Clock, shown
from notify_contracts._checking.lives.covering import Covering
from notify_contracts._checking.lives.findings import Finding, life_name, listed_few
from notify_contracts._checking.lives.reading import ABSENT, listed
from notify_contracts._checking.lives.record import Record
from notify_contracts._checking.lives.telling import AT, EXPECTED, MISSING, SINCE, WHILE
from notify_contracts._checking.lives.ways import Step, Way
from notify_contracts._schema import quoted, same
from notify_contracts._untrusted import NotJsonError, dump, printable, shortened
from notify_contracts.catalog import Transition
from notify_contracts.model import (
    AFTER_END,
    CHANGED,
    MISSING_BEFORE,
    OUT_OF_ORDER,
    TIME_RUNS_BACK,
    TWICE,
    Location,
)

_LONGEST_SHOWN = 60
_NONE_BEGINS = "and no life of its kind begins in the recording, which is whole"


class About(NamedTuple):
    """What else is to be said of a finding, as `Finding` has it."""

    pointer: str = ""
    is_gap: bool = False
    missing: tuple[Transition, ...] = ()
    is_beginning: bool = False


_NO_MORE = About()


class Either:
    """A field that was one value and then, though it must not change, another: equal to both, as JSON has it.

    A field that is no text is kept so, too, even if it was one value: for Python, 1 equals true.
    """

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.values = values

    def __eq__(self, other: object) -> bool:
        return any(same(other, value) for value in self.values)


class Deviations:
    """Judges the steps that are not as nearly all are; hands on what it finds."""

    def __init__(
        self, found: Callable[[Finding], None], location: Callable[[Any], Location], clock: Clock, *, is_whole: bool
    ) -> None:
        self._found = found
        self._location = location
        self._clock = clock
        self._is_whole = is_whole

    def after(self, step: Step, way: Way, symbol: int, record: Record) -> State | None:
        """Return what a life may be after a step, whose deviations are handed on; None where it is passed over."""
        state: State = record.state
        following = state[symbol]
        if following is None:
            pending, record.pending = record.pending, None
            if pending is not None and self._is_last(pending, record) and _was_missing(pending, way, step):
                is_gap = self._is_later(step, record) and way.machine.missing_before(state.configs, symbol) is not None
                pending.keyword, pending.is_gap = OUT_OF_ORDER, is_gap
                return None
            return self._misplaced(step, way, symbol, record)
        if way.machine.begins_anew(state.configs, symbol):
            record.kept = self.kept_of(way, step)
        else:
            self._compare(step, way, record, way.machine.changing(state.configs, symbol))
        if self.runs_back(step, record):
            earlier = f"before {shown(record.time)}, which was told of it{self._since(way, record)}"
            self._say(TIME_RUNS_BACK, step, way, f"is of {printable(step.timestamp)}, {earlier}")
        return following

    def joined(self, step: Step, way: Way, symbol: int, covering: Covering | None) -> State | None:
        """Return what a life may be whose first step this is, in recordings of these times.

        None where the lifecycle has no such step anywhere. With no times its beginning may have been seen, and be
        forgotten.
        """
        state = way.machine.anywhere_after(symbol)
        if state is None:
            self._say(OUT_OF_ORDER, step, way, "is nowhere in this life as it is told here")
            return None
        if covering is not None:
            self._miss_beginning(step, way, covering)
        return state

    def _miss_beginning(self, step: Step, way: Way, covering: Covering) -> None:
        """Say it where the first step of a life is missing: one that would have been seen, or, if so, that none has."""
        began, first_ones = self._began(step, way), way.lifecycle.states[way.lifecycle.start]
        is_seen = began is not None and covering.has(way.lifecycle.name, began)
        if not is_seen and not self._is_whole:
            return
        why = f"though it began at {printable(str(began))}, in the time of the recording" if is_seen else _NONE_BEGINS
        missing = " or ".join(map(described, first_ones))
        about = About(is_gap=True, missing=first_ones, is_beginning=not is_seen)
        self._say(MISSING_BEFORE, step, way, f"is its first, {why}{MISSING}{missing}", about)

    @staticmethod
    def is_told(step: Step, way: Way, record: Record) -> bool:
        """Whether a step tells nothing that its life has not been told, as far as it keeps that."""
        known = listed(record.kept, way.kept_count)
        pairs = zip(way.kept_places, way.kept_fields, way.kept_values(step.kept), strict=True)
        return not way.machine.has_one_life or all(
            value is ABSENT or field in way.machine.changeable or not _values_of(known[place]) or known[place] == value
            for place, field, value in pairs
        )

    def displaced(self, step: Step, way: Way, other: Record | None) -> None:
        """Say it where a resource gets the name of one that is open, whose end was not told."""
        if other is not None:
            said = f"came while another has that name{self._since(way, other)}"
            self._say(OUT_OF_ORDER, step, way, said, About(is_gap=True))

    @staticmethod
    def kept_of(way: Way, step: Step) -> Any:
        """Return what a life keeps after its first step, in the form of a notification that has every field."""
        kept: list[Any] = [Either(()) for _ in range(way.kept_count)]
        for place, value in zip(way.kept_places, way.kept_values(step.kept), strict=True):
            kept[place] = _remembered(value)
        return tuple(kept) if len(kept) != 1 else kept[0]

    def _misplaced(self, step: Step, way: Way, symbol: int, record: Record) -> State | None:
        """Say what is wrong with a step that cannot come now; return from where the life goes on."""
        state: State = record.state
        anywhere = way.machine.anywhere_after(symbol)
        gap = way.machine.missing_before(state.configs, symbol)
        if state.is_over:
            self._say(
                AFTER_END, step, way, f"came after its end{self._since(way, record)}", About(is_gap=gap is not None)
            )
            return None if gap is None else gap[1]
        if symbol == symbol_of(record):
            self._say(
                TWICE,
                step,
                way,
                f"came a second time{self._since(way, record)}{_instead(state)}",
                About(is_gap=gap is not None),
            )
            return None
        if gap is None:
            what = "came out of order" if anywhere else "is nowhere in this life as it is told here"
            self._say(OUT_OF_ORDER, step, way, f"{what}{self._since(way, record)}{_instead(state)}")
            return None if anywhere is None else way.machine.state(state.configs | anywhere.configs)
        skipped = listed_few(described(each) for each in gap[0])
        message = f"came{self._since(way, record)}{MISSING}{skipped}{_instead(state)}"
        record.pending = self._say(MISSING_BEFORE, step, way, message, About(is_gap=True, missing=gap[0]))
        self._compare(step, way, record, way.may_change)
        return gap[1]

    def _compare(self, step: Step, way: Way, record: Record, may_change: Container[str]) -> None:
        """Compare what a life keeps with a step, and have it keep what the step may change."""
        count = way.kept_count
        known = list(record.kept) if count != 1 else [record.kept]
        for place, field, value in zip(way.kept_places, way.kept_fields, way.kept_values(step.kept), strict=True):
            before = known[place]
            if value is not ABSENT or field in may_change:
                known[place] = _remembered(value)
            if value is ABSENT:  # the step says nothing of the field
                continue
            earlier = _values_of(before)
            if not earlier or before == value or field in may_change:
                continue
            known[place] = Either((*earlier, value)[-2:])
            told = f"{field} is {_told(value)}, and was {_told(before)}"
            self._say(
                CHANGED, step, way, told, About(way.transition.fields[field], is_gap=field in way.machine.changeable)
            )
        for field, place in way.forgets.items():
            if field in may_change:
                known[place] = Either(())
        record.kept = tuple(known) if count != 1 else known[0]

    def _since(self, way: Way, record: Record) -> str:
        """Return the states in which a life is, and what brought it there."""
        names = " or ".join(quoted(name) for name in record.state.names[:3])
        by = record.by if isinstance(record.by, str) else symbol_name(way.machine, symbol_of(record))
        return f"{WHILE}{names}{SINCE}{by}{AT}{self._location(record.place)}"

    def _say(self, keyword: str, step: Step, way: Way, said: str, about: About = _NO_MORE) -> Finding:
        what = f"{life_name(way.lifecycle.name, step.identity)}: {_step_name(way, step)} {said}"
        finding = Finding(keyword, way, step, self._location(step.place), what, *about)
        self._found(finding)
        return finding

    @staticmethod
    def _began(step: Step, way: Way) -> str | None:
        for field, value in zip(way.kept_fields, way.kept_values(step.kept), strict=True):
            if field in way.lifecycle.began and isinstance(value, str):
                return value
        return None

    def _is_last(self, finding: Finding, record: Record) -> bool:
        """Whether a finding is of the last step of a life."""
        return self._clock.read(finding.step.timestamp) == record.time

    def runs_back(self, step: Step, record: Record) -> bool:
        """Whether a step is of a time before what was told of a life."""
        time = self._clock.read(step.timestamp)
        return time is not None and record.time is not None and time < record.time

    def _is_later(self, step: Step, record: Record) -> bool:
        time = self._clock.read(step.timestamp)
        return time is not None and (record.time is None or record.time < time)


def _was_missing(finding: Finding, way: Way, step: Step) -> bool:
    """Whether a step is one of those of which a finding says that they are missing."""
    told = dict(zip(way.told_fields, map(as_text, way.told_values(step.told)), strict=True))
    return any(
        contract_of(each) == way.contract
        and all(told.get(field, as_text(value)) == as_text(value) for field, value in each.values.items())
        for each in finding.missing
    )


def _remembered(value: Any) -> Any:
    if value is ABSENT:
        return Either(())
    return value if value is None or isinstance(value, str) else Either((value,))


def _values_of(known: Any) -> tuple[Any, ...]:
    return known.values if isinstance(known, Either) else (known,)


def _told(value: Any) -> str:
    return " or ".join(map(_shown, _values_of(value)))


def _shown(value: Any) -> str:
    """Return a value as JSON writes it, which tells true from 1 and "1", shortened."""
    if isinstance(value, str):
        return quoted(value)
    try:
        return shortened(printable(dump(value).decode()), _LONGEST_SHOWN)
    except (NotJsonError, RecursionError):
        return "what cannot be shown"


def _instead(state: State) -> str:
    possible = [described(way) for way in state.machine.possible(state.configs)]
    return f"{EXPECTED}{listed_few(possible)}" if possible else ""


def symbol_of(record: Record) -> int:
    """Return the number of the symbol that brought a life to its state, -1 where another resource's step did."""
    by = record.by
    return -1 if isinstance(by, str) else by if by >= 0 else -1 - by


def symbol_name(machine: Machine, symbol: int) -> str:
    """Return a symbol as messages name it: its event type, its priority but for INFO, and named texts that it tells."""
    contract, values = machine.symbols[symbol]
    event_type, _, priority = contract.rpartition("-")
    named = (machine.named[field].get(value) for field, value in zip(machine.told, values, strict=True))
    texts = [value for value in named if isinstance(value, str)]
    said = f"{event_type} {priority}" if priority != "INFO" else event_type
    return f"{said} ({', '.join(texts)})" if texts else said


def _step_name(way: Way, step: Step) -> str:
    return symbol_name(way.machine, way.number_of(step.told))
