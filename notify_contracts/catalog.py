"""Catalogs: folders of JSON Schemas, one file per event type, one contract per priority."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from notify_contracts import explain
from notify_contracts.engines import DEFAULT_ENGINE, Validator, engine
from notify_contracts.errors import CatalogError
from notify_contracts.jsontext import NotJsonError, parse
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
from notify_contracts.schemas import Documents, endless
from notify_contracts.text import printable
from notify_contracts.wire import unwrap

DEFAULT_CATALOG = "glance-documented"
MANIFEST = "catalog.json"
ENVELOPE = "notification.json"
EVENTS = "events"
CASES = "cases"


def data_folder() -> Path:
    """Return the folder of the built-in catalogs: the packaged one, else the checkout's.

    Never the other way round: beside an installed package a folder of that name may be somebody else's.
    """
    package = Path(__file__).parent
    packaged = package / "contracts"
    return packaged if packaged.is_dir() else package.parent / "contracts"


def builtin_names() -> tuple[str, ...]:
    """Return the names of the built-in catalogs, the default one first."""
    names = sorted(manifest.parent.name for manifest in data_folder().glob(f"*/{MANIFEST}"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_CATALOG))


def load(name_or_folder: str | Path = DEFAULT_CATALOG, *, engine: str = DEFAULT_ENGINE) -> "Catalog":
    """Return a built-in catalog by its name, or the catalog in a folder.

    Files are read and schemas compiled when they are first needed; `catalog lint` reads them all.
    Raise CatalogError if there is no such catalog, UsageError if there is no such engine.
    """
    names = builtin_names()
    root = data_folder() / name_or_folder if name_or_folder in names else Path(name_or_folder)
    if not (root / MANIFEST).is_file():
        given = printable(str(name_or_folder))
        raise CatalogError(f'no catalog "{given}": give {" or ".join(names)}, or a folder that holds a {MANIFEST}')
    return Catalog(root, engine)


@dataclass(frozen=True)
class Contract:
    """What one event type promises at one priority.

    `uri` addresses its schema in any JSON Schema tool that is given the catalog's documents.
    """

    event_type: str
    priority: Priority
    uri: str
    schema: Mapping[str, Any]
    catalog: "Catalog"

    @cached_property
    def id(self) -> str:
        """``image.create-INFO``."""
        return f"{self.event_type}-{self.priority}"

    @property
    def title(self) -> str:
        """A phrase that names the contract."""
        return str(self.schema.get("title", self.id))

    @property
    def description(self) -> str:
        """What the notification means and carries."""
        return str(self.schema.get("description", ""))

    @property
    def source(self) -> str:
        """Where the contract's rules come from."""
        return str(self.schema.get("$comment", ""))

    @property
    def examples(self) -> tuple[Mapping[str, Any], ...]:
        """Realistic notifications that keep the contract, as envelopes."""
        return tuple(self.schema.get("examples", ()))

    def example(self) -> dict[str, Any]:
        """Return a fresh copy of the first example."""
        from copy import deepcopy

        return deepcopy(dict(self.examples[0]))

    @cached_property
    def validator(self) -> Validator:
        """The compiled schema."""
        return self.catalog.compile(self.uri)


