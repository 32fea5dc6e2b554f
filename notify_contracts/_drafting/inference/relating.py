"""The relations of payloads: of their own fields, and of those of every object in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.differing import Path
from notify_contracts._drafting.inference.maps import is_map
from notify_contracts._drafting.inference.relations import Relation, relations
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._schema import pointer_parts

Related = Mapping[Path, Sequence[Relation]]
"""The relations of objects, by the names that lead to these from a payload."""

_MOST_RELATIONS = 256  # of an object: each is several schemas, and more than 2,000 of one value are for no catalog
_MOST_OPTIONAL = 64  # fields of an object that are not always there, of which it is asked when they are


def related(envelopes: Iterable[Mapping[str, Any]]) -> Related:
    """Return which states of fields go together in all payloads, whatever their kind."""
    return {path: relations(rows, are_mentioned=bool(path)) for path, rows in _objects(envelopes).items()}


def being(envelopes: Iterable[Mapping[str, Any]], seen: Seen) -> Related:
    """Return what says of the fields that only some of the payloads of a kind have when they are there.

    `seen` is what was seen in the payloads.
    """
    optional = dict(_optional(seen))
    if not optional:
        return {}
    rows = _objects(envelopes)
    return {
        path: relations(rows[path], fields, are_mentioned=bool(path))
        for path, fields in optional.items()
        if path in rows
    }


def with_relations(schema: Schema, every: Sequence[Related], unrelated: Collection[str], path: Path = ()) -> Schema:
    """Return the schema of payloads, or of what is at a path in them, with those relations that it has fields for.

    Those that end in one of the fields `unrelated` are left out, and of very many the last ones.
    """
    fields = schema.get("properties")
    if not fields:
        return schema
    fields = {name: with_relations(inner, every, unrelated, (*path, name)) for name, inner in fields.items()}
    holding = [
        each.schema()
        for related in every
        for each in related.get(path, ())
        if each.second.field not in unrelated
        and {each.first.field, each.second.field} <= fields.keys()
        and each.first.is_allowed(fields[each.first.field])
    ]
    return {**schema, "properties": fields} | ({"allOf": holding[:_MOST_RELATIONS]} if holding else {})


def fields_at(pointers: Iterable[str]) -> set[str]:
    """Return the names of the fields that are at RFC 6901 pointers."""
    return {name for pointer in pointers for name in pointer_parts(pointer)[-1:]}


def _objects(envelopes: Iterable[Mapping[str, Any]]) -> Mapping[Path, list[dict[str, Any]]]:
    """Return the objects in payloads that are in no array, by the names that lead to them."""
    found: defaultdict[Path, list[dict[str, Any]]] = defaultdict(list)

    def visit(value: Any, path: Path) -> None:
        if isinstance(value, dict):
            found[path].append(value)
            for name, inner in value.items():
                visit(inner, (*path, name))

    for envelope in envelopes:
        visit(envelope.get("payload"), ())
    return found


def _optional(seen: Seen, path: Path = ()) -> Iterator[tuple[Path, set[str]]]:
    """Yield the fields that are not always there, by the path to their object, where it has only few."""
    objects = seen.objects
    if objects is None or is_map(objects, *path[-1:]):
        return
    optional = {name for name, inner in objects.properties.items() if inner.count < objects.count}
    if 0 < len(optional) <= _MOST_OPTIONAL:
        yield path, optional
    for name, inner in objects.properties.items():
        yield from _optional(inner, (*path, name))
