"""Whether engines can be trusted with a schema: every keyword is applied, every pattern portable, the work bounded."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any
from urllib.parse import urldefrag

from notify_contracts._schema.documents import Documents, Pointer, fragment_parts, pointer_text
from notify_contracts._schema.formats import FORMATS
from notify_contracts._schema.keywords import DIALECT, KNOWN, LISTS, MAPS, OF_DOCUMENTS, ONE, TYPES
from notify_contracts._schema.patterns import PatternError, matcher
from notify_contracts._schema.structure import Node, nodes
from notify_contracts._schema.types import speaking_of_others
from notify_contracts._schema.unusable import UnusableSchemaError
from notify_contracts._schema.work import MOST_LOOKS, are_few, is_bounded
from notify_contracts._untrusted import printable, shortened

MOST_SCHEMAS = 20_000
"""How many schemas one may lead to; our own contracts lead to fewer than 300."""

Flaw = tuple[str, str]
"""A pointer within a schema, and what is wrong there."""


def require_usable(documents: Documents, uri: str) -> frozenset[str]:
    """Raise UnusableSchemaError if the schema at `uri`, or one that it holds or leads to, cannot be used.

    Nor can one of which a keyword does nothing: somebody believes that it holds. Raise LookupError for a reference that
    leads nowhere. Return the URIs of the documents to which it leads as a whole: those can be used, too.
    """
    return frozenset(node.document for node in _require(documents, uri, flaws) if not node.pointer)


def require_applied(documents: Documents, uri: str) -> None:
    """Raise as `require_usable` does, but let pass what does nothing, as in what is put together of several schemas."""
    _require(documents, uri, _unapplied)


def require_bounded(documents: Documents, uri: str) -> None:
    """Raise UnusableSchemaError, as `require_usable` does, but only where nobody could come to an end."""
    _require(documents, uri, lambda *_: iter(()))


def _require(documents: Documents, uri: str, wrong: Callable[..., Iterator[Flaw]]) -> list[Node]:
    found: list[Node] = []
    for node in nodes(documents, uri):
        for place, reason in wrong(node.schema, node.document, node.pointer):
            raise UnusableSchemaError(_extended(node.uri, place), reason)
        found.append(node)
        if len(found) > MOST_SCHEMAS:
            raise UnusableSchemaError(uri, f"it leads to more than {MOST_SCHEMAS} schemas; state less in one contract")
    if are_few(found):
        return found
    if (loop := _looping(found)) is not None:
        raise UnusableSchemaError(loop, "its $ref leads back to itself without going into the value: it says nothing")
    if not is_bounded(found):
        many = f"more than {MOST_LOOKS} schemas speak of one value, each counted as often as it is referred to"
        raise UnusableSchemaError(uri, f"{many}; refer to fewer")
    return found


def _looping(found: list[Node]) -> str | None:
    try:
        TopologicalSorter({node: node.in_place for node in found}).prepare()
    except CycleError as error:
        loop: list[Node] = error.args[1]
        return min(node.uri for node in loop)
    return None


def _extended(uri: str, place: str) -> str:
    return f"{uri}{'' if '#' in uri else '#'}{place}" if place else uri


def flaws(schema: Mapping[str, Any], document: str, pointer: Pointer) -> Iterator[Flaw]:
    """Yield what is wrong with one schema object, which stands at `pointer` in `document`, but for those within it."""
    yield from _unapplied(schema, document, pointer)
    for keyword, spoken_of, types in speaking_of_others(schema):
        yield (
            f"/{keyword}",
            f"does nothing: it is for type {spoken_of}, and the type is {' or '.join(map(_shown, types))}",
        )


def _unapplied(schema: Mapping[str, Any], document: str, pointer: Pointer) -> Iterator[Flaw]:
    for keyword in schema.keys() - KNOWN:
        yield pointer_text((keyword,)), f'no engine applies the keyword "{_shown(keyword)}"'
    if not OF_DOCUMENTS.isdisjoint(schema):
        yield from _misplaced(schema, document, pointer)
    for keyword, check in _CHECKS.items():
        if keyword in schema:
            yield from ((f"/{keyword}{place}", reason) for place, reason in check(schema[keyword]))
    yield from _idle(schema)


def _misplaced(schema: Mapping[str, Any], document: str, pointer: Pointer) -> Iterator[Flaw]:
    for keyword, expected in (("$id", document), ("$schema", DIALECT)):
        if keyword not in schema:
            continue
        if pointer:
            yield f"/{keyword}", f"{keyword} stands at the root of a document only"
        elif schema[keyword] != expected:
            yield f"/{keyword}", f'expected "{_shown(expected)}", found "{_shown(schema[keyword])}"'


def _idle(schema: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield the parts of a condition that do nothing without the others."""
    if "if" in schema:
        if "then" not in schema and "else" not in schema:
            yield "/if", 'does nothing: neither "then" nor "else" stands beside it'
        return
    for keyword in ("then", "else"):
        if keyword in schema:
            yield f"/{keyword}", 'does nothing: no "if" stands beside it'


def _of_reference(reference: Any) -> Iterator[Flaw]:
    if not isinstance(reference, str):
        yield "", "expected a text"
    elif reason := _misleading(reference):
        yield "", reason


@lru_cache(maxsize=4096)
def _misleading(reference: str) -> str | None:
    """Return why a reference can name no schema, None if it can; contracts refer to the same places many times."""
    fragment = urldefrag(reference)[1]
    if fragment and not fragment.startswith("/"):
        return f'"{_shown(reference)}" does not name a place by a JSON Pointer, such as #/$defs/name'
    if not _is_place_of_schema(fragment_parts(fragment)):
        return f'"{_shown(reference)}" is not the place of a schema'
    return None


def _is_place_of_schema(parts: Pointer) -> bool:
    """Whether a schema can stand there: what stands elsewhere is a value, whatever it looks like."""
    waiting = list(parts)[::-1]
    while waiting:
        keyword = waiting.pop()
        if keyword in LISTS or keyword in MAPS:
            if not waiting:
                return False
            waiting.pop()
        elif keyword not in ONE:
            return False
    return True


def _of_pattern(pattern: Any) -> Iterator[Flaw]:
    try:
        matcher(pattern)
    except PatternError as error:
        yield "", printable(str(error))
    except TypeError:
        yield "", "expected a text"


def _of_patterns(patterns: Any) -> Iterator[Flaw]:
    for pattern in patterns if isinstance(patterns, Mapping) else ():
        yield from ((pointer_text((pattern,)) + place, reason) for place, reason in _of_pattern(pattern))


def _of_type(types: Any) -> Iterator[Flaw]:
    for name in [types] if isinstance(types, str) else types if isinstance(types, list) else [types]:
        if not isinstance(name, str) or name not in TYPES:
            yield "", f'there is no type "{_shown(name)}"'


def _of_format(name: Any) -> Iterator[Flaw]:
    if not isinstance(name, str) or name not in FORMATS:
        yield "", f'there is no format "{_shown(name)}"; there are {", ".join(FORMATS)}'


def _of_divisor(number: Any) -> Iterator[Flaw]:
    if not isinstance(number, int | float) or isinstance(number, bool) or not number > 0:
        yield "", "expected a number above 0"


_CHECKS = {
    "$ref": _of_reference,
    "format": _of_format,
    "multipleOf": _of_divisor,
    "pattern": _of_pattern,
    "patternProperties": _of_patterns,
    "type": _of_type,
}


def _shown(value: Any) -> str:
    return shortened(printable(str(value)))
