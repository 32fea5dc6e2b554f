"""Keys that are data, and indices, are one place however many there are; the example says which one it was."""

import json
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._checking import Summary, place_name, summary_from, summary_values
from notify_contracts.model import Location, Notification, Verdict, Violation
from tests.telling import examples
from tests.verdicts import summarised

UUID = "8f8ee0d0-2d2c-4a6f-9d5c-0d7f8f4a1f6e"


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("/payload/key_17", "/payload/key_*"),
        ("/payload/items/3/price", "/payload/items/*/price"),
        (f"/payload/{UUID}/id", "/payload/*/id"),
        (f"/payload/{UUID.replace('-', '')}", "/payload/*"),
        ("/payload/tags/2026-11-28", "/payload/tags/*-*-*"),
        ("/payload/10.0.0.7", "/payload/*.*.*.*"),
        ("/payload/sha256", "/payload/sha256"),
        ("/payload/ipv4", "/payload/ipv4"),
        ("/payload/os_hash_algo", "/payload/os_hash_algo"),
        ("/payload/facade", "/payload/facade"),
        ("/payload/key_*", "/payload/key_*"),
        ("", ""),
    ],
)
def test_names(pointer, name):
    """Numbers that stand alone, UUIDs and digests are data; a number within a word, as in sha256, is not."""
    assert place_name(pointer, "type") == name


def test_missing_property():
    """What is missing is named by the contract, not by the data, and so keeps its name."""
    assert place_name("/payload/items/4/line_2", "required") == "/payload/items/*/line_2"


@settings(deadline=None, max_examples=examples())
@given(st.text("/_-.aF19*", max_size=40))
def test_a_name_of_a_name(pointer):
    """The name of a name is itself, so a report of reports has the same groups."""
    assert place_name(place_name(pointer, "type"), "type") == place_name(pointer, "type")


def _verdicts(pointers):
    return [
        Verdict(Notification({}), None, (Violation(pointer, "type", "expected string, found 1"),), Location("a", 1))
        for pointer in pointers
    ]


def test_one_group():
    """Four hundred keys are one group, and its example is the first of them."""
    summary = summarised(_verdicts(f"/payload/key_{number}" for number in range(1, 401)))
    ((key, group),) = summary.groups.items()
    assert (key.pointer, group.count, group.example.pointer) == ("/payload/key_*", 400, "/payload/key_1")


@settings(deadline=None, max_examples=examples())
@given(st.lists(st.sampled_from(["/payload/a_1", "/payload/a_2", "/payload/b/1", "/payload/b/*"])), st.randoms())
def test_merging(pointers, random):
    """In whatever order and by however many they were counted, and read back from JSON, the summary is the same."""
    whole = summarised(_verdicts(pointers))
    random.shuffle(pointers)
    parts = [summarised([verdict]) for verdict in _verdicts(pointers)]
    merged = reduce(Summary.merge, parts, Summary())
    assert summary_values(merged) == summary_values(whole)
    assert summary_values(summary_from(json.loads(json.dumps(summary_values(merged))))) == summary_values(whole)


def test_reports(run, made, catalog_of):
    """Every form shows one group and the place of its example; the HTML page marks that place."""
    example = catalog_of("glance-documented").contract("task.run", "INFO").example()
    path = made(json.dumps(example | {f"key_{n}": n for n in range(100, 500)}).encode())
    text = run("check", path).out
    assert "400 x task.run-INFO /key_* (additionalProperties)" in text
    assert f"first: {path}, line 1, /key_100" in text
    for form, marked in (("markdown", "/key_100"), ("sarif", "/key_100"), ("html", "key_100"), ("json", "/key_100")):
        assert marked in run("check", path, "--format", form).out
