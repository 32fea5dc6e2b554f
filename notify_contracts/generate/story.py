"""A story follows many resources through their lifecycles at once; its caller chooses what happens next."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from functools import reduce
from typing import Any

from notify_contracts._schema import Pointer, at, pointer_parts, quoted
from notify_contracts.catalog import Catalog, Contract, Lifecycle, Transition, followed_lifecycles
from notify_contracts.errors import UsageError
from notify_contracts.generate._mutations import replaced
from notify_contracts.generate.agreeing import agreeing
from notify_contracts.generate.contracts import shape_with
from notify_contracts.generate.moments import written
from notify_contracts.generate.shapes import Shape

Choose = Callable[[int], int]
"""Takes the number of options, returns the index of the chosen one, from 0."""

Make = Callable[[Shape], dict[str, Any]]
"""Makes a notification of a shape."""

BEGINNING = datetime(2026, 1, 1, 0, 0, 0, 730800, UTC)
"""The time of the first notification. Time goes on by whole seconds, so that every form of it keeps the order."""

_TOGETHER = 8
_ID, _TIMESTAMP = "message_id", "timestamp"  # which a service may leave out


class Story:
    """A story holds the resources that live now, each with its state and its fields, and the time."""

    def __init__(self, catalog: Catalog, lifecycle: str = "*") -> None:
        """Take a glob of lifecycles; raise UsageError, saying which there are, where it means none."""
        every = list(followed_lifecycles(catalog))
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
        self._resources: list[_Resource] = []
        self._taken: set[object] = set()

    def next(self, choose: Choose, make: Make, seconds: int, tries: int) -> dict[str, Any] | None:
        """Let a resource begin or go on, `seconds` (1 or more) after what was before; return its notification.

        None where in so many `tries` nothing was made that fits: ids that are taken already, for instance.
        """
        number = choose(min(len(self._resources), _TOGETHER - 1) + 1)
        if number == 0 or not self._resources:
            resource = self._begun(self._lifecycles[choose(len(self._lifecycles))], choose)
        else:
            resource = self._resources[-number]
        transitions = resource.transitions
        if choose(2):  # or lives with much that repeats would seldom get on
            transitions = tuple(way for way in transitions if way.to != resource.state) or transitions
        now = self._now + timedelta(seconds=seconds)
        envelope = self._notification(resource, transitions[choose(len(transitions))], make, now, tries)
        if resource.has_ended and choose(_TOGETHER):  # few go on after their end, most make room for others
            self._resources = [one for one in self._resources if one is not resource]
        return envelope

    def _notification(
        self, resource: "_Resource", transition: Transition, make: Make, now: datetime, tries: int
    ) -> dict[str, Any] | None:
        contract = self._catalog.contract(transition.event_type, transition.priority)
        shape, agreed = self._shape(contract, transition), agreeing(contract)
        for _ in range(tries):
            fields, envelope = resource.notification_after(transition, agreed(make(shape)), now)
            if not resource.is_named_in(envelope, transition):
                continue
            identity = resource.lifecycle.name, *resource.identity_in(fields)
            ids = {envelope[_ID]} if _ID in envelope else set()
            fresh = ids.isdisjoint(self._taken) and (resource.is_known or identity not in self._taken)
            if fresh and contract.is_kept_by(envelope):
                self._taken |= {*ids, identity}
                self._now = now
                self._move(resource, fields, transition)
                return envelope
        return None

    def _begun(self, lifecycle: Lifecycle, choose: Choose) -> "_Resource":
        """Return a new resource; one that is within others is in one of those that live, if any does."""
        resource = _Resource(lifecycle)
        if (within := lifecycle.within) is not None:
            holders = [one for one in self._resources if one.lifecycle.name == within.lifecycle and not one.has_ended][
                -_TOGETHER:
            ]
            if holders:
                holder = holders[choose(len(holders))]
                resource.fields[within.by] = holder.identity_in(holder.fields)[0]
        return resource

    def _shape(self, contract: Contract, transition: Transition) -> Shape:
        key = contract.id, repr(transition.fields), repr(transition.values)
        if key not in self._shapes:
            self._shapes[key] = transition_shape(contract, transition)
        return self._shapes[key]

    def _move(self, resource: "_Resource", fields: dict[str, Any], transition: Transition) -> None:
        if not resource.is_known:
            self._resources.append(resource)
        resource.fields, resource.state, resource.is_known = fields, transition.to, True
        if not resource.transitions:
            self._resources.remove(resource)
        identity = resource.identity_in(fields)
        self._resources = [
            one for one in self._resources if not one.ends_with(resource.lifecycle.name, identity, transition)
        ]


class _Resource:
    """One resource: its lifecycle, its state and its fields."""

    def __init__(self, lifecycle: Lifecycle) -> None:
        self.lifecycle = lifecycle
        self.state = lifecycle.start
        self.fields: dict[str, Any] = {}
        self.is_known = False

    @property
    def has_ended(self) -> bool:
        return self.state in self.lifecycle.ends

    def identity_in(self, fields: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(fields[field] for field in self.lifecycle.identity)

    def is_named_in(self, envelope: Mapping[str, Any], transition: Transition) -> bool:
        """Whether a notification says which resource it is about: its contract may allow that it does not."""
        try:
            for field in self.lifecycle.identity:
                at(envelope, pointer_parts(transition.fields[field]))
        except LookupError:
            return False
        return True

    def ends_with(self, lifecycle: str, identity: tuple[Any, ...], transition: Transition) -> bool:
        """Whether this resource is in another, and a transition of that other takes it along."""
        within = self.lifecycle.within
        if within is None or within.lifecycle != lifecycle or transition.event_type not in within.ended_by:
            return False
        return (self.fields[within.by],) == identity

    @property
    def transitions(self) -> tuple[Transition, ...]:
        return self.lifecycle.states[self.state]

    def notification_after(
        self, transition: Transition, envelope: Mapping[str, Any], now: datetime
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the resource's fields after a transition, and the notification that tells of it."""
        fields = {field: value for field, value in self._kept(transition).items() if field not in transition.changes}
        fields |= transition.values
        told = {_TIMESTAMP: written(now, envelope[_TIMESTAMP])} if _TIMESTAMP in envelope else {}
        changed: dict[str, Any] = {**envelope, **told}
        for field, pointer in transition.fields.items():
            place: Pointer = pointer_parts(pointer)
            try:
                found = at(changed, place)
            except LookupError:
                continue  # the contract does not require it
            if field in transition.begins:
                text = transition.begins[field][0].replace("{}", str(fields[field])) + str(found)
                changed = replaced(changed, place, text)
                continue
            if field in self.lifecycle.now or (field in self.lifecycle.began and field not in fields):
                found = written(now, found)
            elif field in fields:
                found = fields[field]
            fields[field] = found
            changed = replaced(changed, place, found)
            if field in transition.before:
                changed = replaced(changed, pointer_parts(transition.before[field]), found)
        return fields, changed

    def _kept(self, transition: Transition) -> dict[str, Any]:
        """Return the fields that a transition finds: of a life that is over, what tells the next one apart."""
        if self.has_ended and transition.to not in self.lifecycle.ends:
            return {field: self.fields[field] for field in self.lifecycle.identity}
        return self.fields


def check_transition(contract: Contract, transition: Transition) -> None:
    """Raise CatalogError where no notification that keeps `contract` can have the values of a transition."""
    # An example that keeps the contract with them, too, is proof, and cheaper than every way to keep it.
    if not any(contract.is_kept_by(example) for example in _with_values(contract, transition)):
        transition_shape(contract, transition)


def _with_values(contract: Contract, transition: Transition) -> Iterator[Mapping[str, Any]]:
    """Yield the examples of a contract with the values of a transition put in place."""
    places = {pointer_parts(pointer): value for pointer, value in _fixed(transition).items()}
    for example in contract.examples:
        # What has no such place cannot have the value.
        with suppress(LookupError, TypeError, ValueError):
            yield reduce(lambda whole, place: replaced(whole, place, places[place]), places, example)


def transition_shape(contract: Contract, transition: Transition) -> Shape:
    """Return the shape of a transition's notifications; raise CatalogError where nothing can have its values."""
    return shape_with(contract, _fixed(transition))


def _fixed(transition: Transition) -> dict[str, Any]:
    """Return the values that a transition has in its notification, by JSON Pointer."""
    return {transition.fields[field]: value for field, value in transition.values.items() if field in transition.fields}
