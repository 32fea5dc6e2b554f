"""How many notifications a catalog accepts that it was not learned from: cross-validation."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import EVERYTHING, PartialResult, Selection
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.reading import fold_of
from notify_contracts._drafting.inference.relating import fields_at
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.errors import DamagedError
from notify_contracts.model import Notification

Contradicted = dict[int, set[str]]
"""By the number of a fold, the fields at which what was learned without it is contradicted."""


@dataclass
class Trialled:
    """Counts notifications by event type and priority: all, and those that were accepted."""

    tried: Counter[Pair] = field(default_factory=Counter)
    accepted: Counter[Pair] = field(default_factory=Counter)

    def merge(self, other: "Trialled") -> None:
        """Add what another one has counted."""
        self.tried.update(other.tried)
        self.accepted.update(other.accepted)


@dataclass(frozen=True)
class Trial:
    """Asks about each notification the catalog that was learned without the fold it is in, one of so many `folds`.

    `catalogs` has none for a fold where nothing was left to be learned from; what is in it counts as not accepted.
    """

    catalogs: Mapping[int, Catalog]
    folds: int
    selection: Selection = EVERYTHING

    def results(self, recording: Recording) -> Iterator[PartialResult[Trialled]]:
        """Yield what was accepted."""
        trialled = Trialled()
        for notification, fold in _dealt(recording, self.selection, self.folds):
            pair = (str(notification.event_type), str(notification.priority))
            trialled.tried[pair] += 1
            catalog = self.catalogs.get(fold)
            if catalog is not None and catalog.accepts(notification):
                trialled.accepted[pair] += 1
        yield PartialResult(b"", recording.position, trialled)


@dataclass(frozen=True)
class Contradicting:
    """Asks about each notification the catalogs that were learned with it, of which each was without one fold."""

    catalogs: Mapping[int, Catalog]
    folds: int
    selection: Selection = EVERYTHING

    def results(self, recording: Recording) -> Iterator[PartialResult[Contradicted]]:
        """Yield at which fields what was learned is contradicted by what it was learned from."""
        found: Contradicted = {number: set() for number in self.catalogs}
        for notification, fold in _dealt(recording, self.selection, self.folds):
            for number, catalog in self.catalogs.items():
                if number != fold and not catalog.accepts(notification):
                    found[number] |= fields_at(each.pointer for each in catalog.check(notification).violations)
        yield PartialResult(b"", recording.position, found)


def _dealt(recording: Recording, selection: Selection, folds: int) -> Iterator[tuple[Notification, int]]:
    """Yield the notifications of a recording, and in which fold each is."""
    with suppress(DamagedError):  # it was said when it was learned from
        for content, _ in recording:
            if isinstance(content, Notification) and content in selection:
                envelope: dict[str, Any] = dict(content.envelope)
                yield Notification(envelope), fold_of(envelope, folds)
