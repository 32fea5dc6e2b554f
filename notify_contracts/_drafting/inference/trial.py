"""How many notifications a catalog accepts that it was not learned from: cross-validation."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import EVERYTHING, PartialResult, Selection
from notify_contracts._drafting.inference.learned import Pair
from notify_contracts._drafting.inference.reading import fold_of
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.errors import DamagedError
from notify_contracts.model import Notification


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
        try:
            for content, _ in recording:
                if isinstance(content, Notification) and content in self.selection:
                    self._take(trialled, content)
        except DamagedError:
            pass  # it was said when it was learned from
        yield PartialResult(b"", recording.position, trialled)

    def _take(self, trialled: Trialled, notification: Notification) -> None:
        envelope: dict[str, Any] = dict(notification.envelope)
        pair = (str(notification.event_type), str(notification.priority))
        trialled.tried[pair] += 1
        catalog = self.catalogs.get(fold_of(envelope, self.folds))
        if catalog is not None and catalog.accepts(Notification(envelope)):
            trialled.accepted[pair] += 1
