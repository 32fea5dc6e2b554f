"""Trying what a consumer does without: handing it a notification again and again, each time with something else."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from copy import deepcopy
from functools import partial
from itertools import count, islice
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from notify_contracts._checking import require_done
from notify_contracts._schema import json_type
from notify_contracts.testing.needs.evidence import Evidence, Steps, Way
from notify_contracts.testing.needs.handed import Handed
from notify_contracts.testing.needs.items import outcomes
from notify_contracts.testing.needs.noted import ABSENT, plain

Rejections = type[Exception] | tuple[type[Exception], ...]

_OTHERS: tuple[Any, ...] = ("another type", 7, [], {})
_FAILED: Mapping[Way, Way] = {Way.TOOK_OTHER: Way.FAILED_OTHER, Way.TOOK_FRACTION: Way.FAILED_FRACTION}
_NEEDED = frozenset((Way.RAISED, Way.REFUSED))
_MOST_HALVED = 2**52  # below which there is a double between two whole numbers
_MOST_PLACES = 300


class Trying:
    """Hands what is `given` to a consumer in other forms, and adds to the evidence what it does then."""

    def __init__(
        self, evidence: Evidence, handle: Callable[[Any], object], given: Handed, rejected_by: Rejections
    ) -> None:
        self._evidence = evidence
        self._handle = handle
        self._given = given
        self._rejected_by = rejected_by

    def takes_whole(self) -> bool:
        """Whether it takes the notification as it is, and with that does without what is absent or null there."""
        kind = self._given.kind
        lacking: dict[Steps, Way] = {}

        def tell(steps: Steps, way: Way, value: Any) -> None:
            self._evidence.note(kind, steps, way, types_of(value))
            if value is ABSENT or value is None:
                lacking[steps] = Way.DID_WITHOUT if value is ABSENT else Way.TOOK_NULL

        try:
            returned = self._handle(self._given.noted(self._changed((), ABSENT, "whole"), tell))
        except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises
            return False
        require_done(returned)
        for steps, way in lacking.items():
            self._evidence.note(kind, steps, way)
        return True

    def each_place(self) -> None:
        """Try it without each place, with null there, and with something else."""
        self._evidence.note(self._given.kind, (), Way.TRIED)
        places = ((steps, value) for steps, value in _places(self._given.content) if self._may_change(steps))
        for number, (steps, value) in enumerate(islice(places, _MOST_PLACES)):
            for times, (changed, passed) in enumerate(_instead_of(value)):
                self._note_outcome(steps, value, self._changed(steps, changed, f"{number} {times}"), passed)
            for place, items in _lists(steps, value):
                self._note_items(place, items)
            if None in steps and self._ways(self._given.place(steps) or ()) & _NEEDED:
                self._note_one_item(steps, f"{number} one")

    def _may_change(self, steps: Steps) -> bool:
        return self._given.place(steps) is not None and not self._given.is_address(steps)

    def _note_outcome(self, at: Steps, value: Any, less: dict[str, Any], passed: Way) -> None:
        refused, raised = _FAILED.get(passed, Way.REFUSED), _FAILED.get(passed, Way.RAISED)
        steps = self._given.place(at) or ()
        looked: set[Steps] = set()
        note = partial(self._evidence.note, self._given.kind, steps, types=types_of(value))
        try:
            self._handle(self._given.noted(less, lambda place, *_: looked.add(place)))
        except self._rejected_by:
            if self._is_known(steps):  # not looked at by a validator that says what is wrong
                note(refused)
        except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises
            note(raised)
        else:
            # who needs that something is there looks at it, seen or not
            if steps in looked or (passed is not Way.DID_WITHOUT and self._raised_without(steps)):
                note(passed)

    def _note_one_item(self, at: Steps, why: str) -> None:
        """Note whether the consumer does without something in one item where there are more, which have it."""
        steps = self._given.place(at) or ()
        more, less = self._changed((), ABSENT, f"{why} more"), self._changed((), ABSENT, why)
        _change_one(more, at, is_removed=False)
        _change_one(less, at, is_removed=True)
        if self._takes(more, steps):
            way = Way.TOOK_ONE if self._takes(less, steps) else Way.FAILED_FOR_ONE
            self._evidence.note(self._given.kind, steps, way)

    def _note_items(self, at: Steps, value: list[Any]) -> None:
        steps = self._given.place(at) or ()
        numbers = count()

        def takes(items: list[Any]) -> bool:
            return self._takes(self._changed(at, items, f"{steps} {next(numbers)}"), steps)

        found = list(outcomes(value, takes))
        failed = [of for of, is_taken in found if not is_taken]
        if failed:  # a place of which nothing is known was not looked at
            took = [of for of, is_taken in found if is_taken]
            self._evidence.note_items(self._given.kind, steps, took, failed)

    def _takes(self, changed: dict[str, Any], steps: Steps) -> bool:
        """Whether the consumer takes a notification that was changed at a place, or does not look at it."""
        try:
            self._handle(self._given.noted(changed, lambda *_: None))
        except self._rejected_by:
            return not self._is_known(steps)  # not looked at by a validator that says what is wrong
        except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises
            return False
        return True

    def _is_known(self, steps: Steps) -> bool:
        return steps in self._evidence.places(self._given.kind)

    def _ways(self, steps: Steps) -> AbstractSet[str]:
        place = self._evidence.places(self._given.kind).get(steps)
        return frozenset() if place is None else place.ways

    def _raised_without(self, steps: Steps) -> bool:
        return Way.RAISED in self._ways(steps)

    def _changed(self, steps: Steps, value: Any, why: str) -> dict[str, Any]:
        """Return a copy with `value` at a place, or nothing there; its id is another, for some handle none twice."""
        copy: dict[str, Any] = plain(self._given.content)
        at = self._given.id_at
        if at is not None and steps != at and _is_uuid(id_ := _value_at(copy, at)):
            _change(copy, at, str(uuid5(NAMESPACE_OID, f"{id_} {why}")))
        if steps:
            _change(copy, steps, value)
        return copy


def types_of(value: Any) -> tuple[str, ...]:
    """Return the JSON type of what was read, none of what is absent."""
    kind = None if value is ABSENT else json_type(value)
    return () if kind is None else (kind,)


def _instead_of(value: Any) -> Iterator[tuple[Any, Way]]:
    """Yield what to try at a place in which `value` is, and what it shows if the consumer takes it."""
    yield ABSENT, Way.DID_WITHOUT
    if value is None:
        return
    yield None, Way.TOOK_NULL
    kind = json_type(value)
    yield from ((other, Way.TOOK_OTHER) for other in _OTHERS if json_type(other) != kind)
    if kind == "integer":
        yield value + 0.5 if abs(value) < _MOST_HALVED else 0.5, Way.TOOK_FRACTION


def _places(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Yield the members within a value, however deep, of lists those of their items; and what is there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*steps, key), inner
            yield from _places(inner, (*steps, key))
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from _places(inner, (*steps, None))


def _lists(steps: Steps, value: Any) -> Iterator[tuple[Steps, list[Any]]]:
    """Yield the list at a place, and those that are its items, and so on, unless they are empty."""
    while isinstance(value, list) and value:
        yield steps, value
        steps, value = (*steps, None), value[0]


def _value_at(within: Any, steps: Steps) -> Any:
    for step in steps:
        within = within.get(step) if isinstance(within, dict) else None
    return within


def _change(within: Any, steps: Steps, value: Any) -> None:
    step, *below = steps
    if step is None and not below:  # all items are one place
        within[:] = [value] * len(within)
    elif step is None:
        for inner in within:
            _change(inner, tuple(below), value)
    elif isinstance(within, dict) and step in within:
        if below:
            _change(within[step], tuple(below), value)
        elif value is ABSENT:
            del within[step]
        else:
            within[step] = value


def _change_one(within: Any, steps: Steps, *, is_removed: bool) -> None:
    """Remove a member of the last item of each list on the way, of which one has one more where it has only one."""
    *above, last = steps
    for step in above:
        if step is None:
            within += deepcopy(within[-1:]) if len(within) == 1 else []
            within = within[-1]
        else:
            within = within.get(step) if isinstance(within, dict) else None
        if not within:
            return
    if is_removed and isinstance(within, dict):
        within.pop(last, None)


def _is_uuid(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(UUID(text))
    except ValueError:
        return False
