"""Exported schemas of events with another envelope say of an event what a check of it says."""

import json
from copy import deepcopy

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts import load
from tests.events import learned

PLACED = {
    "an event type within the payload": (
        {"event_type": "{/data/type}", "priority": "INFO", "payload": "{/data}"},
        {"data": {"type": "a.b", "n": 1}},
    ),
    "an event type of two parts": (
        {"event_type": "{/kind}.{/verb}", "priority": "INFO", "message_id": "{/id}", "payload": "{/data}"},
        {"kind": "a", "verb": "b.c", "id": "1", "data": {"n": 1}},
    ),
    "a text of two parts that may be missing": (
        {"event_type": "{/kind}", "priority": "INFO", "message_id": "{/a}-{/b}", "payload": "{/data}"},
        {"kind": "x", "a": "1", "b": 2, "data": {"n": 1}},
    ),
    "few places": (
        {"event_type": "{/meta/type}", "priority": "INFO", "message_id": "{/meta/id}", "payload": "{/data}"},
        {"meta": {"type": "x", "id": "1"}, "data": {"n": 1}},
    ),
}
VALUES = st.sampled_from([None, True, 1, "", "1", "a", "b", "c", "a.b", "b.c", "x", [], {}, {"n": 1}, {"type": "a.b"}])


def _places(value, path=()):
    """Yield the paths of all members in an event."""
    for name, inner in value.items() if isinstance(value, dict) else ():
        yield (*path, name)
        yield from _places(inner, (*path, name))


@st.composite
def _edited(draw, event):
    """Draw an event of which up to two members are other values, missing, or exchanged."""
    made = deepcopy(event)
    for _ in range(draw(st.integers(0, 2))):
        *outer, last = draw(st.sampled_from(sorted(_places(made)) or [("data",)]))
        holder = made
        for name in outer:
            holder = holder[name]
        if draw(st.booleans()):
            holder[last] = deepcopy(draw(VALUES))
        else:
            holder.pop(last, None)
    return made


@pytest.mark.parametrize("name", PLACED)
def test_as_a_check_says(name, run, tmp_path):
    """Whatever is changed in an event, both accept it, or neither."""
    stated, event = PLACED[name]
    folder = learned(tmp_path, "own", stated, [event] * 40)
    catalog = load(folder)
    exported = json.loads(run("catalog", "export", "--catalog", folder, "--format", "json-schema").out)
    validator = jsonschema.Draft202012Validator(exported)

    @settings(max_examples=150, deadline=None, database=None)
    @given(_edited(event))
    def agree(event):
        read = catalog.envelopes[0].read(event)
        assert validator.is_valid(event) == (read is not None and catalog.check(read).conforms)

    assert validator.is_valid(event)
    agree()


def test_no_event_keeps_it(run, tmp_path):
    """Lint finds a catalog whose examples conform, and break it in the events in which they are sent."""
    stated = {"event_type": "{/kind}.{/verb}", "priority": "INFO", "payload": "{/data}"}
    folder = learned(tmp_path, "own", stated, [{"kind": "a", "verb": "b", "data": {"n": 1}}] * 40)
    assert run("catalog", "lint", folder).status == 0
    notification = folder / "notification.json"
    envelope = json.loads(notification.read_text())
    names = ("event_type", "priority", "payload")
    kept = {name: each for name, each in envelope["properties"].items() if name in names}
    closed = envelope | {"properties": kept, "required": names, "additionalProperties": False}
    notification.write_text(json.dumps(closed))
    (event,) = (folder / "events").iterdir()
    stating = json.loads(event.read_text())
    contract = stating["$defs"]["INFO"]
    contract["examples"] = [{name: example[name] for name in names} for example in contract["examples"]]
    event.write_text(json.dumps(stating))
    ran = run("catalog", "lint", folder)
    assert ran.status == 1
    assert "example cannot be sent as an event of the catalog's envelope: /kind additionalProperties" in ran.out
