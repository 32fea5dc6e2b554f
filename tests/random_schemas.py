"""Schemas of every keyword that a catalog may use, at random, in layers and over several documents; values for them."""

import json
from typing import Any

from hypothesis import strategies as st

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
PLAIN = st.one_of(
    st.fixed_dictionaries({"type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=json.dumps)}),
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
SIMPLE = PLAIN | st.fixed_dictionaries({"$ref": st.sampled_from(SHARED)})


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


SCHEMAS = st.recursive(SIMPLE, _larger, max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw documents by URI, of which the one at `BASE` refers to what is shared, in the other and in its own."""
    shared = st.fixed_dictionaries({"one": SCHEMAS, "two": PLAIN})
    return {
        BASE: draw(SCHEMAS) | {"$id": BASE, "$defs": draw(shared)},
        f"{BASE}base.json": draw(SCHEMAS) | {"$id": f"{BASE}base.json", "$defs": draw(shared)},
    }
