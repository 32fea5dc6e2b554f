"""Lint of large catalogs takes time in proportion to what is in them, and finds what comparing all pairs finds."""

import json
from itertools import product
from random import Random
from time import process_time

import pytest

from notify_contracts._drafting import document, uri_of
from notify_contracts._lint import lint
from notify_contracts._lint.lifecycles import faults_of_lifecycles
from notify_contracts.catalog import load, read_lifecycles
from tests import small

MANY = 6_000
SECONDS = 3  # each took several times as long while anything was of the second order
PAYLOAD = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "s": {"type": "integer"}}}


def _way(to, **more):
    return {"event_type": "a.b", "priority": "INFO", "fields": "all", "to": to, **more}


def _lifecycle(states):
    fields = {"all": {name: f"/payload/{name}" for name in ("id", *"stu")}}
    stated = {"title": "life", "description": "A life.", "$comment": "Made up.", "identity": "id", "start": "0"}
    return {"life": {**stated, "fields": fields, "states": states}}


def _chain(folder):
    states = {f"{number}": [_way(f"{number + 1}")] for number in range(MANY)} | {f"{MANY}": []}
    small.write(folder, PAYLOAD, {"id": "1"}, files={"lifecycles.json": _lifecycle(states)})


def _fan(folder):
    states = {"0": [_way(f"{number + 1}", values={"s": number}) for number in range(MANY)]}
    states |= {f"{number + 1}": [] for number in range(MANY)}
    small.write(folder, PAYLOAD, {"id": "1"}, files={"lifecycles.json": _lifecycle(states)})


def _condition(folder):
    condition = {"required": ["s"], "properties": {"s": {"enum": [*range(MANY, 2 * MANY), 0]}}}
    payload = {"type": "object", "properties": {"s": {"enum": [*range(MANY)]}}}
    small.write(folder, payload | {"if": condition, "then": {"title": "more", "required": ["t"]}}, {"s": 1})


def _files(folder):
    files = {}
    for number in range(800):
        inner = {"$ref": f"p{number + 1}.json"} if number < 799 else {"type": "string"}
        name = f"payloads/p{number}.json"
        files[name] = document(uri_of(small.BASE, name), "part", "One.", {"type": "object", "properties": {"p": inner}})
    small.write(folder, {"type": "object", "properties": {"p": {"$ref": "../payloads/p0.json"}}}, {}, files=files)


@pytest.mark.parametrize("made", [_chain, _fan, _condition, _files])
def test_time(tmp_path, made):
    """States in a row, transitions of one state, values of a condition, files that lead to each other."""
    made(tmp_path)
    begun = process_time()
    problems = [*lint(tmp_path)]
    assert process_time() - begun < SECONDS
    assert [problem for problem in problems if "too deep" not in problem.message] == []


def _told_apart(one, other):
    fields = one.values.keys() | other.values.keys()
    return any(
        json.dumps(one.values[field]) != json.dumps(other.values[field])
        if field in one.values and field in other.values
        else field not in one.changes | other.changes
        for field in fields
    )


def test_transitions_that_nothing_tells_apart(tmp_path):
    """Those are found that a comparison of each with each before it finds."""
    catalog = load(small.write(tmp_path, {"type": "object"}, {"id": "1"}))
    random = Random(7)
    some = [*product([{}, {"s": 1}, {"s": True}, {"s": 1, "t": "a"}, {"t": "b", "u": None}], [[], ["s"], ["t", "u"]])]
    for _ in range(100):
        ways = [
            _way(random.choice("12"), **({"values": values} if values else {}), **({"changes": names} if names else {}))
            for values, names in random.choices(some, k=6)
        ]
        content = _lifecycle({"0": ways, "1": [], "2": []})
        (lifecycle,) = read_lifecycles(content)
        read = lifecycle.states["0"]
        expected = {
            f"/life/states/0/{number}"
            for number, way in enumerate(read)
            if any(way.to != other.to and not _told_apart(way, other) for other in read[:number])
        }
        found = [*faults_of_lifecycles(catalog, content)]
        assert {pointer for pointer, message in found if "cannot be told from" in message} == expected
