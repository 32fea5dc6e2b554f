"""Where the notifications of a contract hold what is to be followed of a resource, and how that is read quickly."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zlib import crc32

from notify_contracts._checking.lives.automaton import UNKNOWN, Machine, contract_of
from notify_contracts._checking.lives.clock import shown
from notify_contracts._checking.lives.reading import (
    ABSENT,
    LONGEST_IDENTITY,
    Absent,
    Get,
    getter,
    listed,
    named,
    nothing,
)
from notify_contracts._checking.period import since_1970
from notify_contracts._schema import pointer_parts
from notify_contracts.catalog import Catalog, Lifecycle, Transition, followed_lifecycles

if TYPE_CHECKING:
    from notify_contracts._checking.steps import Values

_MOST_TOLD, _LONGEST_TOLD = 1024, 64
_DEPTH = 2  # of what stands at once in the payload
Taken = TypeVar("Taken")
Read = Callable[[Any, Mapping[str, Any], "bool | None", int], Taken]
"""Takes the values of a `Step` of a place, an envelope, whether it passed, and the checksum of its message id."""


class Step(NamedTuple):
    """What a notification tells of a life, which may not be what it should be.

    `place` is the number of a line or, where that is not all, a `Location`; `way` is the number of its way. `told` and
    `kept` are what its fields are (a tuple, or the one there is), `checksum` is the CRC-32 of its message id, 0 for
    none. `passed` says whether it kept its contract, None that it is not judged. `becomes` is the identity from now on,
    where the step may change that.
    """

    place: Any
    way: int
    identity: Any
    told: Any
    kept: Any
    timestamp: str
    checksum: int
    message_id: str
    passed: bool | None
    becomes: Any = None

    @property
    def identity_after(self) -> Any:
        """What names the resource from now on."""
        return self.identity if self.becomes is None else self.becomes


class Way:
    """The notifications of one contract in one lifecycle."""

    def __init__(self, number: int, machine: Machine, transition: Transition, kept: Sequence[str]) -> None:
        self.number = number
        self.machine = machine
        self.lifecycle = machine.lifecycle
        self.transition = transition
        self.contract = contract_of(transition)
        self.told_fields = tuple(field for field in machine.told if field in transition.fields)
        self.kept_fields = tuple(
            field for field in kept if field in transition.fields and field not in transition.begins
        )
        self.kept_places = tuple(kept.index(field) for field in self.kept_fields)
        self.is_full = len(self.kept_fields) == len(kept)
        self.identity: Get = self._identity(transition.before)
        self.told = getter([transition.fields[field] for field in self.told_fields])
        self.kept = getter([transition.fields[field] for field in self.kept_fields])
        self.renamed: Get | None = self._identity({}) if transition.before else None
        self.pick: Get = itemgetter(*self.kept_places) if self.kept_places else nothing
        alike = list(machine.alike(self.contract))
        self.kept_count = len(kept)
        self.may_change = frozenset(field for way in alike for field in (*way.changes, *way.values))
        changed = {field for way in alike for field in way.changes} - transition.fields.keys()
        self.forgets = {field: place for place, field in enumerate(kept) if field in changed}
        self.numbers: dict[Any, int] = {}
        self.kinds = self._kinds()
        self.step: Read[Values] = self.reader(_as_they_are)

    def number_of(self, told: Any) -> int:
        """Return the number of the symbol of a step in which the fields are these."""
        is_plain = self.is_plain(told)
        if is_plain and (known := self.numbers.get(told)) is not None:
            return known
        values = dict(zip(self.told_fields, listed(told, len(self.told_fields)), strict=True))
        texts = [
            UNKNOWN if field not in values or values[field] is ABSENT else self.machine.canonical(field, values[field])
            for field in self.machine.told
        ]
        number = self.machine.number(self.contract, texts)
        named = self.machine.named
        is_any_other = False  # of these there may be any number
        for field, value in values.items():
            if value is ABSENT or self.machine.canonical(field, value) not in named[field]:
                is_any_other = True
                if not _is_short(value):  # a number may equal one that is named, and be another
                    return number
        if is_plain and (not is_any_other or len(self.numbers) < _MOST_TOLD):
            self.numbers[told] = number
        return number

    def is_plain(self, told: Any) -> bool:
        """Whether in Python nothing equals what is told that is another value in JSON, as 1 equals true."""
        values = self.told_values(told)
        return all(type(values[place]) is kind for place, kind in self.kinds) and all(map(_is_hashable, values))

    def _kinds(self) -> tuple[tuple[int, type], ...]:
        """Return of which Python type nothing else equals them, for fields told that are named with no text."""
        kinds = [set(map(type, self.machine.values[field])) for field in self.told_fields]
        plain = [kind - {str, type(None)} for kind in kinds]
        return tuple((place, kind.pop() if len(kind) == 1 else Absent) for place, kind in enumerate(plain) if kind)

    def kept_values(self, kept: Any) -> Sequence[Any]:
        """Return what is kept as a sequence, in the order of `kept_fields`."""
        return listed(kept, len(self.kept_fields))

    def told_values(self, told: Any) -> Sequence[Any]:
        """Return what is told as a sequence, in the order of `told_fields`."""
        return listed(told, len(self.told_fields))

    def reader(self, take: Callable[..., Taken]) -> Read[Taken]:
        """Return what reads the values of a step and hands them on to `take`.

        That is quick where all is at its place, unless a notification holds a field deeper, or names a resource in a
        text or by what it was.
        """
        carefully = self.carefully

        def read_carefully(place: Any, envelope: Mapping[str, Any], passed: bool | None, checksum: int) -> Taken:  # noqa: FBT001
            return take(*carefully(place, envelope, passed, checksum))

        transition = self.transition
        if (
            transition.begins
            or transition.before
            or any(len(pointer_parts(text)) != _DEPTH for text in transition.fields.values())
        ):
            return read_carefully
        identity, told, kept = (
            itemgetter(*(pointer_parts(transition.fields[field])[1] for field in fields)) if fields else nothing
            for fields in (self.lifecycle.identity, self.told_fields, self.kept_fields)
        )
        number = self.number

        def read(place: Any, envelope: Mapping[str, Any], passed: bool | None, checksum: int) -> Taken:  # noqa: FBT001
            try:
                payload = envelope["payload"]
                who, what, always = identity(payload), told(payload), kept(payload)
                message_id, timestamp = envelope["message_id"], envelope["timestamp"]
            except (LookupError, TypeError):
                return read_carefully(place, envelope, passed, checksum)
            return take(place, number, who, what, always, timestamp, checksum, message_id, passed, None)

        return read

    def carefully(self, place: Any, envelope: Mapping[str, Any], passed: bool | None, checksum: int) -> Step:  # noqa: FBT001
        """Return what a notification tells, whatever it is."""
        payload = envelope.get("payload")
        return Step(
            place,
            self.number,
            self.identity(payload),
            self.told(payload),
            self.kept(payload),
            envelope.get("timestamp", ""),
            checksum,
            envelope.get("message_id", ""),
            passed,
            None if self.renamed is None else self.renamed(payload),
        )

    def _identity(self, before: Mapping[str, str]) -> Get:
        fields, transition = self.lifecycle.identity, self.transition
        pointers = [before.get(field, transition.fields[field]) for field in fields]
        if not transition.begins:
            return getter(pointers)
        parts = [(pointer, transition.begins.get(field, ())) for pointer, field in zip(pointers, fields, strict=True)]
        if len(parts) == 1:
            return lambda payload: named(payload, *parts[0])
        return lambda payload: tuple(named(payload, *part) for part in parts)


def _as_they_are(*values: Any) -> tuple[Any, ...]:
    return values


def _is_hashable(value: Any) -> bool:
    return not isinstance(value, (list, dict))


def _is_short(value: Any) -> bool:
    return value is None or (type(value) is str and len(value) <= _LONGEST_TOLD)


class Ways:
    """The ways of all lifecycles of a catalog: `step` makes what a notification tells a `Step`."""

    def __init__(self, catalog: Catalog) -> None:
        self.machines: list[Machine] = []
        self.every: list[Way] = []
        self.by_pair: dict[tuple[Any, Any], Way] = {}
        self.kept: dict[str, tuple[str, ...]] = {}
        for lifecycle in followed_lifecycles(catalog):
            self._add(lifecycle)

    def _add(self, lifecycle: Lifecycle) -> None:
        machine = Machine(lifecycle)
        self.machines.append(machine)
        transitions = [way for each in lifecycle.states.values() for way in each]
        passing = lifecycle.now | set(machine.told) | set(lifecycle.identity)
        kept = tuple(sorted({field for way in transitions for field in way.fields} - passing))
        self.kept[lifecycle.name] = kept
        for transition in transitions:
            pair = transition.event_type, transition.priority
            if pair not in self.by_pair:
                self.by_pair[pair] = way = Way(len(self.every), machine, transition, kept)
                self.every.append(way)

    def step(self, place: Any, envelope: Mapping[str, Any], passed: bool | None) -> tuple[Any, ...] | None:  # noqa: FBT001
        """Return what a notification tells of a life as the values of a `Step`, None if it is of none."""
        try:
            way = self.by_pair.get((envelope.get("event_type"), envelope.get("priority")))
        except TypeError:
            return None
        if way is None:
            return None
        message_id = envelope.get("message_id")
        checksum = crc32(message_id.encode(errors="surrogatepass")) if isinstance(message_id, str) else 0
        return way.step(place, envelope, passed, checksum)

    def known(self, values: tuple[Any, ...]) -> Step | None:
        """Return the values as a step that is what it should be; None where it names no resource that can be known."""
        step = Step._make(values)
        if not _is_identity(step.identity):
            return None
        return step._replace(
            timestamp=step.timestamp if isinstance(step.timestamp, str) else shown(since_1970(step.timestamp)),
            message_id=step.message_id if isinstance(step.message_id, str) else "",
            becomes=step.becomes if _is_identity(step.becomes) else None,
        )


_recent: deque[tuple[Catalog, Ways]] = deque(maxlen=4)


def ways_of(catalog: Catalog) -> Ways:
    """Return the ways of a catalog, made once for all recordings and tests that ask: they may be many, and small.

    Made anew where the machines have met so many values that those to come could not be told apart.
    """
    for known, ways in tuple(_recent):
        # One that is loaded anew may be another in the same folder, and equal.
        if known is catalog and not any(machine.is_crowded for machine in ways.machines):
            return ways
    ways = Ways(catalog)
    _recent.append((catalog, ways))
    return ways


def _is_identity(identity: Any) -> bool:
    if isinstance(identity, tuple):
        return all(map(_is_identity, identity))
    if isinstance(identity, str):
        return 0 < len(identity) <= LONGEST_IDENTITY
    return isinstance(identity, int) and not isinstance(identity, bool)
