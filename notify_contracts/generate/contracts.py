"""The shape of a contract: compiled once, and an error where nothing keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from notify_contracts._schema import Documents, pointer_parts, quoted
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Contract
from notify_contracts.errors import CatalogError
from notify_contracts.generate.agreeing import Told, chosen_by
from notify_contracts.generate.compiling import Compiler
from notify_contracts.generate.shapes import LARGEST, NOTHING, Shape
from notify_contracts.generate.standalone import Definitions, Schema

_UUID4 = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
_FRESH_ID: Schema = {"properties": {"message_id": {"pattern": _UUID4}}}
"""oslo.messaging makes each message's id with uuid4()."""
_NAMED: Schema = {"type": "object", "required": ["event_type", "priority"]}
"""A notification is an object, and by these a reader chooses the contract, whether its schema asks for them or not."""


def contract_shape(contract: Contract) -> Shape:
    """Return the shape of all notifications that keep a contract; raise CatalogError where there are none.

    Where the payload of an event tells its event type, it is one that tells this contract's.
    """
    return _shape_of(contract.documents, contract.uri, contract.id, chosen_by(contract), is_fresh=False)


@lru_cache(maxsize=512)
def shape_at(documents: Documents, uri: str, what: str) -> Shape:
    """Return the shape of the schema at `uri`; `what` names it in errors.

    Raise CatalogError for a keyword that cannot be generated, and where nothing keeps the schema.
    """
    return _compiled(documents, uri, (), what)


def fresh_shape(contract: Contract) -> Shape:
    """Return the shape of a contract with each ``message_id`` a UUID of version 4, if it allows that."""
    return _shape_of(contract.documents, contract.uri, contract.id, chosen_by(contract), is_fresh=True)


def shape_with(contract: Contract, values: Mapping[str, Any]) -> Shape:
    """Return the shape of the notifications that keep a contract and have these values, by JSON Pointer.

    Each ``message_id`` is a UUID of version 4, if the contract allows that. Raise CatalogError where there are none.
    """
    fixed = _stated(values.items())
    what = f"{contract.id} with {', '.join(f'{pointer} {quoted(str(value))}' for pointer, value in values.items())}"
    told = _stated(chosen_by(contract))
    ways = [(*fixed, _NAMED, *told, _FRESH_ID), (*fixed, _NAMED, *told), (*fixed, _NAMED)]
    return _first_of(ways, contract.documents, contract.uri, what if fixed else contract.id)


@lru_cache(maxsize=512)
def _shape_of(documents: Documents, uri: str, what: str, told: Told, *, is_fresh: bool) -> Shape:
    stated = _stated(told)
    ways = [(_NAMED, *stated, _FRESH_ID)] if is_fresh else []
    return _first_of([*ways, (_NAMED, *stated), (_NAMED,)], documents, uri, what)


def _first_of(ways: Sequence[tuple[Schema, ...]], documents: Documents, uri: str, what: str) -> Shape:
    """Return the shape with the first of several additions with which there is any; raise CatalogError if none is."""
    for more in ways[:-1]:
        with suppress(CatalogError):
            return _compiled(documents, uri, more, what)
    return _compiled(documents, uri, ways[-1], what)


def _stated(values: Iterable[tuple[str, Any]]) -> tuple[Schema, ...]:
    """Return the schemas of what has these values, by JSON Pointer."""
    return tuple(_at(pointer_parts(pointer), value) for pointer, value in values)


def _at(pointer: Sequence[str], value: Any) -> Schema:
    if not pointer:
        return {"const": value}
    return {"properties": {pointer[0]: _at(pointer[1:], value)}, "required": [pointer[0]]}


@lru_cache(maxsize=16)
def _compiler(documents: Documents) -> Compiler:
    """Return the one compiler for all contracts of a catalog, for they share much."""
    return Compiler(Definitions(documents))


def _compiled(documents: Documents, uri: str, more: tuple[Schema, ...], what: str) -> Shape:
    compiler = _compiler(documents)
    try:
        compiler.definitions.require_bounded(uri)
        shape = compiler.whole_shape(({"$ref": uri}, *more))
    except RecursionError:
        raise CatalogError(f"{printable(what)}: its schema is nested too deeply") from None
    if shape is NOTHING:
        why = "its rules contradict each other, few values keep them"
        large = f"they ask for more than {LARGEST:,} characters or items"
        raise CatalogError(f"{printable(what)}: nothing was found that keeps it: {why}, or {large}")
    return shape
