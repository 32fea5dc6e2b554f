"""A catalog: contracts by event type and priority, and the verdict on a notification."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._schema import DEFAULT_ENGINE, inside
from notify_contracts._untrusted import Secrets, printable
from notify_contracts.catalog.contract import Contract
from notify_contracts.catalog.data_names import Numbered
from notify_contracts.catalog.excerpts import fitting, without_missing
from notify_contracts.catalog.folder import ENVELOPE, EVENTS, MANIFEST, Folder
from notify_contracts.catalog.priorities import allowed_priorities
from notify_contracts.catalog.routing import contradicting_routing_key
from notify_contracts.catalog.schemas import Schemas, broken_rules
from notify_contracts.catalog.transport import ANYWHERE, Transport, first_way, is_shovelled_to_queue
from notify_contracts.errors import CatalogError, UsageError
from notify_contracts.model import (
    NO_CONTRACT,
    UNKNOWN_EVENT,
    Delivery,
    Excerpt,
    Location,
    Notification,
    Unreadable,
    Verdict,
    Violation,
)
from notify_contracts.wire import ROUTING_KEY, require_routing_key, unwrap_made
from notify_contracts.wire.envelopes import reading_as


def is_meant(event_type: str, glob: str) -> bool:
    """Whether an event type is meant by a shell-like pattern, or by what is written as it is."""
    return glob == event_type or fnmatchcase(event_type, glob)


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

    @property
    def secrets(self) -> Secrets:
        """Which properties hold secrets, whose values no report shows."""
        return self.schemas.secrets

    @cached_property
    def numbered(self) -> Numbered:
        """The names of declared properties that would be taken for data: ``address_1``."""
        return Numbered(*self.members)

    @cached_property
    def priorities(self) -> tuple[str, ...]:
        """The priorities that the envelope allows, in its order; those of the contracts where it allows any."""
        if self._allowed_priorities is not None:
            return self._allowed_priorities
        return tuple(dict.fromkeys(contract.priority for contract in self.contracts))

    @cached_property
    def routing_key(self) -> str:
        """How a routing key is made of ``{topic}``, ``{priority}`` in lower case, ``{event_type}`` and constants."""
        transport = self.manifest.get("transport")
        try:
            stated = transport.get("routing_key", ROUTING_KEY) if isinstance(transport, dict) else ROUTING_KEY
            return require_routing_key(stated)
        except UsageError as error:
            raise CatalogError(f"{self.place(self.uri(MANIFEST))}: {error}") from None

    @cached_property
    def known_routing_key(self) -> str | None:
        """The same where it is known, else None: events with another envelope are not sent as oslo.messaging's are."""
        is_known = not self.envelopes or not {"routing_key", "topic"}.isdisjoint(self._transport)
        return self.routing_key if is_known else None

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Every contract, by event type and priority."""
        return tuple(contract for event_type in self.event_types for contract in self._index[event_type].values())

    def select(self, event: str = "*", priority: str | None = None) -> tuple[Contract, ...]:
        """Return the contracts whose event type matches a glob and whose priority is the one given, if any."""
        return tuple(
            contract
            for event_type in self.event_types
            if is_meant(event_type, event)
            for contract in self._index[event_type].values()
            if priority in (None, contract.priority)
        )

    def selected(self, event: str = "*", priority: str | None = None) -> tuple[Contract, ...]:
        """Return what `select` does; raise UsageError, saying what there is, where that is nothing."""
        if found := self.select(event, priority):
            return found
        from notify_contracts._schema import did_you_mean, quoted

        wanted = f"{quoted(event)}{'' if priority is None else f' with {quoted(priority)}'}"
        if there := sorted({contract.priority for contract in self.select(event)}):
            raise UsageError(f"{self.name} has no contract {wanted}; there is {' and '.join(there)}")
        meant = did_you_mean(event, self.event_types) or f"; there are {', '.join(self.event_types)}"
        raise UsageError(f"{self.name} has no event type {wanted}{meant}")

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
        transport: Transport | None = ANYWHERE,
    ) -> Verdict:
        """Return the verdict on a notification, with everything that it breaks.

        A mapping is taken as a message body: a bare notification, oslo.messaging's format 1.0 or 2.0, or an event
        with the envelope that the catalog states.
        With `allow_unknown`, of an event type that the catalog does not have only the envelope is checked.
        What a broker carried must have come by an exchange and a topic of `transport`, of the catalog's own if that is
        None; by default nothing is asked, for tests send where they like.
        Raise CatalogError where the catalog itself is at fault, UsageError for what is no notification at all.
        """
        if type(notification) is not Notification:
            content = self.read(notification) if isinstance(notification, Mapping) else notification
            if isinstance(content, Unreadable):
                return Verdict(content, None, (Violation("", content.keyword, content.reason),), location)
            if not isinstance(content, Notification):
                raise UsageError(
                    f"expected a notification or a mapping, found {type(content).__name__}: check one at a time"
                )
            notification = content
            if isinstance(content, Excerpt):
                return self._of_excerpt(content, location, allow_unknown=allow_unknown, transport=transport)
        notification = self.told(notification)
        envelope = notification.envelope
        contract: Contract | None
        try:
            contract = self._index[envelope["event_type"]][envelope["priority"]]
        except (KeyError, TypeError):
            contract = None
        if contract is None:
            violations = self._without_contract(notification, allow_unknown=allow_unknown)
        else:
            violations = contract.broken_by(envelope)
        if notification.delivery is not None:
            violations += self._misdelivered(notification.delivery, contract, transport)
        return Verdict(notification, None if contract is None else contract.id, violations, location)

    def read(self, body: Mapping[str, Any]) -> Notification | Unreadable:
        """Return the notification in a message body that was made, of any form in which the service sends."""
        with reading_as(self.envelopes):
            return unwrap_made(body)

    def accepts(
        self, notification: Notification | Unreadable | Mapping[str, Any], *, transport: Transport | None = ANYWHERE
    ) -> bool:
        """Whether the notification has a contract and keeps it, and was carried as it says; faster than `check`."""
        if not isinstance(notification, Notification):
            return self.check(notification, transport=transport).conforms
        notification = self.told(notification)
        envelope = notification.envelope
        try:
            contract = self._index[envelope["event_type"]][envelope["priority"]]
        except (KeyError, TypeError):
            return False
        delivery = notification.delivery
        return contract.is_kept_by(envelope) and (
            delivery is None or not self._misdelivered(delivery, contract, transport)
        )

    def told(self, notification: Notification) -> Notification:
        """Return what an event tells that was taken for a notification by what does not know the catalog, as a tap.

        That is the notification itself where it is one.
        """
        envelope = notification.envelope
        if not self.envelopes or "event_type" in envelope:
            return notification
        if any(form.is_rather_read(envelope) for form in self.envelopes):
            return notification
        read = self.read(envelope)
        return replace(notification, envelope=read.envelope) if isinstance(read, Notification) else notification

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self)

    def _misdelivered(
        self, delivery: Delivery, contract: Contract | None, transport: Transport | None
    ) -> tuple[Violation, ...]:
        """Return how a broker carried a notification otherwise than its contract and the transport say."""
        held_against = self.transport if transport is None else transport
        if contract is None:
            return held_against.broken_by(delivery, None, self.routing_key)
        first = first_way(delivery)
        of_key: tuple[Violation, ...] = ()
        if not is_shovelled_to_queue(first):
            key = first.routing_key
            of_key = contradicting_routing_key(key, contract.event_type, contract.priority, self.known_routing_key)
        return of_key + held_against.broken_by(delivery, contract.id, self.routing_key)

    def _of_excerpt(
        self, excerpt: Excerpt, location: Location | None, *, allow_unknown: bool, transport: Transport | None
    ) -> Verdict:
        """Return the verdict on a part of a notification, by the contract that fits where it lacks the priority."""
        event_type = excerpt.event_type
        known = self._index[event_type] if isinstance(event_type, str) and event_type in self.event_types else {}
        of_priority = known.get(excerpt.priority) if isinstance(excerpt.priority, str) else None
        contracts = known.values() if "priority" in excerpt.missing else filter(None, [of_priority])
        contract: Contract | None = None
        if candidates := [*contracts]:
            contract, violations = fitting(excerpt, candidates)
        else:
            violations = without_missing(excerpt, self._without_contract(excerpt, allow_unknown=allow_unknown))
        if excerpt.delivery is not None:
            violations += self._misdelivered(excerpt.delivery, contract, transport)
        return Verdict(excerpt, None if contract is None else contract.id, violations, location)

    def _without_contract(self, notification: Notification, *, allow_unknown: bool) -> tuple[Violation, ...]:
        event_type, priority = notification.event_type, notification.priority
        violations = broken_rules(self.schemas.validator(self.uri(ENVELOPE)), notification.envelope, None, self.schemas)
        broken = {violation.pointer for violation in violations}
        if event_type not in self.event_types:
            # An envelope may allow that there is no event type, or that it is no text: no contract is chosen by that.
            if not allow_unknown if isinstance(event_type, str) else not broken & {"", "/event_type"}:
                violations += (Violation("/event_type", UNKNOWN_EVENT, self._unknown_event(event_type)),)
        elif "/priority" not in broken:
            violations += (Violation("/priority", NO_CONTRACT, self._no_contract(event_type, priority)),)
        return violations

    @cached_property
    def _allowed_priorities(self) -> tuple[str, ...] | None:
        return allowed_priorities(self.document, self.uri(ENVELOPE))

    def _unknown_event(self, event_type: Any) -> str:
        from notify_contracts._schema import did_you_mean, found, quoted

        what = f"expected an event type of {self.name}, found"
        if isinstance(event_type, str):
            return f"{what} {quoted(event_type)}{did_you_mean(event_type, self.event_types)}"
        return f"{what} {found(event_type)}"

    def _no_contract(self, event_type: str, priority: Any) -> str:
        from notify_contracts._schema import found

        there_are = " or ".join(self._index[event_type]) or "no priority at all"
        has_none = f"{self.name} has no contract for the pair"
        return f"expected {there_are} for {printable(event_type)}, found {found(priority)}: {has_none}"


class _Index(dict[str, dict[str, Contract]]):
    """Event type → priority → contract; an event type's file is read when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog

    def __missing__(self, event_type: str) -> dict[str, Contract]:
        if event_type not in self._catalog.event_types:
            raise KeyError(event_type)
        name = str.__str__(event_type)  # an enumeration's member that is a text formats as something else
        self[name] = dict(self._contracts(name))
        return self[name]

    def _contracts(self, event_type: str) -> Iterator[tuple[str, Contract]]:
        catalog = self._catalog
        uri = catalog.uri(f"{EVENTS}/{event_type}.json")
        document = catalog.document(uri)
        schemas = document.get("$defs") if isinstance(document, dict) else None
        schemas = schemas if isinstance(schemas, dict) else {}
        allowed = catalog._allowed_priorities  # noqa: SLF001 - the index is a part of the catalog
        for priority in schemas if allowed is None else allowed:
            if isinstance(schema := schemas.get(priority), dict):
                place = inside(uri, ("$defs", priority))
                yield priority, Contract(event_type, priority, place, schema, catalog.schemas)
