"""Schemas of every keyword that a catalog may use, at random, in layers and over several documents; values for them.

What is made depends on a `random.Random` alone: hypothesis gives one whose choices it shrinks, a benchmark a fast one.
"""

from random import Random
from typing import Any

from notify_contracts._schema import (
    ENGINES,
    FORMATS,
    UnusableSchemaError,
    engine_named,
    rebuilt,
    speaking_of_others,
    violations,
)
from notify_contracts.model import Violation

BASE = "https://random.example.org/"
SHARED = ("base.json", "base.json#/$defs/one", "base.json#/$defs/two", "#/$defs/one", "#/$defs/two")
NAMES = ("a", "b", "x-c", "", "1")
PATTERNS = ("^a", "b$", "[0-9]", "^x-", "^(?:x|a)+$")
OF_FORMATS = ("192.0.2.1", "::1", "a@b", "a://b/c", "a://[::1]", "2026-02-28", "2026-02-29", "2026-02-28T23:59:59Z")
SCALARS = (None, True, False, 0, 1, -1, 1.0, 1.5, 4.02, 1e-7, 1e300, 10**18, 10**30, "", "a", "ab", "0", *OF_FORMATS)
# Those that JSON tells apart: what is enumerated is not enumerated twice.
DIFFERENT = (None, True, False, 0, 1, -1, 1.5, 4.02, 10**18, "", "a", "ab", "192.0.2.1")
TYPES = ("null", "boolean", "object", "array", "number", "string", "integer")
SIZES = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
ONE = ("not", "items", "contains", "propertyNames", "additionalProperties")
SOME = ("allOf", "anyOf", "oneOf", "prefixItems")
_NEEDING_A_TITLE = ("pattern", "format", "anyOf", "oneOf", "not")


def value(chance: Random, depth: int = 2) -> Any:
    """Return a JSON value that is nested no deeper than `depth`."""
    kind = chance.randrange(5 if depth else 3)
    if kind == 3:
        return [value(chance, depth - 1) for _ in range(chance.randrange(4))]
    if kind == 4:
        return {chance.choice(NAMES): value(chance, depth - 1) for _ in range(chance.randrange(4))}
    return chance.choice(SCALARS)


def plain(chance: Random) -> dict[str, Any]:
    """Return a schema that holds no other, of one keyword or two of a kind."""
    made = (
        lambda: {"type": chance.choice(TYPES)},
        lambda: {"type": _several(chance, TYPES)},
        lambda: {"enum": _several(chance, DIFFERENT)},
        lambda: {"const": value(chance)},
        lambda: {name: chance.randrange(3) for name in _several(chance, SIZES)},
        lambda: {name: chance.randrange(3) for name in _several(chance, LIMITS)},
        lambda: {"uniqueItems": chance.choice((True, False))},
        lambda: {"multipleOf": chance.choice((1, 2, 3, 0.5, 0.01, 1e-8, 1e-308))},
        lambda: {"required": _several(chance, NAMES)},
        lambda: {"additionalProperties": chance.choice((True, False))},
        lambda: {"pattern": chance.choice(PATTERNS)},
        lambda: {"format": chance.choice(tuple(FORMATS))},
    )
    return chance.choice(made)()


def schema(chance: Random, references: tuple[str, ...] = SHARED, depth: int = 3) -> dict[str, Any]:
    """Return a schema of any keywords that may refer to what is named, nested no deeper than `depth`."""

    def inner() -> dict[str, Any]:
        return schema(chance, references, depth - 1)

    def named(names: tuple[str, ...]) -> dict[str, Any]:
        return {chance.choice(names): inner() for _ in range(chance.randrange(3))}

    made = (
        lambda: plain(chance),
        lambda: {"$ref": chance.choice(references)},
        lambda: {chance.choice(ONE): inner()},
        lambda: {chance.choice(SOME): [inner() for _ in range(1 + chance.randrange(2))]},
        lambda: {"properties": named(NAMES)},
        lambda: {"properties": named(NAMES), "additionalProperties": False},
        lambda: {"patternProperties": named(PATTERNS)},
        lambda: {"if": inner(), chance.choice(("then", "else")): inner()},
        lambda: {"if": inner(), "then": inner(), "else": inner()},
        lambda: {**inner(), **inner()} if depth > 1 else plain(chance),
    )
    merged = chance.choice(made[: len(made) if depth else 2])()
    # Two that were put into one may leave a condition without its consequences.
    alone = "if" in merged and merged.keys().isdisjoint(("then", "else"))
    merged = {**merged, "then": plain(chance)} if alone else merged
    idle = {keyword for keyword, _, _ in speaking_of_others(merged)}  # beside the type of another one
    return {keyword: stated for keyword, stated in merged.items() if keyword not in idle}


def _several(chance: Random, options: tuple[Any, ...]) -> list[Any]:
    return chance.sample(options, 1 + chance.randrange(3))


def titled(made: Any) -> Any:
    """Return a schema with a title wherever a catalog needs one."""
    if not isinstance(made, dict):
        return made
    made = rebuilt(made, titled)
    return made | {"title": "what is right"} if any(keyword in made for keyword in _NEEDING_A_TITLE) else made


def documents(chance: Random) -> dict[str, Any]:
    """Return documents by URI, of which the one at `BASE` refers to what is shared, in the other and in its own."""
    return {
        uri: schema(chance) | {"$id": uri, "$defs": {"one": schema(chance), "two": plain(chance)}}
        for uri in (BASE, f"{BASE}base.json")
    }


def found_by_both(schemas: dict[str, Any], values: list[Any]) -> list[tuple[Violation, ...]]:
    """Return what both engines find in each value, none where both refuse the schemas; fail where they differ."""
    made, refused = [], set()
    for engine in ENGINES:
        try:
            made.append(engine_named(engine)(schemas.__getitem__, BASE))
        except UnusableSchemaError as error:
            refused.add(str(error))
    assert len(made) in (0, len(ENGINES)), (schemas, refused)
    assert len(refused) <= 1, (schemas, refused)
    found = []
    for each in values if made else ():
        one, other = (violations(each, engine.faults(each), None) for engine in made)
        assert one == other, (schemas, each)
        assert [violations(each, engine.judged(each), None) for engine in made] == [one, one], (schemas, each)
        assert [engine.is_valid(each) for engine in made] == [not one] * len(made), (schemas, each)
        found.append(one)
    return found
