"""What tests have shown of the places that a consumer reads: how each was read, what was there, what it did without."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from threading import Lock
from typing import Any

from notify_contracts._base import dataclass

Steps = tuple[str | int | None, ...]
"""The way to a place: names of members, indexes of items, None for whichever item."""

Kind = tuple[str, str]
"""An event type, and a priority; empty where it has none."""

Of = int | str
"""So many items of a list, or items that are all of this JSON type."""


class Way(StrEnum):
    """How a place was read, or what became of its consumer where it was not there."""

    TAKEN = "taken"
    """By ``[]`` or ``pop``: where it is absent, that raises."""

    ASKED = "asked"
    """By ``get`` or ``in``: where it is absent, the code goes another way."""

    DEFAULTED = "defaulted"
    """By ``get`` with something else to take."""

    WHOLE = "whole"
    """Iterated, compared or copied: what is read of its members is not seen."""

    RAISED = "raised"
    """The consumer raised where it was removed."""

    REFUSED = "refused"
    """The consumer refused the notification, in its own way, where it was removed."""

    DID_WITHOUT = "did without"
    """The consumer looked for it where it was removed, and raised nothing."""

    TOOK_NULL = "took null"
    """The consumer looked at it where null was there, and raised nothing."""

    TOOK_OTHER = "took another type"
    """The consumer looked at it where something of another type was there, and raised nothing."""

    FAILED_OTHER = "failed for another type"
    """The consumer raised, or refused the notification, where something of another type was there."""

    TOOK_FRACTION = "took a fraction"
    """The consumer looked at it where a fraction was there in place of a whole number, and raised nothing."""

    FAILED_FRACTION = "failed for a fraction"
    """The consumer raised, or refused the notification, where a fraction was there in place of a whole number."""

    FAILED_FOR_ONE = "failed for one item"
    """The consumer raised, or refused the notification, where one item of several was without it."""

    TOOK_ONE = "took one item"
    """The consumer raised nothing where one item of several was without it."""

    TRIED = "tried"
    """Of a whole notification: it was tried without each of its places."""


@dataclass
class Place:
    """What is known of one place: the ways, the JSON types of what was there, and the items with which it was tried."""

    ways: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    took: set[Of] = field(default_factory=set)
    failed: set[Of] = field(default_factory=set)


class Evidence:
    """What is known of the places of each kind of notification; more may be added from several threads."""

    def __init__(self) -> None:
        self.kinds: dict[Kind, dict[Steps, Place]] = {}
        self._lock = Lock()

    def note(self, kind: Kind, steps: Steps, way: Way, types: Sequence[str] = ()) -> None:
        """Add that a place was read so, and what was there."""
        with self._lock:
            place = self.kinds.setdefault(kind, {}).setdefault(steps, Place())
            place.ways.add(way.value)
            place.types.update(types)

    def note_items(self, kind: Kind, steps: Steps, took: Iterable[Of], failed: Iterable[Of]) -> None:
        """Add with what items of the list there the consumer was tried, and did what it does, or failed."""
        with self._lock:
            place = self.kinds.setdefault(kind, {}).setdefault(steps, Place())
            place.took.update(took)
            place.failed.update(failed)

    def places(self, kind: Kind) -> Mapping[Steps, Place]:
        """Return what is known of the places of such notifications."""
        return self.kinds.get(kind, {})

    def was_tried(self, kind: Kind) -> bool:
        """Whether the consumer was given such a notification without each of its places."""
        return () in self.places(kind) and Way.TRIED in self.places(kind)[()].ways

    def merge(self, other: "Evidence") -> None:
        """Add what another one knows."""
        for kind, steps, place in other:
            for way in sorted(place.ways):
                self.note(kind, steps, Way(way), sorted(place.types))
            self.note_items(kind, steps, place.took, place.failed)

    def __iter__(self) -> Iterator[tuple[Kind, Steps, Place]]:
        """Yield all that is known, in order."""
        for kind in sorted(self.kinds):
            places = self.kinds[kind]
            for steps in sorted(places, key=_order):
                yield kind, steps, places[steps]

    def to_json(self) -> list[list[Any]]:
        """Return it as JSON values, which travel from process to process."""
        return [[*kind, list(steps), *map(_listed, vars(place).values())] for kind, steps, place in self]

    @classmethod
    def from_json(cls, values: Sequence[Sequence[Any]]) -> "Evidence":
        """Return what `to_json` made values of."""
        evidence = cls()
        for event_type, priority, steps, *known in values:
            evidence.kinds.setdefault((event_type, priority), {})[tuple(steps)] = Place(*map(set, known))
        return evidence


def _listed(known: Iterable[Of]) -> list[Of]:
    return sorted(known, key=str)


def _order(steps: Steps) -> list[tuple[int, str]]:
    return [(2, "") if step is None else (1, f"{step:09}") if isinstance(step, int) else (0, step) for step in steps]
