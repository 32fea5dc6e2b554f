"""Facts that a set of schemas states about a value, by keyword: the strictest of each limit, all of the rest."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._schema import type_names
from notify_contracts.generate.standalone import Schema

NULL, BOOLEAN, INTEGER, FRACTION, STRING, ARRAY, OBJECT = (
    "null",
    "boolean",
    "integer",
    "fraction",
    "string",
    "array",
    "object",
)
KINDS = frozenset((NULL, BOOLEAN, INTEGER, FRACTION, STRING, ARRAY, OBJECT))
"""The types of JSON Schema with the numbers parted, so that no two kinds share a value."""

_LEAST = {"minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"}
_MOST = {"maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum"}
_COUNTS = {name for name in _LEAST | _MOST if name.startswith(("min", "max")) and not name.endswith("imum")}
_GATHERED = {"pattern", "format", "multipleOf", "contains", "propertyNames"}
_ARRAYS = {"items", "prefixItems"}
_OBJECTS = {"additionalProperties", "patternProperties", "properties"}


def kinds_of(types: str | list[str]) -> frozenset[str]:
    """Return the kinds of values that a ``type`` allows."""
    names = set(type_names(types))
    return frozenset(names - {"number"}) | (frozenset((INTEGER, FRACTION)) if "number" in names else frozenset())


@dataclass(frozen=True)
class Facts:
    """The facts that the schemas read so far state about a value.

    `limits` has the strictest value of each minimum and maximum, `gathered` all values of ``pattern`` and the like,
    `arrays` and `objects` the schemas whose keywords for items and properties must be read together. `values` are the
    shortest enumeration, None where there is none; `checks` are schemas that only a finished value can be checked with.
    """

    kinds: frozenset[str] = KINDS
    values: tuple[Any, ...] | None = None
    limits: tuple[tuple[str, Any], ...] = ()
    gathered: tuple[tuple[str, Any], ...] = ()
    arrays: tuple[Mapping[str, Any], ...] = ()
    objects: tuple[Mapping[str, Any], ...] = ()
    required: tuple[str, ...] = ()
    unique: bool = False
    checks: tuple[Schema, ...] = ()

    def limit(self, keyword: str) -> Any:
        """Return the strictest value of a limit, None where there is none."""
        return dict(self.limits).get(keyword)

    def all(self, keyword: str) -> tuple[Any, ...]:
        """Return every value of a keyword of which each counts."""
        return tuple(value for name, value in self.gathered if name == keyword)

    def refusing(self, types: str | list[str]) -> "Facts":
        """Return these facts with the types excluded."""
        return replace(self, kinds=self.kinds - kinds_of(types))

    def with_checks(self, schemas: tuple[Schema, ...]) -> "Facts":
        """Return these facts with `schemas` to check a finished value with."""
        return replace(self, checks=self.checks + schemas)

    def with_keywords(self, schema: Mapping[str, Any]) -> "Facts":
        """Return these facts with `schema`'s own keywords added; keywords that combine schemas are passed over."""
        facts = self
        limits = dict(self.limits)
        for keyword, value in schema.items():
            if keyword in _COUNTS:
                value = int(value)  # noqa: PLW2901  # 2.0 is a whole number in JSON
            if keyword in _LEAST:
                limits[keyword] = max(value, limits.get(keyword, value))
            elif keyword in _MOST:
                limits[keyword] = min(value, limits.get(keyword, value))
            elif keyword in _GATHERED:
                facts = replace(facts, gathered=(*facts.gathered, (keyword, value)))
            elif keyword == "type":
                facts = replace(facts, kinds=facts.kinds & kinds_of(value))
            elif keyword in ("const", "enum"):
                values = (value,) if keyword == "const" else tuple(value)
                fewer = facts.values is None or len(values) < len(facts.values)
                facts = replace(facts, values=values if fewer else facts.values)
            elif keyword == "required":
                facts = replace(facts, required=tuple(dict.fromkeys((*facts.required, *value))))
            elif keyword == "uniqueItems":
                facts = replace(facts, unique=facts.unique or value)
        arrays = (schema,) if _ARRAYS & schema.keys() else ()
        objects = (schema,) if _OBJECTS & schema.keys() else ()
        return replace(
            facts,
            limits=tuple(limits.items()),
            arrays=facts.arrays + arrays,
            objects=facts.objects + objects,
        )
