"""Schemas that stand alone: without annotations, references absolute, so that they can be taken apart and combined.

Keywords that cannot be generated are found here.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urldefrag

import orjson

from notify_contracts._schema import (
    DEFAULT_ENGINE,
    ENGINES,
    FORMATS,
    Documents,
    PatternError,
    Pointer,
    UnusableSchemaError,
    engine_named,
    matcher,
    pointer_text,
    require_bounded,
    resolve,
)
from notify_contracts._untrusted import printable
from notify_contracts.errors import CatalogError

Schema = Mapping[str, Any] | bool
Key = tuple[bytes, ...]

_ANNOTATIONS = frozenset(
    ("$comment", "$defs", "$id", "$schema", "default", "description", "examples", "title", "writeOnly")
)
_ONE = frozenset(("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"))
_LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_MAPS = frozenset(("patternProperties", "properties"))
_LIMITS = frozenset(
    f"{side}{what}" for side in ("min", "max") for what in ("Properties", "Items", "Length", "imum")
) | {"exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems"}
_PLAIN = _ANNOTATIONS | _LIMITS | {"type", "enum", "const", "required", "pattern", "format"}


def key_of(schemas: tuple[Schema, ...]) -> Key:
    """Return a key that schemas share which are written the same, in the same order: the order is that of the data."""
    return tuple(dict.fromkeys(map(orjson.dumps, schemas)))


class Definitions:
    """The schemas that a contract refers to, each standing alone, and the engine that judges by them."""

    def __init__(self, documents: Documents, place: Callable[[str], str] = printable) -> None:
        """Take documents by URI, and how a URI is named in an error."""
        self._documents = documents
        self._place = place
        self._standing: dict[str, Schema] = {}
        self._judged: dict[Key, Callable[[Any], bool]] = {}

    def require_bounded(self, uri: str) -> None:
        """Raise CatalogError, with the place, for a schema that leads to so many that nobody comes to an end."""
        with self._placing(uri):
            require_bounded(self._documents, uri)

    def definition(self, uri: str) -> Schema:
        """Return the schema at an absolute URI; raise CatalogError for what cannot be generated, with its place.

        It is one that was required to be bounded, or that such a one leads to.
        """
        if uri not in self._standing:
            with self._placing(uri):
                self._standing[uri] = self._alone(uri, (), resolve(self._documents, uri, uri)[1])
        return self._standing[uri]

    @contextmanager
    def _placing(self, uri: str) -> Iterator[None]:
        try:
            yield
        except UnusableSchemaError as error:
            raise CatalogError(f"{self._place(error.uri)}: {error.reason}; run catalog lint") from None
        except LookupError as error:
            nowhere = f"a $ref leads nowhere ({printable(str(error))})"
            raise CatalogError(f"{self._place(uri)}: {nowhere}; run catalog lint") from None

    def keeps(self, schemas: tuple[Schema, ...], engine: str = DEFAULT_ENGINE) -> Callable[[Any], bool]:
        """Return a predicate: whether a value keeps all `schemas`."""
        key = engine.encode(), *key_of(schemas)
        if key not in self._judged:
            name = f"generate:{len(self._judged)}"
            together = {"allOf": list(schemas)}
            documents = self._documents
            judge = engine_named(engine)(lambda uri: together if uri == name else documents(uri), name)
            self._judged[key] = judge.is_valid
        return self._judged[key]

    def surely_keeps(self, schemas: tuple[Schema, ...]) -> Callable[[Any], bool]:
        """Return a predicate: whether a value keeps all `schemas` in the opinion of every engine.

        They are held to one answer; what is generated is put to both all the same.
        """
        judges = [self.keeps(schemas, engine) for engine in ENGINES]
        return lambda value: all(judge(value) for judge in judges)

    def _alone(self, uri: str, pointer: Pointer, schema: Any) -> Schema:
        """Return the schema at `pointer` of the one at `uri`."""
        if not isinstance(schema, Mapping):
            return schema is not False
        keywords = self._keywords(uri, pointer, schema)
        return {keyword: value for keyword, value in keywords if keyword not in _ANNOTATIONS}

    def _keywords(self, uri: str, pointer: Pointer, schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for keyword, value in schema.items():
            here = (*pointer, keyword)
            if keyword == "$ref":
                yield keyword, resolve(self._documents, uri, value)[0]
            elif keyword in _ONE:
                yield keyword, self._alone(uri, here, value)
            elif keyword in _LISTS:
                yield keyword, [self._alone(uri, (*here, number), child) for number, child in enumerate(value)]
            elif keyword in _MAPS:
                yield keyword, {name: self._alone(uri, (*here, name), child) for name, child in value.items()}
            elif keyword in _PLAIN:
                yield keyword, value
            else:
                raise self._unsupported(uri, here, f'keyword "{printable(keyword)}"')
            self._check(keyword, value, uri, here)

    def _check(self, keyword: str, value: Any, uri: str, pointer: Pointer) -> None:
        if keyword == "format" and value not in FORMATS:
            raise self._unsupported(uri, pointer, f'format "{printable(str(value))}"')
        for pattern in {"pattern": (value,), "patternProperties": value}.get(keyword, ()):
            try:
                matcher(pattern)
            except PatternError as error:
                raise CatalogError(f"{self._there(uri, pointer)}: {printable(str(error))}") from None

    def _unsupported(self, uri: str, pointer: Pointer, what: str) -> CatalogError:
        there = self._there(uri, pointer)
        return CatalogError(f"{there}: nothing can be generated for the {what}; see catalog lint for those that can")

    def _there(self, uri: str, pointer: Pointer) -> str:
        document, fragment = urldefrag(uri)
        return f"{self._place(document)}#{printable(fragment)}{quote(pointer_text(pointer))}"
