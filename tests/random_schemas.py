"""Schemas of every keyword that a catalog may use, at random, in layers and over several documents; values for them."""

import json
from typing import Any

from hypothesis import strategies as st

from notify_contracts._schema import ENGINES, UnusableSchemaError, engine_named, rebuilt, violations
from notify_contracts.model import Violation

BASE = "https://random.example.org/"
NAMES = st.sampled_from(["a", "b", "x-c", "", "1"])
PATTERNS = st.sampled_from(["^a", "b$", "[0-9]", "^x-", "^(?:x|a)+$"])
SCALARS = st.sampled_from(
    [None, True, False, 0, 1, -1, 1.0, 1.5, 4.02, 1e-7, 1e300, 10**18, 10**30, "", "a", "ab", "0", "192.0.2.1"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)
TYPES = st.sampled_from(["null", "boolean", "object", "array", "number", "string", "integer"])
SMALL = st.integers(0, 2)
SHARED = ("base.json", "base.json#/$defs/one", "base.json#/$defs/two", "#/$defs/one", "#/$defs/two")


def _alike(value):
    """Return what is the same for values that JSON does not tell apart."""
    return json.dumps(float(value) if type(value) in (int, float) else value)


PLAIN = st.one_of(
    st.fixed_dictionaries({"type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=_alike)}),
    st.fixed_dictionaries({"const": VALUES}),
    st.fixed_dictionaries({}, optional=dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), SMALL)),
    st.fixed_dictionaries({}, optional=dict.fromkeys(("minProperties", "maxProperties", "minimum", "maximum"), SMALL)),
    st.fixed_dictionaries(
        {}, optional={"exclusiveMinimum": SMALL, "exclusiveMaximum": SMALL, "uniqueItems": st.booleans()}
    ),
    st.fixed_dictionaries({"multipleOf": st.sampled_from([1, 2, 3, 0.5, 0.01, 1e-8, 1e-308])}),
    st.fixed_dictionaries({"required": st.lists(NAMES, unique=True)}),
    st.fixed_dictionaries({"additionalProperties": st.booleans()}),
    st.fixed_dictionaries({"pattern": PATTERNS}),
    st.fixed_dictionaries({"format": st.sampled_from(["ipv4", "uuid", "date"])}),
)


def _larger(inner):
    one, some = inner, st.lists(inner, min_size=1, max_size=2)
    properties = st.dictionaries(NAMES, inner, max_size=2)
    return st.one_of(
        *(
            st.fixed_dictionaries({name: one})
            for name in ("not", "items", "contains", "propertyNames", "additionalProperties")
        ),
        *(st.fixed_dictionaries({name: some}) for name in ("allOf", "anyOf", "oneOf", "prefixItems")),
        st.fixed_dictionaries({"properties": properties}),
        st.fixed_dictionaries({"properties": properties, "additionalProperties": st.just(value=False)}),
        st.fixed_dictionaries({"patternProperties": st.dictionaries(PATTERNS, inner, max_size=2)}),
        st.fixed_dictionaries({"if": one, "then": one}, optional={"else": one}),
        st.fixed_dictionaries({"if": one, "else": one}),
        st.builds(lambda first, second: {**first, **second}, inner, inner),
    )


def schemas(references: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Return schemas that may refer to what is named."""
    return st.recursive(PLAIN | st.fixed_dictionaries({"$ref": st.sampled_from(references)}), _larger, max_leaves=6)


SCHEMAS = schemas(SHARED)
_NEEDING_A_TITLE = ("pattern", "format", "anyOf", "oneOf", "not")


def titled(schema: Any) -> Any:
    """Return `schema` with a title wherever a catalog needs one."""
    if not isinstance(schema, dict):
        return schema
    made = rebuilt(schema, titled)
    return made | {"title": "what is right"} if any(keyword in made for keyword in _NEEDING_A_TITLE) else made


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw documents by URI, of which the one at `BASE` refers to what is shared, in the other and in its own."""
    shared = st.fixed_dictionaries({"one": SCHEMAS, "two": PLAIN})
    return {
        BASE: draw(SCHEMAS) | {"$id": BASE, "$defs": draw(shared)},
        f"{BASE}base.json": draw(SCHEMAS) | {"$id": f"{BASE}base.json", "$defs": draw(shared)},
    }


def several_values() -> st.SearchStrategy[list[Any]]:
    """Return some values to hold against a schema."""
    return st.lists(VALUES, min_size=1, max_size=5)


def found_by_both(schemas: dict[str, Any], values: list[Any]) -> list[tuple[Violation, ...]]:
    """Return what both engines find in each value, none where both refuse the schemas; fail where they differ."""
    made, refused = [], set()
    for engine in ENGINES:
        try:
            made.append(engine_named(engine)(schemas.__getitem__, BASE))
        except UnusableSchemaError as error:
            refused.add(str(error))
    assert len(made) in (0, len(ENGINES))
    assert len(refused) <= 1
    found = []
    for value in values if made else ():
        one, other = (violations(value, engine.faults(value), None) for engine in made)
        assert one == other
        assert [engine.is_valid(value) for engine in made] == [not one] * len(made)
        found.append(one)
    return found
