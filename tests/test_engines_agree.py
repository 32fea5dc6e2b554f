"""The two engines say the same of whatever a notification holds, and nothing that one can hold makes them stumble."""

import json
import math
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from notify_contracts._schema.engines import DEFAULT_ENGINE, ENGINES, engine_named
from notify_contracts._untrusted.jsontext import parse
from notify_contracts.catalog import builtin_names, load
from notify_contracts.model import Notification, Verdict
from tests.places import places
from tests.telling import examples

PARCELS = Path(__file__).parent / "catalogs" / "parcels"
CATALOGS = {Path(name).name: [load(name, engine=engine) for engine in ENGINES] for name in (*builtin_names(), PARCELS)}
BUILTIN = list(builtin_names())
quickly = settings(deadline=None, max_examples=examples(50), suppress_health_check=list(HealthCheck))

WORDS = st.sampled_from(
    [
        "",
        "INFO",
        "WARN",
        "ERROR",
        "image.create",
        "task.run",
        "active",
        "id",
        "owner",
        "location",
        "deleted",
        "2026-02-29",
    ]
)
TEXT = WORDS | st.text(st.characters(codec="utf-8"), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=8
)
NOT_JSON = st.recursive(
    SCALARS
    | st.floats()
    | st.text(max_size=4)
    | st.text(st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF), max_size=2)
    | st.sampled_from([10**400, math.nan, math.inf, b"bytes", 1j, object(), (1, 2), {1}, range(3)]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXT | st.integers() | st.none(), inner, max_size=4)
        | st.tuples(inner, inner)
    ),
    max_leaves=8,
)


@st.composite
def edited(draw, catalog):
    """Draw one of the catalog's examples with a few random edits."""
    contract = draw(st.sampled_from(catalog.contracts))
    notification = deepcopy(dict(draw(st.sampled_from(contract.examples))))
    for _ in range(draw(st.integers(1, 4))):
        there = list(places(notification))
        if not there:
            break
        container, key = draw(st.sampled_from(there))
        edit = draw(st.sampled_from(["replace", "delete", "add", "double"]))
        if edit == "delete":
            del container[key]
        elif edit == "replace":
            container[key] = draw(JSON)
        elif edit == "add" and isinstance(container, dict):
            container[draw(TEXT)] = draw(JSON)
        elif isinstance(container, list):
            container.append(container[key])
    return notification


@pytest.mark.parametrize("name", CATALOGS)
@quickly
@given(data=st.data())
def test_edited_examples(name, data):
    """Of an example with random edits both engines give the same verdict: pointers, keywords and words."""
    fast, reference = CATALOGS[name]
    # From text, as every notification comes: what JSON cannot tell apart is equal, too.
    notification = parse(json.dumps(data.draw(edited(fast))))
    assert fast.check(notification) == reference.check(notification)


@pytest.mark.parametrize("name", CATALOGS)
@quickly
@given(envelope=st.dictionaries(TEXT, JSON, max_size=8))
def test_arbitrary_json(name, envelope):
    """Of an arbitrary JSON object both engines give the same verdict, without an exception."""
    fast, reference = CATALOGS[name]
    assert fast.check(envelope) == reference.check(envelope)


@pytest.mark.parametrize("name", CATALOGS)
@pytest.mark.parametrize("number", range(len(ENGINES)), ids=list(ENGINES))
@quickly
@given(data=st.data())
def test_values_that_are_no_json(name, number, data):
    """What only Python can put into a notification (NaN, bytes, sets) gets a verdict, without an exception."""
    catalog = CATALOGS[name][number]
    notification = deepcopy(catalog.contracts[data.draw(st.integers(0, len(catalog.contracts) - 1))].example())
    container, key = data.draw(st.sampled_from(list(places(notification))))
    container[key] = data.draw(NOT_JSON)
    notification[data.draw(TEXT)] = data.draw(NOT_JSON)
    for given_as in (notification, Notification(notification)):
        verdict = catalog.check(given_as)
        assert isinstance(verdict, Verdict)
        assert all(violation.message.isprintable() for violation in verdict.violations)


@pytest.mark.parametrize("odd", [{0: None}, {None: 1}, {1, 2}, b"x", math.nan, 1j, {"a": {1: 2}}], ids=repr)
@pytest.mark.parametrize("name", BUILTIN)
def test_payload_that_is_no_json(name, odd):
    """A payload that is no JSON at all is a violation of the notification, on both engines."""
    for catalog in CATALOGS[name]:
        verdict = catalog.check(catalog.contract("image.create", "INFO").example() | {"payload": odd})
        assert verdict.violations
        assert all(violation.message.isprintable() for violation in verdict.violations)


