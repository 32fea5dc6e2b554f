"""Where in a catalog the rule stands that a value breaks, and by which references one comes there."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from notify_contracts._drafting.documents import Pair
from notify_contracts._schema import (
    Fault,
    Pointer,
    at,
    fragment_parts,
    paths_within,
    pointer_parts,
    pointer_text,
    resolve,
)
from notify_contracts.catalog import Catalog

_DEEPEST = 24  # steps below the notification that are told apart, as many as are learned
_MOST_REMEMBERED = 20_000


class Place(NamedTuple):
    """Where a schema stands: a file of the catalog, and an RFC 6901 pointer in it."""

    file: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the pointer."""
        return pointer_parts(self.pointer)

    @property
    def named(self) -> str:
        """The name of the property that the schema is of, empty if it is of none."""
        return self.parts[-1] if self.parts[-2:-1] == ("properties",) else ""


class Reference(NamedTuple):
    """A schema that refers to another for one and the same value."""

    source: Place
    target: Place


Step = tuple[str, str]
"""From an object or an array to a value in it: the keyword that speaks of the value, and the name of a property."""


class Trail(NamedTuple):
    """The way from the contract of an event type and a priority to a schema that states a rule.

    `holder` is that schema, `references` those that one follows without leaving the value, outermost first. `below`
    leads from the notification to the value. `branch` is the innermost ``then`` or ``else`` on the way, if any; the
    first `held` steps lead to the value of which its condition speaks.
    """

    pair: Pair
    below: tuple[Step, ...]
    references: tuple[Reference, ...]
    holder: Place
    branch: Place | None
    held: int


class _Position(NamedTuple):
    """Where one is on the way: which schema, what one came by, and how many steps into the value."""

    uri: str
    schema: Mapping[str, Any]
    pointer: Pointer
    below: tuple[Step, ...] = ()
    references: tuple[Reference, ...] = ()
    branch: Place | None = None
    held: int = 0


class Trails:
    """Finds the trails in one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._documents = catalog.schemas.documents
        self._known: dict[tuple[Pair, Pointer, int], tuple[Trail, ...]] = {}

    def to(self, pair: Pair, uri: str, fault: Fault) -> tuple[Trail, ...]:
        """Return the trails from the schema at `uri` to the one that states what was broken; none if none is found."""
        key = pair, fault.path, id(fault.schema)
        if key not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            try:
                found = tuple(dict.fromkeys(self._from(pair, self._at(uri, uri), fault)))
            except (LookupError, RecursionError):
                found = ()
            certain = tuple(trail for trail in found if trail.branch is None)
            self._known[key] = certain or found
        return self._known[key]

    def _at(self, base: str, reference: str) -> _Position:
        uri, schema = resolve(self._documents, base, reference)
        document, fragment = urldefrag(uri)
        return _Position(document, schema, fragment_parts(fragment))

    def _place(self, here: _Position, *more: str) -> Place:
        return Place(self._catalog.relative(here.uri), pointer_text((*here.pointer, *more)))

    def _from(self, pair: Pair, here: _Position, fault: Fault) -> Iterator[Trail]:
        if not isinstance(here.schema, Mapping):
            return
        if len(here.below) == len(fault.path) and _is_same(here, fault.schema):
            yield Trail(pair, here.below[:_DEEPEST], here.references, self._place(here), here.branch, here.held)
        for there in self._in_place(here):
            yield from self._from(pair, there, fault)
        if len(here.below) < len(fault.path):
            for there in self._within(here, fault.path[len(here.below)]):
                yield from self._from(pair, there, fault)

    def _in_place(self, here: _Position) -> Iterator[_Position]:
        """Yield what else is stated of the same value."""
        if isinstance(reference := here.schema.get("$ref"), str):
            there = self._at(here.uri, reference)
            way = Reference(self._place(here), self._place(there))
            if way not in here.references:
                yield here._replace(
                    uri=there.uri, schema=there.schema, pointer=there.pointer, references=(*here.references, way)
                )
        for number, schema in enumerate(here.schema.get("allOf", ())):
            yield here._replace(schema=schema, pointer=(*here.pointer, "allOf", str(number)))
        for keyword in ("then", "else"):
            if keyword in here.schema:
                branch, pointer = self._place(here, keyword), (*here.pointer, keyword)
                inner, held = here.schema[keyword], len(here.below)
                yield here._replace(schema=inner, pointer=pointer, branch=branch, held=held)

    def _within(self, here: _Position, part: str | int) -> Iterator[_Position]:
        """Yield what is stated of the value at `part`."""
        for path in paths_within(here.schema, part):
            step = ("properties", str(part)) if path[0] == "properties" else (str(path[0]), "")
            yield here._replace(
                schema=at(here.schema, path),
                pointer=(*here.pointer, *map(str, path)),
                below=(*here.below, step),
                references=(),
            )


def _is_same(here: _Position, schema: Mapping[str, Any]) -> bool:
    """Whether a schema is the one at a position; of a document one engine has a copy that names no dialect."""
    if here.schema is schema or here.pointer:
        return here.schema is schema
    return {keyword: value for keyword, value in here.schema.items() if keyword != "$schema"} == schema
