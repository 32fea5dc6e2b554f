"""Schemas of every keyword that a catalog may use, at random: both engines read them alike."""

import json
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import load

PARCELS = Path(__file__).parent / "catalogs" / "parcels"
PAYLOAD = "payloads/loss.json"
NAMES = st.sampled_from(["a", "b", "x-c"])
SCALARS = st.sampled_from([None, True, False, 0, 1, -1, 1.0, 1.5, 10**18, "", "a", "ab", "0", "192.0.2.1"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)
TYPES = st.sampled_from(["null", "boolean", "object", "array", "number", "string", "integer"])
SMALL = st.integers(0, 2)
REFERENCES = st.sampled_from(
    ["parcel.json#/$defs/contents", "../values.json#/$defs/scanner", "#/$defs/shared", "parcel.json"]
)
PLAIN = st.one_of(
    st.fixed_dictionaries({"type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=json.dumps)}),
    st.fixed_dictionaries({"const": VALUES}),
    st.fixed_dictionaries({}, optional=dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), SMALL)),
    st.fixed_dictionaries({}, optional=dict.fromkeys(("minProperties", "maxProperties", "minimum", "maximum"), SMALL)),
    st.fixed_dictionaries(
        {}, optional={"exclusiveMinimum": SMALL, "exclusiveMaximum": SMALL, "uniqueItems": st.booleans()}
    ),
    st.fixed_dictionaries({"multipleOf": st.sampled_from([1, 2, 0.5])}),
    st.fixed_dictionaries({"required": st.lists(NAMES, unique=True)}),
    st.fixed_dictionaries({"additionalProperties": st.booleans()}),
    st.fixed_dictionaries({"pattern": st.sampled_from(["^a", "b$", "[0-9]"])}),
    st.fixed_dictionaries({"format": st.sampled_from(["ipv4", "uuid", "date"])}),
)
SIMPLE = PLAIN | st.fixed_dictionaries({"$ref": REFERENCES})


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
        st.fixed_dictionaries({"patternProperties": st.dictionaries(st.sampled_from(["^x-", "a"]), inner, max_size=2)}),
        st.fixed_dictionaries({"if": one}, optional={"then": one, "else": one}),
        st.builds(lambda first, second: {**first, **second}, inner, inner),
    )


SCHEMAS = st.recursive(SIMPLE, _larger, max_leaves=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of the third catalog without its cases."""
    return copytree(PARCELS, tmp_path_factory.mktemp("catalogs") / "parcels", ignore=ignore_patterns("cases"))


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(schema=SCHEMAS, shared=PLAIN, values=st.lists(VALUES, min_size=1, max_size=5))
def test_read_alike(folder, schema, shared, values):
    """Whatever a schema says and a value holds, both engines find the same violations, in the same words."""
    document = json.loads((PARCELS / PAYLOAD).read_bytes())
    document = {name: document[name] for name in ("$schema", "$id", "title")} | schema | {"$defs": {"shared": shared}}
    (folder / PAYLOAD).write_text(json.dumps(document))
    fast, reference = (load(folder, engine=engine) for engine in ENGINES)
    example = fast.contract("parcel.lost", "WARN").example()
    for value in [*values, example["payload"], example["payload"]["parcel"]]:
        notification = example | {"payload": value}
        assert fast.check(notification) == reference.check(notification)
