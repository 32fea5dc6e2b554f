"""A catalog: contracts by event type and priority, and the verdict on a notification."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from notify_contracts._schema import DEFAULT_ENGINE, did_you_mean, quoted
from notify_contracts.catalog.contract import Contract
from notify_contracts.catalog.folder import ENVELOPE, EVENTS, Folder
from notify_contracts.catalog.schemas import Schemas, broken_rules
from notify_contracts.errors import CatalogError, UsageError
from notify_contracts.model import (
    NO_CONTRACT,
    ROUTING_KEY,
    UNKNOWN_EVENT,
    UNREADABLE,
    Location,
    Notification,
    Priority,
    Unreadable,
    Verdict,
    Violation,
)
from notify_contracts.wire import routing_key, unwrap


@dataclass(frozen=True)
class Catalog(Folder):
    """The contracts in a folder, and the engine that decides whether they are kept."""

    engine: str = DEFAULT_ENGINE

    def __reduce__(self) -> tuple[type["Catalog"], tuple[Path, str]]:
        """Travel to another process as what it was made from; files are read and schemas compiled anew there."""
        return Catalog, (self.root, self.engine)

    @property
    def members(self) -> tuple["Catalog", ...]:
        """The catalogs that it is made of: itself, unless several were joined."""
        return (self,)

    @cached_property
    def schemas(self) -> Schemas:
        """The schemas of the catalog, compiled by its engine."""
        return Schemas(self, self.engine)

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Every contract, by event type and priority."""
        return tuple(contract for event_type in self.event_types for contract in self._index[event_type].values())

    def select(self, event: str = "*", priority: str | None = None) -> tuple[Contract, ...]:
        """Return the contracts whose event type matches a glob and whose priority is the one given, if any."""
        return tuple(
            contract
            for event_type in self.event_types
            if fnmatchcase(event_type, event)
            for contract in self._index[event_type].values()
            if priority in (None, contract.priority)
        )

    def selected(self, event: str = "*", priority: str | None = None) -> tuple[Contract, ...]:
        """Return what `select` does; raise UsageError, saying what there is, where that is nothing."""
        if found := self.select(event, priority):
            return found
        wanted = f"{quoted(event)}{'' if priority is None else f' with {quoted(priority)}'}"
        if there := sorted({str(contract.priority) for contract in self.select(event)}):
            raise UsageError(f"{self.name} has no contract {wanted}; there is {' and '.join(there)}")
        raise UsageError(f"{self.name} has no event type {wanted}; there are {', '.join(self.event_types)}")

    def contract(self, event_type: str, priority: str) -> Contract:
        """Return one contract; raise CatalogError, saying what there is instead, for any other pair."""
        if event_type not in self.event_types:
            raise CatalogError(self._unknown_event(event_type))
        if priority not in self._index[event_type]:
            raise CatalogError(self._no_contract(event_type, priority))
        return self._index[event_type][priority]

    def check(
        self,
        notification: Notification | Unreadable | Mapping[str, Any],
        location: Location | None = None,
        *,
        allow_unknown: bool = False,
    ) -> Verdict:
        """Return the verdict on a notification, with everything that it breaks.

        A mapping is taken as a message body: a bare notification, or oslo.messaging's format 1.0 or 2.0.
        With `allow_unknown`, of an event type that the catalog does not have only the envelope is checked.
        Raise CatalogError where the catalog itself is at fault.
        """
        if type(notification) is not Notification:
            content = unwrap(dict(notification)) if isinstance(notification, Mapping) else notification
            if isinstance(content, Unreadable):
                return Verdict(content, None, (Violation("", UNREADABLE, content.reason),), location)
            notification = content
        envelope = notification.envelope
        try:
            contract = self._index[envelope["event_type"]][envelope["priority"]]
        except (KeyError, TypeError):
            return self._without_contract(notification, location, allow_unknown=allow_unknown)
        violations = contract.broken_by(envelope)
        if notification.delivery is not None:
            violations += _contradicting_routing_key(notification.delivery.routing_key, contract)
        return Verdict(notification, contract.id, violations, location)

    def accepts(self, notification: Notification) -> bool:
        """Whether the notification has a contract and keeps it; faster than `check`, for it does not ask why not."""
        envelope = notification.envelope
        try:
            contract = self._index[envelope["event_type"]][envelope["priority"]]
        except (KeyError, TypeError):
            return False
        return contract.is_kept_by(envelope)

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self)

    def _without_contract(
        self, notification: Notification, location: Location | None, *, allow_unknown: bool
    ) -> Verdict:
        event_type, priority = notification.event_type, notification.priority
        violations = broken_rules(self.schemas.validator(self.base + ENVELOPE), notification.envelope, None)
        if isinstance(event_type, str) and event_type not in self.event_types and not allow_unknown:
            violations += (Violation("/event_type", UNKNOWN_EVENT, self._unknown_event(event_type)),)
        elif event_type in self.event_types and priority in tuple(Priority):
            violations += (Violation("/priority", NO_CONTRACT, self._no_contract(event_type, priority)),)
        return Verdict(notification, None, violations, location)

    def _unknown_event(self, event_type: str) -> str:
        meant = did_you_mean(event_type, self.event_types)
        return f"expected an event type of {self.name}, found {quoted(event_type)}{meant}"

    def _no_contract(self, event_type: str, priority: str) -> str:
        there_are = " or ".join(self._index[event_type]) or "no priority at all"
        has_none = f"{self.name} has no contract for the pair"
        return f"expected {there_are} for {event_type}, found {quoted(priority)}: {has_none}"


class _Index(dict[str, dict[str, Contract]]):
    """Event type → priority → contract; an event type's file is read when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog

    def __missing__(self, event_type: str) -> dict[str, Contract]:
        if event_type not in self._catalog.event_types:
            raise KeyError(event_type)
        self[event_type] = dict(self._contracts(event_type))
        return self[event_type]

    def _contracts(self, event_type: str) -> Iterator[tuple[str, Contract]]:
        catalog = self._catalog
        uri = f"{catalog.base}{EVENTS}/{event_type}.json"
        document = catalog.document(uri)
        schemas = document.get("$defs") if isinstance(document, dict) else None
        for priority in Priority:
            if isinstance(schemas, dict) and isinstance(schema := schemas.get(priority), dict):
                place = f"{uri}#/$defs/{priority}"
                yield str(priority), Contract(event_type, priority, place, schema, catalog.schemas)


def _contradicting_routing_key(found: str, contract: Contract) -> tuple[Violation, ...]:
    """Source: oslo.messaging's routing key ends in the priority in lower case."""
    ending = routing_key("", contract.priority)
    if found.endswith(ending):
        return ()
    message = f'expected a routing key that ends in "{ending}" as the priority says, found {quoted(found)}'
    return (Violation("/priority", ROUTING_KEY, message, contract.id),)