@pytest.mark.parametrize("number", [10**30, 10**400, -(10**10_000)], ids=["30", "400", "10000"])
@pytest.mark.parametrize("place", ["size", "name", "status", "extra"])
def test_huge_integers(place, number):
    """An integer of any number of digits gets a verdict from both engines, without an exception."""
    for catalog in CATALOGS["glance-emitted"]:
        notification = catalog.contract("image.create", "INFO").example()
        notification["payload"][place] = number
        violations = catalog.check(notification).violations
        assert violations or place == "size"
        assert all(violation.message.isprintable() and len(violation.message) < 300 for violation in violations)


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def _with_nesting(catalog, place, depth):
    notification = catalog.contract("image.create", "INFO").example()
    notification["payload"][place] = _nested(depth)
    return catalog.check(notification)


@pytest.mark.parametrize("depth", [100, 300, 900])
@pytest.mark.parametrize("place", ["properties", "tags", "extra", "name"])
@pytest.mark.parametrize("name", BUILTIN)
def test_deep_nesting(name, place, depth):
    """As deeply as JSON text may be nested, both engines say the same."""
    verdicts = [_with_nesting(catalog, place, depth) for catalog in CATALOGS[name]]
    assert verdicts[0].violations == verdicts[1].violations


@pytest.mark.parametrize("depth", [2_000, 100_000])
@pytest.mark.parametrize("place", ["properties", "tags", "extra", "name"])
def test_bottomless_nesting(place, depth):
    """Deeper than any text can be nested, both engines come back, and do not say that all is well."""
    for catalog in CATALOGS["glance-emitted"]:
        assert not _with_nesting(catalog, place, depth).conforms


@pytest.mark.parametrize("name", ["", "0", "3", "007", "+3", "-1", "300802", "1e3", "٣"])
@pytest.mark.parametrize("engine", ENGINES)
def test_names_that_look_like_indices(name, engine):
    """A violation in a property is reported there, be its name empty or a number."""
    catalog = load(engine=engine)
    notification = catalog.contract("image.create", "INFO").example()
    notification["payload"]["properties"] = {"other": "x", name: 7}
    (violation,) = catalog.check(notification).violations
    assert (violation.pointer, violation.keyword) == (f"/payload/properties/{name}", "type")


def test_what_python_takes_for_equal():
    """That a value has kept a schema says nothing of another that is equal in Python alone: 1 is not true."""
    catalogs = [load("glance-emitted", engine=engine) for engine in ENGINES]
    for value in (0, False, 0.0, 1, True, 1.0, 0, False, "0", 0.5, True):
        for place in ("min_disk", "protected", "name"):
            notification = catalogs[0].contract("image.create", "INFO").example()
            notification["payload"][place] = value
            is_kept = isinstance(value, str if place == "name" else bool if place == "protected" else int | float)
            is_kept = is_kept and not (place == "min_disk" and (isinstance(value, bool) or value != int(value)))
            assert [catalog.check(notification).conforms for catalog in catalogs] == [is_kept, is_kept]


@pytest.mark.parametrize(
    "rules",
    [
        ({"const": 1}, {"const": True}),
        ({"not": {"const": 1}}, {"not": {"const": True}}),
        ({"enum": [0, "a"]}, {"enum": [False, "a"]}),
        ({"contains": {"const": 1}}, {"contains": {"const": True}}),
        ({"properties": {"a": {"const": 0}}}, {"properties": {"a": {"const": False}}}),
    ],
)
def test_rules_that_python_takes_for_equal(rules):
    """Of two rules that are equal in Python alone both count, in whatever order they stand, and by reference, too."""
    uri, numbers = "https://equal.example.org/", (0, 1, 1.0, False, True)
    values = [*numbers, "a", [1], [True], [True, 1], *({"a": value} for value in numbers)]
    for schemas in (rules, rules[::-1]):
        written = {"allOf": [*schemas]}
        referring = {"$ref": "#/$defs/one", "$defs": {"one": schemas[0]}, **schemas[1]}
        expected = [Draft202012Validator(written).is_valid(value) for value in values]
        for schema in (written, referring):
            for engine in ENGINES:
                validator = engine_named(engine)({uri: schema}.__getitem__, uri)
                assert [validator.is_valid(value) for value in values] == expected


@pytest.mark.parametrize("place", ["size", "name"])
def test_decimal(place):
    """A Decimal, which JSON does not know, is no number, whatever an engine takes it for."""
    for catalog in CATALOGS["glance-emitted"]:
        notification = catalog.contract("image.create", "INFO").example()
        notification["payload"][place] = Decimal(5)
        (violation,) = catalog.check(notification).violations
        assert violation.message == "it is not JSON: Type is not JSON serializable: decimal.Decimal"


def test_many_names_that_are_missing():
    """The fast engine tells once that names are missing: each time it copies the whole object, however large."""
    contract = load("glance-emitted", engine=DEFAULT_ENGINE).contract("image.create", "INFO")
    faults = contract.validator.faults(contract.example() | {"payload": {}})
    assert [fault.keyword for fault in faults] == ["required"]