@dataclass(frozen=True)
class Catalog:
    """A set of contracts in a folder, and the engine that decides whether they are kept."""

    root: Path
    engine: str = DEFAULT_ENGINE

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The content of ``catalog.json``."""
        manifest = self._read(MANIFEST)
        if not isinstance(manifest, dict) or not isinstance(manifest.get("id"), str):
            raise CatalogError(f'{self._named(MANIFEST)}: expected an object with an "id"; run catalog lint')
        return MappingProxyType(manifest)

    @property
    def name(self) -> str:
        """The catalog's name, by default its folder's."""
        return str(self.manifest.get("name", self.root.name))

    @property
    def version(self) -> str:
        """The catalog's version."""
        return str(self.manifest.get("version", ""))

    @property
    def base(self) -> str:
        """The URI under which the catalog's documents address each other, ending in a slash."""
        return str(self.manifest["id"])

    @cached_property
    def event_types(self) -> tuple[str, ...]:
        """The event types that have contracts, sorted."""
        return tuple(sorted(path.stem for path in (self.root / EVENTS).glob("*.json")))

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Every contract, by event type and priority."""
        return tuple(contract for event_type in self.event_types for contract in self._index[event_type].values())

    def select(self, event: str = "*", priority: str | None = None) -> tuple[Contract, ...]:
        """Return the contracts whose event type matches a glob and whose priority is the one given, if any."""
        return tuple(
            contract
            for contract in self.contracts
            if fnmatchcase(contract.event_type, event) and priority in (None, contract.priority)
        )

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
            if isinstance(notification, Mapping):
                notification = unwrap(dict(notification))
            if isinstance(notification, Unreadable):
                violation = Violation("", UNREADABLE, notification.reason)
                return Verdict(notification, None, (violation,), location)
        envelope = notification.envelope
        try:
            contract = self._index[envelope["event_type"]][envelope["priority"]]
        except (KeyError, TypeError):
            return self._check_without_contract(notification, location, allow_unknown=allow_unknown)
        broken = self._broken(contract.validator, envelope, contract.id)
        if notification.delivery is not None:
            broken += _contradicting_routing_key(notification, contract.id)
        return Verdict(notification, contract.id, broken, location)

    def compile(self, uri: str) -> Validator:
        """Return the validator of the schema at `uri`, which must be one of the catalog's documents."""
        try:
            if loop := endless(self.document, uri):
                raise CatalogError(f"{self._place(loop)}: its $ref leads back to itself; run catalog lint")
        except LookupError as error:
            raise CatalogError(f"{self._place(uri)}: a $ref leads nowhere ({printable(str(error))}); run catalog lint") from None
        return engine(self.engine)(self.document, uri)

    @cached_property
    def document(self) -> Documents:
        """From the URI of a document of this catalog to its content; raises CatalogError for any other URI."""
        from functools import cache

        @cache
        def document(uri: str) -> Any:
            relative = uri.removeprefix(self.base)
            if relative == uri or relative not in self._files:
                raise CatalogError(f"{self.name}: {printable(uri)} is not a document of the catalog; run catalog lint")
            return self._read(relative)

        return document

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(path.relative_to(self.root).as_posix() for path in self.root.rglob("*.json"))

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self)

    @cached_property
    def _envelope(self) -> Validator:
        return self.compile(self.base + ENVELOPE)

    def _read(self, relative: str) -> Any:
        try:
            return parse((self.root / relative).read_bytes())
        except OSError as error:
            raise CatalogError(f"{self._named(relative)}: cannot be read: {error.strerror}") from None
        except NotJsonError as error:
            raise CatalogError(f"{self._named(relative)}: is not JSON: {error}") from None

    def _named(self, relative: str) -> str:
        return printable(str(self.root / relative))

    def _place(self, uri: str) -> str:
        return self._named(uri.removeprefix(self.base))

    @staticmethod
    def _broken(validator: Validator, envelope: Mapping[str, Any], contract: str | None) -> tuple[Violation, ...]:
        try:
            if validator.is_valid(envelope):
                return ()
            return explain.violations(envelope, validator.faults(envelope), contract)
        except RecursionError:
            return (Violation("", UNREADABLE, "it is nested too deeply for this engine", contract),)
        except ValueError as error:
            return (Violation("", UNREADABLE, f"it is not JSON: {printable(str(error))}", contract),)

    def _check_without_contract(
        self, notification: Notification, location: Location | None, *, allow_unknown: bool
    ) -> Verdict:
        event_type, priority = notification.event_type, notification.priority
        broken = self._broken(self._envelope, notification.envelope, None)
        if not isinstance(event_type, str):
            pass
        elif event_type not in self.event_types:
            if not allow_unknown:
                broken += (Violation("/event_type", UNKNOWN_EVENT, self._unknown_event(event_type)),)
        elif priority in tuple(Priority):
            broken += (Violation("/priority", NO_CONTRACT, self._no_contract(event_type, priority)),)
        return Verdict(notification, None, broken, location)

    def _unknown_event(self, event_type: str) -> str:
        meant = explain.did_you_mean(event_type, self.event_types)
        return f"expected an event type of {self.name}, found {explain.quoted(event_type)}{meant}"

    def _no_contract(self, event_type: str, priority: str) -> str:
        there_are = " or ".join(self._index[event_type])
        return f"expected {there_are} for {event_type}, found {explain.quoted(priority)}: {self.name} has no such contract"


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
        uri = f"{self._catalog.base}{EVENTS}/{event_type}.json"
        document = self._catalog.document(uri)
        schemas = document.get("$defs") if isinstance(document, dict) else None
        for priority in Priority:
            if isinstance(schemas, dict) and isinstance(schema := schemas.get(priority), dict):
                contract = Contract(event_type, priority, f"{uri}#/$defs/{priority}", schema, self._catalog)
                yield str(priority), contract


def _contradicting_routing_key(notification: Notification, contract: str) -> tuple[Violation, ...]:
    """Source: oslo.messaging's routing key ends in the priority in lower case."""
    routing_key = notification.delivery.routing_key if notification.delivery else ""
    priority = notification.priority
    if routing_key.rpartition(".")[2] == priority.lower():
        return ()
    expected = f'a routing key that ends in ".{priority.lower()}" as the priority says'
    message = f"expected {expected}, found {explain.quoted(routing_key)}"
    return (Violation("/priority", ROUTING_KEY, message, contract),)
