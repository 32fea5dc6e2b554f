"""Many resources at once, each on its way through its lifecycle; whoever tells the story chooses what happens next."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from notify_contracts._mutations import replaced
from notify_contracts._schema import Pointer, at, pointer_parts, quoted
from notify_contracts.catalog import Catalog, Contract, Lifecycle, Transition, lifecycles_of
from notify_contracts.errors import UsageError
from notify_contracts.generate.contracts import shape_with
from notify_contracts.generate.shapes import Shape

Choose = Callable[[int], int]
"""From how many there are to the number of the one that is taken, from 0."""

Make = Callable[[Shape], dict[str, Any]]
"""Makes a notification of a shape."""

BEGINNING = datetime(2026, 1, 1, 0, 0, 0, 730800, UTC)
"""When the first notification is sent. Time goes on by whole seconds, so that every form of it keeps the order."""

_TOGETHER = 8
_ID = ("message_id",)
_TIMESTAMP = ("timestamp",)


class Story:
    """What is told of resources so far: which there are, in what state, and what time it is."""

    def __init__(self, catalog: Catalog, lifecycle: str = "*") -> None:
        """Take a glob of lifecycles; raise UsageError, saying which there are, where it means none."""
        every = [one for member in catalog.members for one in lifecycles_of(member)]
        self._catalog = catalog
        self._lifecycles = [one for one in every if fnmatchcase(one.name, lifecycle)]
        if not every:
            raise UsageError(f"{catalog.name} states no lifecycles")
        if not self._lifecycles:
            names = ", ".join(one.name for one in every)
            raise UsageError(f"{catalog.name} has no lifecycle {quoted(lifecycle)}; there are {names}")
        self._shapes: dict[tuple[str, str, str], Shape] = {}
        self.restart()

    def restart(self) -> None:
        """Forget all resources."""
        self._now = BEGINNING
        self._lives: list[_Life] = []
        self._known: set[object] = set()

    @property
    def going_on(self) -> int:
        """How many resources are on their way."""
        return len(self._lives)

    def next(self, choose: Choose, make: Make, seconds: int, tries: int) -> dict[str, Any] | None:
        """Let a resource begin or go on, `seconds` (1 or more) after what was before; return its notification.

        None where in so many `tries` nothing was made that fits: ids that are taken already, for instance.
        """
        number = choose(min(len(self._lives), _TOGETHER - 1) + 1)
        if number == 0 or not self._lives:
            life = _Life(self._lifecycles[choose(len(self._lifecycles))])
        else:
            life = self._lives[-number]
        ways = life.ways
        return self._told(life, ways[choose(len(ways))], make, self._now + timedelta(seconds=seconds), tries)

    def _told(self, life: "_Life", way: Transition, make: Make, now: datetime, tries: int) -> dict[str, Any] | None:
        contract = self._catalog.contract(way.event_type, way.priority)
        shape = self._shape(contract, way)
        for _ in range(tries):
            fields, envelope = life.told(way, make(shape), now)
            id_, identity = at(envelope, _ID), (life.lifecycle.name, fields[life.lifecycle.identity])
            fresh = id_ not in self._known and (life.fields or identity not in self._known)
            if fresh and contract.is_kept_by(envelope):
                self._known |= {id_, identity}
                self._now = now
                self._move(life, fields, way.to)
                return envelope
        return None

    def _shape(self, contract: Contract, way: Transition) -> Shape:
        key = contract.id, repr(way.fields), repr(way.values)
        if key not in self._shapes:
            self._shapes[key] = way_shape(contract, way)
        return self._shapes[key]

    def _move(self, life: "_Life", fields: dict[str, Any], to: str) -> None:
        if not life.fields:
            self._lives.append(life)
        life.fields, life.state = fields, to
        if not life.ways:
            self._lives.remove(life)


class _Life:
    """One resource: its state, and what its fields are."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self.lifecycle = lifecycle
        self.state = lifecycle.start
        self.fields: dict[str, Any] = {}

    @property
    def ways(self) -> tuple[Transition, ...]:
        return self.lifecycle.states[self.state]

    def told(
        self, way: Transition, envelope: Mapping[str, Any], now: datetime
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the resource's fields after a transition, and the notification that tells of it."""
        fields = {**self.fields, **way.values}
        told = replaced(envelope, _TIMESTAMP, _written(now, at(envelope, _TIMESTAMP)))
        for field, pointer in way.fields.items():
            place: Pointer = pointer_parts(pointer)
            try:
                found = at(told, place)
            except LookupError:
                continue  # the contract does not require it
            if field in self.lifecycle.now or (field in self.lifecycle.began and field not in fields):
                found = _written(now, found)
            elif field in fields:
                found = fields[field]
            fields[field] = found
            told = replaced(told, place, found)
        return fields, told


def check_transition(contract: Contract, way: Transition) -> None:
    """Raise CatalogError where no notification that keeps `contract` can have the values of a transition."""
    way_shape(contract, way)


def way_shape(contract: Contract, way: Transition) -> Shape:
    """Return the shape of a transition's notifications; raise CatalogError where nothing can have its values."""
    fixed = {way.fields[field]: value for field, value in way.values.items() if field in way.fields}
    return shape_with(contract, fixed)


def _written(moment: datetime, like: Any) -> Any:
    """Return `moment` in the form of another time; what is no text stays, for it says that there is no time yet."""
    if not isinstance(like, str):
        return like
    return str(moment.replace(tzinfo=None)) if " " in like else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
