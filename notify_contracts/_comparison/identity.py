"""What tells a change from another at the same place that is told in the same words: a title, some of many values."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

import orjson

from notify_contracts._comparison.statements import Stated, without_words
from notify_contracts._schema import Layer, map_of
from notify_contracts._untrusted import dump

_DIGITS = 16
_OF_OTHERS = frozenset(
    ("$ref", "additionalProperties", "allOf", "items", "patternProperties", "prefixItems", "properties", "required")
)
_CONDITIONS = ("anyOf", "dependentRequired", "else", "if", "not", "oneOf", "then")
_ANY = "*"


def digest(value: Any) -> str:
    """Return a short text that is another one for another JSON value."""
    return sha256(canonical(value)).hexdigest()[:_DIGITS]


def canonical(value: Any) -> bytes:
    """Return a JSON value as text, the same in whatever order its members stand, unless it is nested very deeply."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return dump(value)


def rules_of(sides: Iterable[Stated]) -> list[Any]:
    """Return all that is said, words apart, of a place of a notification on each of two sides, as a JSON value.

    What other places may be, and what is said of these alone, is not in it.
    """
    return [[side.presence, *_way(side), _sorted(_own(layer.schema) for layer in side.layers)] for side in sides]


def _way(side: Stated) -> Iterator[Any]:
    """Yield the parts of the pointer, and the conditions on the way that speak of them."""
    for part, layers in side.way:
        schemas = [layer.schema for layer in layers if isinstance(layer.schema, Mapping)]
        yield part if any(part in map_of(schema, "properties") for schema in schemas) else _ANY
        yield _sorted(_conditions(layers, dump(part)))


def _conditions(layers: Iterable[Layer], name: bytes) -> Iterator[Any]:
    for layer in layers:
        if isinstance(layer.schema, Mapping):
            found = {each: layer.schema[each] for each in _CONDITIONS if each in layer.schema}
            if found and name in dump(found):
                yield without_words(found)


def _own(schema: Any) -> Any:
    if not isinstance(schema, Mapping):
        return schema
    return {keyword: value for keyword, value in without_words(schema).items() if keyword not in _OF_OTHERS}


def _sorted(rules: Iterable[Any]) -> list[str]:
    return sorted({canonical(rule).decode(errors="replace") for rule in rules if rule not in ({}, True)})
