"""Schemas from many files as definitions of one document, which refers to nothing outside of itself."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urldefrag

from notify_contracts._base import free
from notify_contracts._export.events import EventSchemas
from notify_contracts._schema import fragment_parts, rebuilt, resolve
from notify_contracts.catalog import ENVELOPE, EVENTS, Catalog, Contract

# Keywords that say where a schema stands: in a bundle every definition has a name instead.
_OF_A_DOCUMENT = frozenset(("$schema", "$id", "$defs"))


def portable(name: str) -> str:
    """Return `name` with an underscore for whatever is not allowed everywhere: as a key, an anchor, part of a URI.

    Where there is one, a part of a digest keeps names apart that differ in nothing else.
    """
    plain = _plain(name)
    return plain if plain == name else f"{plain}_{sha256(name.encode(errors='surrogateescape')).hexdigest()[:8]}"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "_", name)


class Bundle:
    """Definitions by name, and all schemas that they refer to, each of them once.

    References are plain pointers, ``#/$defs/values.uuid``, and no definition has an ``$id``: compound documents with
    embedded resources, as JSON Schema 2020-12 has them, are beyond many tools.
    """

    def __init__(self, catalog: Catalog, place: str) -> None:
        """Take the pointer of where the definitions will stand: ``#/$defs/``."""
        self._catalog = catalog
        self._place = place
        self._names: dict[str, str] = {}
        self._whole: set[str] = set()  # of what is said of whole notifications
        self._events = (
            EventSchemas(catalog.envelopes[0], f"{place}{_plain(ENVELOPE.removesuffix('.json'))}")
            if catalog.envelopes
            else None
        )
        self.definitions: dict[str, dict[str, Any] | bool] = {}

    @property
    def envelope(self) -> str:
        """The name of the definition of the envelope, which every contract refers to."""
        return self._named(self._catalog.uri(ENVELOPE))

    def reference(self, contract: Contract) -> dict[str, str]:
        """Return a reference to the definition of `contract`."""
        self._whole |= {contract.uri, self._catalog.uri(ENVELOPE)}
        return self._to(contract.uri)

    def _to(self, uri: str) -> dict[str, str]:
        return {"$ref": self._place + self._named(uri)}

    def _named(self, uri: str) -> str:
        if uri not in self._names:
            name = free(self._proposed(uri), self.definitions, "_")
            self._names[uri] = name
            self.definitions[name] = {}  # holds its place: it may refer to itself
            made = self._bundled(uri, resolve(self._catalog.document, uri, uri)[1])
            if self._events and uri in self._whole:
                is_envelope = uri == self._catalog.uri(ENVELOPE)
                made = self._events.made_of_envelope(made) if is_envelope else self._events.made(made)
            self.definitions[name] = made
        return self._names[uri]

    def _proposed(self, uri: str) -> str:
        document, fragment = urldefrag(uri)
        file = self._catalog.relative(document).removesuffix(".json")
        parts = [part for part in fragment_parts(fragment) if part != "$defs"]
        if file.startswith(f"{EVENTS}/"):
            return portable("-".join((file.removeprefix(f"{EVENTS}/"), *parts)))
        return _plain(".".join((*file.split("/"), *parts)))

    def _bundled(self, base: str, schema: Any) -> Any:
        if not isinstance(schema, Mapping):
            return schema
        own = {keyword: value for keyword, value in schema.items() if keyword not in _OF_A_DOCUMENT}
        made = rebuilt(own, lambda child: self._bundled(base, child))
        if "$ref" in own:
            made.update(self._to(resolve(self._catalog.document, base, own["$ref"])[0]))
        return made
