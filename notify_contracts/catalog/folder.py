"""The files of a catalog as JSON documents that address each other by URI."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from notify_contracts._schema import Documents
from notify_contracts._untrusted import NotJsonError, parse, printable
from notify_contracts.catalog.transport import Transport
from notify_contracts.errors import CatalogError

MANIFEST = "catalog.json"
ENVELOPE = "notification.json"
EVENTS = "events"
CASES = "cases"
LIFECYCLES = "lifecycles.json"


@dataclass(frozen=True)
class Folder:
    """A catalog's folder; a file is read once, when it is first needed."""

    root: Path

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
        return printable(str(self.manifest.get("name", self.root.name)))

    @property
    def version(self) -> str:
        """The catalog's version."""
        return printable(str(self.manifest.get("version", "")))

    @property
    def base(self) -> str:
        """The URI under which the catalog's documents address each other, ending in a slash."""
        return str(self.manifest["id"])

    @property
    def exchange(self) -> str:
        """The exchange on which the service sends by default: the first that its transport names."""
        return self.transport.exchanges[0]

    @property
    def topic(self) -> str:
        """The topic under which the service sends by default: the first that its transport names."""
        return self.transport.topics[0]

    @cached_property
    def transport(self) -> Transport:
        """Every exchange and every topic that the service may use."""
        return Transport(self._names("exchange"), self._names("topic"))

    @cached_property
    def event_types(self) -> tuple[str, ...]:
        """The event types that have contracts, sorted."""
        return tuple(sorted(path.stem for path in (self.root / EVENTS).glob("*.json")))

    @cached_property
    def document(self) -> Documents:
        """From the URI of a document of this catalog to its content; raises CatalogError for any other URI."""

        @cache
        def document(uri: str) -> Any:
            relative = uri.removeprefix(self.base)
            inside = relative != uri and ".." not in relative.split("/")
            if not inside or not (self.root / relative).is_file():
                raise CatalogError(f"{self.name}: {printable(uri)} is not a document of the catalog; run catalog lint")
            return self._read(relative)

        return document

    def place(self, uri: str) -> str:
        """Return where the document or schema of this URI stands, as a file name fit for a message."""
        return self._named(uri.removeprefix(self.base))

    @property
    def _transport(self) -> Mapping[str, Any]:
        transport = self.manifest.get("transport")
        if not isinstance(transport, dict) or not transport.keys() >= {"exchange", "topic"}:
            raise CatalogError(f'{self._named(MANIFEST)}: expected "transport" with "exchange" and "topic"')
        return transport

    def _names(self, key: str) -> tuple[str, ...]:
        names = self._transport[key]
        listed = names if isinstance(names, list) else [names]
        if not listed or not all(isinstance(name, str) and name for name in listed):
            where = f'{self._named(MANIFEST)}: transport: expected "{key}"'
            raise CatalogError(f"{where} to be a name, or a list of names; run catalog lint")
        return tuple(listed)

    def _read(self, relative: str) -> Any:
        try:
            return parse((self.root / relative).read_bytes())
        except OSError as error:
            raise CatalogError(f"{self._named(relative)}: cannot be read: {error.strerror}") from None
        except NotJsonError as error:
            raise CatalogError(f"{self._named(relative)}: is not JSON: {error}") from None

    def _named(self, relative: str) -> str:
        return printable(str(self.root / relative))
