"""The values that a schema allows, as what is asked about them."""

from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urldefrag

from notify_contracts._comparison.inclusion.compiling import Compiler
from notify_contracts._comparison.inclusion.formulas import Formula
from notify_contracts._schema import ENGINES, Documents, Validator, engine_named, require_applied
from notify_contracts._untrusted import printable
from notify_contracts.errors import CatalogError

_PLAIN = "https://notify-contracts.invalid/plain"


_compiler = lru_cache(maxsize=8)(Compiler)
"""What compiles schemas of some documents: contracts of one catalog share most of theirs."""


class Allowed:
    """The values that the schema at `uri` of `documents` allows; what is prepared of it serves every comparison.

    Of a contract, give its `documents` and its `uri`. Whatever compares them raises CatalogError for a schema that
    engines are not given.
    """

    def __init__(self, documents: Documents, uri: str) -> None:
        self.documents = documents
        self.uri = uri

    @cached_property
    def compiler(self) -> Compiler:
        """The formulas of its schemas; raise CatalogError for a schema that engines are not given."""
        try:
            require_applied(self.documents, self.uri)
        except LookupError as error:
            raise CatalogError(f"{printable(self.uri)}: a $ref leads nowhere ({printable(str(error))})") from None
        return _compiler(self.documents)

    @cached_property
    def formula(self) -> Formula:
        """What a value must keep to be allowed."""
        return self.compiler.referred(self.uri, self.uri, positive=True)

    @cached_property
    def _judges(self) -> list[Validator]:
        return [engine_named(engine, linted=True)(self.documents, self.uri) for engine in ENGINES]

    def opinions(self, value: Any) -> set[bool]:
        """Return what the engines say of `value`: one opinion where they agree."""
        return {judge.is_valid(value) for judge in self._judges}


def allowed_by_schema(schema: Any) -> Allowed:
    """Return what one plain JSON Schema allows, whose references stay within it."""
    uri = urldefrag(schema.get("$id", _PLAIN))[0] if isinstance(schema, dict) else _PLAIN
    return Allowed(lambda asked: {uri: schema}[asked], uri)
