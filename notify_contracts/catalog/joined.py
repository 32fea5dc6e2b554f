"""Several catalogs as one, for a bus or an archive that more than one service writes to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from notify_contracts._base import dataclass
from notify_contracts._untrusted import Secrets, printable
from notify_contracts.catalog.catalog import Catalog
from notify_contracts.catalog.contract import Contract
from notify_contracts.catalog.schemas import Schemas
from notify_contracts.catalog.transport import ANYWHERE, Transport
from notify_contracts.errors import UsageError
from notify_contracts.model import Location, Notification, Unreadable, Verdict

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes import EnvelopeForm

_AND = " and "


def joined_catalog(catalogs: Sequence[Catalog]) -> Catalog:
    """Return one catalog that has what all of them have; of one, that one.

    An event type that several have belongs to the first of them. What no contract speaks of is held against the
    envelope of the first catalog. Raise UsageError for one that is given twice.
    """
    first, *further = catalogs
    for place, catalog in enumerate(further, 1):
        if any(catalog.root.resolve() == other.root.resolve() for other in catalogs[:place]):
            raise UsageError(f"the catalog {printable(str(catalog.root))} is given twice: leave one of them out")
    return JoinedCatalog(first.root, first.engine, tuple(further)) if further else first


@dataclass(frozen=True)
class JoinedCatalog(Catalog):
    """The catalog in a folder, with those that come after it."""

    further: tuple[Catalog, ...] = ()

    def __reduce__(self) -> tuple[type["JoinedCatalog"], tuple[Any, ...]]:
        """Travel to another process as what it was made from."""
        return JoinedCatalog, (self.root, self.engine, self.further)

    @cached_property
    def members(self) -> tuple[Catalog, ...]:
        """The catalogs that it is made of."""
        return (Catalog(self.root, self.engine), *self.further)

    @cached_property
    def schemas(self) -> Schemas:
        """Those of the first catalog, against whose envelope a stranger is held: each contract has its own."""
        return self.members[0].schemas

    @property
    def name(self) -> str:
        """The names of all, in a row."""
        return _AND.join(member.name for member in self.members)

    @property
    def version(self) -> str:
        """The versions of all, in a row."""
        return _AND.join(member.version for member in self.members)

    @property
    def secrets(self) -> Secrets:
        """What is a secret by any of them."""
        return reduce(or_, (member.schemas.secrets for member in self.members))

    @cached_property
    def priorities(self) -> tuple[str, ...]:
        """The priorities that the envelope of any of them allows."""
        return tuple(dict.fromkeys(priority for member in self.members for priority in member.priorities))

    @cached_property
    def event_types(self) -> tuple[str, ...]:
        """The event types that have contracts in any of them, sorted."""
        return tuple(sorted(self._owners))

    @cached_property
    def document(self) -> Callable[[str], Any]:
        """From the URI of a document of any of them to its content; raises CatalogError for any other URI."""
        return lambda uri: self._member_with(uri).document(uri)

    def place(self, uri: str) -> str:
        """Return where the document or schema of this URI stands, as a file name fit for a message."""
        return self._member_with(uri).place(uri)

    def check(
        self,
        notification: Notification | Unreadable | Mapping[str, Any],
        location: Location | None = None,
        *,
        allow_unknown: bool = False,
        transport: Transport | None = ANYWHERE,
    ) -> Verdict:
        """Return the verdict of the catalog that the event type belongs to; of a stranger, that of all of them."""
        content = self.read(notification) if isinstance(notification, Mapping) else notification
        if isinstance(content, Notification):
            content = self.told(content)
        owner = self._owner_of(content) if isinstance(content, Notification) else None
        if owner is None:
            return super().check(content, location, allow_unknown=allow_unknown, transport=transport)
        return owner.check(content, location, allow_unknown=allow_unknown, transport=transport)

    def accepts(
        self, notification: Notification | Unreadable | Mapping[str, Any], *, transport: Transport | None = ANYWHERE
    ) -> bool:
        """Whether the notification has a contract and keeps it, and was carried as it says."""
        if not isinstance(notification, Notification):
            return self.check(notification, transport=transport).conforms
        notification = self.told(notification)
        owner = self._owner_of(notification)
        return owner is not None and owner.accepts(notification, transport=transport)

    @cached_property
    def transport(self) -> Transport:
        """The exchanges and topics of all of them."""
        exchanges = (exchange for member in self.members for exchange in member.transport.exchanges)
        topics = (topic for member in self.members for topic in member.transport.topics)
        return Transport(tuple(dict.fromkeys(exchanges)), tuple(dict.fromkeys(topics)))

    @cached_property
    def envelopes(self) -> "tuple[EnvelopeForm, ...]":
        """How any of the services writes the envelope, if not as it is; no form reads the events of another."""
        return tuple(
            replace(form, foreign=self._foreign_to(member.envelopes))
            for member in self.members
            for form in member.envelopes
        )

    def _foreign_to(self, envelopes: "tuple[EnvelopeForm, ...]") -> frozenset[str]:
        """Return the event types of the services that have other envelopes."""
        return frozenset(kind for kind, owner in self._owners.items() if owner.envelopes != envelopes)

    def sent(self, envelope: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the event in which the service that has its event type sends a notification."""
        owner = self._owner_of(Notification(envelope))
        return envelope if owner is None else owner.sent(envelope)

    def _owner_of(self, notification: Notification) -> Catalog | None:
        event_type = notification.event_type
        return self._owners.get(event_type) if isinstance(event_type, str) else None

    @cached_property
    def _owners(self) -> dict[str, Catalog]:
        """The catalog that an event type belongs to."""
        return {event_type: member for member in reversed(self.members) for event_type in member.event_types}

    @cached_property
    def _index(self) -> Any:
        return _JoinedIndex(self._owners)

    def _member_with(self, uri: str) -> Catalog:
        fitting = (member for member in self.members if uri.startswith(member.base))
        return max(fitting, key=lambda member: len(member.base), default=self.members[0])


class _JoinedIndex(dict[str, dict[str, Contract]]):
    """Event type → priority → contract, as the catalog has them that the event type belongs to."""

    def __init__(self, owners: dict[str, Catalog]) -> None:
        super().__init__()
        self._owners = owners

    def __missing__(self, event_type: str) -> dict[str, Contract]:
        self[event_type] = self._owners[event_type]._index[event_type]  # noqa: SLF001 - catalogs of one index
        return self[event_type]
