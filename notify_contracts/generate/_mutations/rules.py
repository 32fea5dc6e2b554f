"""The rules that a schema states, in itself and in all schemas that it refers to."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from notify_contracts._schema import Documents, Pointer, fragment_parts, pointer_text, resolve
from notify_contracts.generate._mutations.breaking import BREAKS
from notify_contracts.generate._mutations.sites import Path

KEYWORDS = frozenset((*BREAKS, "required", "additionalProperties"))
"""The keywords that a violation can name."""

_APPLIED = ("then", "else", "items", "additionalProperties")
_APPLIED_BY_NAME = ("properties", "patternProperties")
_APPLIED_BY_NUMBER = ("allOf", "prefixItems")


class Rule(NamedTuple):
    """One keyword that can fail: its evaluation path, which it ends, and the URI of the place where it is written."""

    path: Path
    place: str

    @property
    def keyword(self) -> str:
        """The keyword that a violation names."""
        return str(self.path[-1])


def rules_of(documents: Documents, uri: str) -> Iterator[Rule]:
    """Yield every rule that can be reached from the schema at `uri`; where it is recursive, the first time round.

    A schema in ``anyOf``, ``oneOf``, ``not``, ``if``, ``contains`` or ``propertyNames`` states no rule of its own:
    a violation names the keyword itself.
    """
    document, fragment = urldefrag(uri)
    pointer = fragment_parts(fragment)
    return _rules(documents, (document, pointer), resolve(documents, uri, uri)[1], (), frozenset())


def _rules(
    documents: Documents,
    where: tuple[str, Pointer],
    schema: Mapping[str, Any],
    path: Path,
    above: frozenset[tuple[str, Pointer]],
) -> Iterator[Rule]:
    document, pointer = where
    if where in above:
        return
    for keyword in filter(KEYWORDS.__contains__, schema):
        if keyword != "additionalProperties" or schema[keyword] is False:
            yield Rule((*path, keyword), f"{document}#{pointer_text((*pointer, keyword))}")
    for inner in _inner(schema):
        below: Any = schema
        for part in inner:
            below = below[part]
        yield from _rules(documents, (document, (*pointer, *inner)), below, (*path, *inner), above | {where})
    if "$ref" in schema:
        uri, referred = resolve(documents, document, schema["$ref"])
        target, fragment = urldefrag(uri)
        yield from _rules(documents, (target, fragment_parts(fragment)), referred, (*path, "$ref"), above | {where})


def _inner(schema: Mapping[str, Any]) -> Iterator[Pointer]:
    for keyword, value in schema.items():
        if keyword in _APPLIED and isinstance(value, Mapping):
            yield (keyword,)
        elif keyword in _APPLIED_BY_NAME or keyword in _APPLIED_BY_NUMBER:
            yield from ((keyword, key) for key in (value if keyword in _APPLIED_BY_NAME else range(len(value))))
