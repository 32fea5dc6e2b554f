"""The selection that is exported: a catalog and its chosen contracts, by event type."""

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from notify_contracts._base import dataclass
from notify_contracts.catalog import EVENTS, LIFECYCLES, Catalog, Contract, Lifecycle, lifecycles_of


@dataclass(frozen=True)
class Event:
    """An event type with its chosen contracts; `source` is where its rules come from."""

    name: str
    description: str
    source: str
    contracts: tuple[Contract, ...]

    def contract(self, priority: str) -> Contract | None:
        """Return the contract of a priority, None where there is none."""
        return next((contract for contract in self.contracts if contract.priority == priority), None)


@dataclass(frozen=True)
class Selection:
    """A catalog and the contracts of it that were chosen."""

    catalog: Catalog
    contracts: tuple[Contract, ...]

    def require_usable(self) -> None:
        """Raise CatalogError if a schema cannot be compiled: rules that nobody can check are not worth documenting."""
        for contract in self.contracts:
            _ = contract.validator

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The event types of the contracts, in the catalog's order."""
        return tuple(self._events())

    def _events(self) -> Iterator[Event]:
        for name, contracts in groupby(self.contracts, attrgetter("event_type")):
            document = self.catalog.document(self.catalog.uri(f"{EVENTS}/{name}.json"))
            description, source = str(document.get("description", "")), str(document.get("$comment", ""))
            yield Event(name, description, source, tuple(contracts))

    @cached_property
    def lifecycles(self) -> tuple[Lifecycle, ...]:
        """The lifecycles of which a chosen contract is a step; raise CatalogError where a file has not its shape."""
        return tuple(self._lifecycles())

    def _lifecycles(self) -> Iterator[Lifecycle]:
        chosen = {(contract.event_type, contract.priority) for contract in self.contracts}
        for member in self.catalog.members:
            if (member.root / LIFECYCLES).is_file():
                member.schemas.documents(member.uri(LIFECYCLES))  # looks at its shape
            for one in lifecycles_of(member):
                if one.pairs & chosen:
                    yield one

    def of(self, event: Event) -> "Selection":
        """Return the chosen contracts of one event type."""
        return Selection(self.catalog, event.contracts)
