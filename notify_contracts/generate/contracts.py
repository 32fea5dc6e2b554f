"""The shape of a contract: compiled once, and an error where nothing keeps it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from notify_contracts._schema import Documents, pointer_parts, quoted
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Contract
from notify_contracts.errors import CatalogError
from notify_contracts.generate.compiling import Compiler
from notify_contracts.generate.shapes import LARGEST, NOTHING, Shape
from notify_contracts.generate.standalone import Definitions, Schema

_UUID4 = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
_FRESH_ID: Schema = {"properties": {"message_id": {"pattern": _UUID4}}}
"""oslo.messaging makes each message's id with uuid4()."""
_NAMED: Schema = {"type": "object", "required": ["event_type", "priority"]}
"""A notification is an object, and by these a reader chooses the contract, whether its schema asks for them or not."""


def contract_shape(contract: Contract) -> Shape:
    """Return the shape of all notifications that keep a contract; raise CatalogError where there are none."""
    return _named_shape(contract.documents, contract.uri, contract.id)


@lru_cache(maxsize=512)
def shape_at(documents: Documents, uri: str, what: str) -> Shape:
    """Return the shape of the schema at `uri`; `what` names it in errors.

    Raise CatalogError for a keyword that cannot be generated, and where nothing keeps the schema.
    """
    return _compiled(documents, uri, (), what)


@lru_cache(maxsize=512)
def fresh_shape(documents: Documents, uri: str, what: str) -> Shape:
    """Return the shape of the contract at `uri` with each ``message_id`` a UUID of version 4, if it allows that."""
    try:
        return _compiled(documents, uri, (_NAMED, _FRESH_ID), what)
    except CatalogError:
        return _named_shape(documents, uri, what)


def shape_with(contract: Contract, values: Mapping[str, Any]) -> Shape:
    """Return the shape of the notifications that keep a contract and have these values, by JSON Pointer.

    Each ``message_id`` is a UUID of version 4, if the contract allows that. Raise CatalogError where there are none.
    """
    fixed = tuple(_at(pointer_parts(pointer), value) for pointer, value in values.items())
    what = f"{contract.id} with {', '.join(f'{pointer} {quoted(str(value))}' for pointer, value in values.items())}"
    try:
        return _compiled(contract.documents, contract.uri, (*fixed, _NAMED, _FRESH_ID), what)
    except CatalogError:
        return _compiled(contract.documents, contract.uri, (*fixed, _NAMED), what if fixed else contract.id)


@lru_cache(maxsize=512)
def _named_shape(documents: Documents, uri: str, what: str) -> Shape:
    return _compiled(documents, uri, (_NAMED,), what)


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
        why = f"its rules contradict each other, or ask for more than {LARGEST:,} characters or items"
        raise CatalogError(f"{printable(what)}: nothing keeps it, for {why}")
    return shape
