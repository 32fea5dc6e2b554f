"""Candidates may break a keyword; the mutator finds out whether they do, and whether they break nothing else."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from math import ceil, floor
from types import MappingProxyType
from typing import Any

from notify_contracts.generate._mutations.sites import ABSENT, UNHEARD_OF
from notify_contracts.generate._mutations.texts import FORMAT_FAULTS, Worded, misshapen_texts
from notify_contracts.generate.shapes import LARGEST

KINDS: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "null": (None,),
        "a boolean": (False, True),
        "a whole number": (0, 7),
        "a fraction": (1.5, -0.25),
        "text": ("", "7", "true"),
        "an object": ({}, {"a": 1}),
        "an array": ([], [1]),
    }
)
"""Every kind of JSON value, each with examples."""

STRANGE_NAMES = (UNHEARD_OF, "", "a/b~c", "\u540d")

_LIMITED_NUMBERS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
_FAR = 10**12
_NAMES = (
    tuple(f"{first}{second}" for first in "abcdefghij" for second in "abcdefghij"),
    tuple(f"extra{number}" for number in range(100)),
)


def candidates(keyword: str, schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    """Yield values to put in the place of `value` (`ABSENT` where there is none) to break this keyword of `schema`."""
    yield from _CANDIDATES[keyword](schema, value)


def _types(_schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    yield from ((f"is {kind}", example) for kind, examples in KINDS.items() for example in examples)
    if value is not ABSENT:
        yield "is wrapped in an array", [value]
        yield "is wrapped in an object", {"value": value}
        if not isinstance(value, str):
            yield "is written as text", json.dumps(value, ensure_ascii=False)


def _anything(_schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    yield from misshapen_texts(value)
    yield from ((f"is {kind}", example) for kind, examples in KINDS.items() for example in examples)


def _others(schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    """Yield values that an enumeration or a constant does not list."""
    options = (*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ()))
    for option in options:
        if isinstance(option, str):
            yield "is in another case", option.swapcase()
            yield "ends in a space", f"{option} "
    yield "is none of what is listed", "no such value"
    yield "is an empty text", ""
    yield from _anything(schema, value)


def _formats(schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    yield from FORMAT_FAULTS.get(schema["format"], ())
    yield from misshapen_texts(value)


def _numbers(schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    step = schema.get("multipleOf", 1)
    for limit in (schema[keyword] for keyword in _LIMITED_NUMBERS if keyword in schema):
        near = (limit, limit - 1, limit + 1, (ceil(limit / step) - 1) * step, (floor(limit / step) + 1) * step)
        yield from (("is out of range", number) for number in (*near, limit - 0.5, limit + 0.5))
    yield from (("is out of range", number) for number in (0, -_FAR, _FAR))
    if "multipleOf" in schema:
        present = value if isinstance(value, int | float) else 0
        numbers = (present + 1, present - 1, present + step / 2, step / 2, step + 1)
        yield from ((f"is no multiple of {step}", number) for number in numbers)


def _lengths(schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    text = value if isinstance(value, str) and value else "x"
    if (limit := _of_a_size(schema, "minLength")) is not None:
        yield from (("is too short", filler[: max(limit - 1, 0)]) for filler in (text, text[-1] * limit))
    if (limit := _of_a_size(schema, "maxLength")) is not None:
        fillers = (text + text[-1] * (limit + 1), "\U0001f600" * (limit + 1), "e\u0301" * (limit + 1))
        yield from (("is too long", filler[: limit + 1]) for filler in fillers)
        yield "is much too long", "x" * min((limit + 1) * 100, LARGEST)


def _of_a_size(schema: Mapping[str, Any], keyword: str) -> int | None:
    """Return a limit, None where there is none or what is beyond it is larger than what is made."""
    limit = schema.get(keyword)
    return None if limit is None or limit >= LARGEST else int(limit)


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _properties(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _sizes(schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    items = _items(value)
    if (limit := schema.get("minItems")) is not None:
        yield from (("has too few items", items[:size]) for size in sorted({max(limit - 1, 0), 0}, reverse=True))
    if (limit := _of_a_size(schema, "maxItems")) is not None:
        fillers = (items[-1:] * (limit + 1), [f"item {number}" for number in range(limit + 1)], list(range(limit + 1)))
        yield from (("has too many items", [*items, *filler][: limit + 1]) for filler in fillers)


def _repetitions(_schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    items = _items(value)
    if items:
        yield "has an item twice", [*items, items[0]]
        yield "has an item twice", [items[0], *items[:-1]]
    for twice in (["again", "again"], [7, 7], [1, 1.0], [None, None], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]):
        yield "has an item twice", twice
        yield "has an item twice", [*items, *twice]


def _without_some(_schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    items = _items(value)
    for number in range(len(items)):
        yield "lacks the item that must be there", items[:number] + items[number + 1 :]
    for example in chain([[]], ([item] for examples in KINDS.values() for item in examples)):
        yield "lacks the item that must be there", example


def _fewer(schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    properties = _properties(value)
    for size in sorted({max(schema["minProperties"] - 1, 0), 0}, reverse=True):
        yield "has too few properties", dict(list(properties.items())[:size])


def _more(schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    properties = _properties(value)
    for names in _NAMES:
        for filler in (*properties.values(), "text", None, 7):
            filled = {**dict.fromkeys(names[: schema["maxProperties"] + 1], filler), **properties}
            yield "has too many properties", dict(list(filled.items())[-schema["maxProperties"] - 1 :])


def _named(_schema: Mapping[str, Any], value: Any) -> Iterator[Worded]:
    properties = _properties(value)
    for name in (*STRANGE_NAMES, *(name.swapcase() for name in properties), *(f"{name} " for name in properties)):
        for filler in (*properties.values(), "text", None, 7):
            if name not in properties:
                yield f'has a property named "{name}"', {**properties, name: filler}


_CANDIDATES: Mapping[str, Callable[[Mapping[str, Any], Any], Iterator[Worded]]] = MappingProxyType(
    {
        "type": _types,
        "enum": _others,
        "const": _others,
        "minLength": _lengths,
        "maxLength": _lengths,
        "pattern": lambda _schema, value: misshapen_texts(value),
        "format": _formats,
        **dict.fromkeys((*_LIMITED_NUMBERS, "multipleOf"), _numbers),
        "minItems": _sizes,
        "maxItems": _sizes,
        "uniqueItems": _repetitions,
        "contains": _without_some,
        "minProperties": _fewer,
        "maxProperties": _more,
        "propertyNames": _named,
        "anyOf": _anything,
        "oneOf": _anything,
        "not": _anything,
    }
)
