"""The schemas that one schema leads to, each once, and how they hang together."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._schema.documents import Documents, Pointer, at, children, pointer_text, target
from notify_contracts._schema.keywords import IN_PLACE


class Node:
    """A schema object, where it stands, the ones that speak of the same value, and those of values within it.

    `below` has their path in the schema: ``("properties", "name")``.
    """

    __slots__ = ("below", "document", "in_place", "pointer", "schema")

    def __init__(self, document: str, pointer: Pointer, schema: Mapping[str, Any]) -> None:
        self.document, self.pointer, self.schema = document, pointer, schema
        self.in_place: list[Node] = []
        self.below: list[tuple[Pointer, Node]] = []

    @property
    def uri(self) -> str:
        """Its absolute URI."""
        return f"{self.document}#{pointer_text(self.pointer)}" if self.pointer else self.document


def nodes(documents: Documents, uri: str) -> Iterator[Node]:
    """Yield the schema at `uri`, and every one that it holds or leads to, each once, before it is followed.

    Raise LookupError for a reference that leads nowhere.
    """
    seen: dict[int, Node] = {}
    waiting: list[Node] = []

    def node(document: str, pointer: Pointer, schema: Mapping[str, Any]) -> Node:
        if id(schema) not in seen:
            seen[id(schema)] = Node(document, pointer, schema)
            waiting.append(seen[id(schema)])
        return seen[id(schema)]

    def referred(base: str, reference: str) -> list[Node]:
        _, document, pointer = target(base, reference)
        schema = at(documents(document), pointer)
        return [node(document, pointer, schema)] if isinstance(schema, Mapping) else []

    referred(uri, uri)
    while waiting:
        here = waiting.pop()
        yield here
        if isinstance(reference := here.schema.get("$ref"), str):
            here.in_place += referred(here.document, reference)
        for path, child in children(here.schema):
            if not isinstance(child, Mapping):
                continue
            inner = node(here.document, (*here.pointer, *path), child)
            if path[0] in IN_PLACE:
                here.in_place.append(inner)
            elif path[0] != "$defs":
                here.below.append((path, inner))
