"""Catalogs brought up to date where each thing is rare: what is rare together, too, or where its rule applies."""

import json
from string import ascii_lowercase

import pytest

from notify_contracts._checking import EVERYTHING
from notify_contracts._drafting.updating import Updating, update
from notify_contracts.capture import Recording
from notify_contracts.cli import main
from notify_contracts.errors import CatalogError
from tests import small

INTEGER, TEXT = {"type": "integer"}, {"type": "string"}
NAMES = [f"n{one}{other}" for one in ascii_lowercase for other in ascii_lowercase][:200]


def _object(required, **properties):
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


@pytest.fixture
def updated(tmp_path):
    """Return what updates a small catalog with payloads; that returns what came of it."""

    def updated(payload, example, payloads):
        root, source = small.write(tmp_path / "small", payload, example), tmp_path / "small.jsonl"
        source.write_text("".join(f"{json.dumps(row)}\n" for row in small.notifications(*payloads)), encoding="utf-8")

        def run(work):
            with Recording(source) as recording:
                yield from (part.summary for part in work.results(recording) if part.summary is not None)

        return update(root, Updating(is_rare_allowed=False, is_open=False, examples=dict), EVERYTHING, run)

    return updated


def _payload_of(updated):
    return json.loads(updated.after["events/a.b.json"])["$defs"]["INFO"]["properties"]["payload"]


def test_names_that_are_rare_one_by_one(updated):
    """Properties that are rare each, and not together, are allowed: their names are data, and no mistakes."""
    rows = [{"a": 1}] * 800
    few, many = ([*rows, *({"a": 1, name: 1} for name in names)] for names in (NAMES[:5], NAMES))
    assert updated(_object(["a"], a=INTEGER), {"a": 1}, few).summary.violations == 5
    came = updated(_object(["a"], a=INTEGER), {"a": 1}, many)
    assert came.summary.violations == 0
    assert _payload_of(came)["additionalProperties"]["type"] == "integer"


def test_missing_one_by_one(updated):
    """Properties of which each is missing rarely, and hardly ever none, are no longer required."""
    names = NAMES[:120]
    whole = dict.fromkeys(names, 1)
    rows = [{name: 1 for name in names if name != names[number % 120]} for number in range(240)]
    came = updated(_object(names, **dict.fromkeys(names, INTEGER)), whole, rows)
    assert came.summary.violations == 0
    assert "required" not in _payload_of(came)


def test_rare_where_a_condition_applies(updated):
    """What breaks a branch of a condition is rare among those to which the branch applies, not among all."""
    condition = {"if": {"properties": {"a": {"const": "x"}}}, "then": {"properties": {"b": {"const": "x"}}}}
    payload = {**_object(["a", "b"], a=TEXT, b=TEXT), **condition}
    right, wrong, others = {"a": "x", "b": "x"}, {"a": "x", "b": "y"}, [{"a": "y", "b": "y"}] * 600
    often = updated(payload, right, [*others, *[right] * 5, *[wrong] * 5])
    assert [(change.what, change.times, change.total) for change in often.changes] == [
        ("this branch of a condition goes", 5, 610)
    ]
    assert "then" not in _payload_of(often)
    assert updated(payload, right, [*others, *[right] * 600, wrong]).changes == ()


def test_rare_everywhere(updated, tmp_path, capsys):
    """Where much is rare each and not together, it is said by contract, and the exit status says it, too."""
    names = NAMES[:30]
    rows = [{name: None if place == number % 150 else 1 for place, name in enumerate(names)} for number in range(300)]
    payload = _object(names, **dict.fromkeys(names, INTEGER))
    came = updated(payload, dict.fromkeys(names, 1), rows)
    assert list(came.not_rare) == [("a.b-INFO", 60, 300)]
    assert main(["catalog", "infer", "--update", str(tmp_path / "small"), str(tmp_path / "small.jsonl")]) == 1
    assert "together they are not rare: 60 of 300 break a.b-INFO" in capsys.readouterr().out


def test_a_type_beside_patterns(updated):
    """Patterns of names beside a type that has none do nothing: they are mended first, for they would begin to hold."""
    payload, example = {"type": "boolean", "patternProperties": {"^x": INTEGER}}, True
    with pytest.raises(CatalogError, match=r"patternProperties: does nothing.*mend what catalog lint says first"):
        updated(payload, example, [{"x": 1}, {"x": 2}])


HAS_A = {"$ref": "../values.json#/$defs/has_a"}


@pytest.mark.parametrize("options", [(), ("--allow-rare",)])
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"title": "no b", "not": {"required": ["b"]}}, "take that out if it may"),
        ({**HAS_A, "if": HAS_A, "then": {"properties": {"a": {"maximum": 9}}}}, "may be to forbid"),
    ],
)
def test_rare_and_never_allowed(tmp_path, run, more, reason, options):
    """What is rare and what --allow-rare would not allow either is listed as that, with the reason; so it is then."""
    payload, values = {**_object([], a=INTEGER, b=INTEGER), **more}, {"has_a": {"title": "a", "required": ["a"]}}
    root, source = small.write(tmp_path / "small", payload, {"a": 1}, values), tmp_path / "small.jsonl"
    told = small.notifications(*({"a": 1} for _ in range(300)), {"b": 1})
    source.write_text("".join(f"{json.dumps(each)}\n" for each in told), encoding="utf-8")
    ran = run("catalog", "infer", "--update", root, source, *options)
    assert "nothing is changed" in ran.out
    assert "--allow-rare allows them" not in ran.out
    assert reason in ran.out
    assert ("which --allow-rare does not allow either" in ran.out) == (not options)
    assert ran.status == len(options)
