"""A name that stands twice in an object: which of the two counts depends on the parser, so it is unreadable."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify_contracts._untrusted import NotJsonError, loads, may_have_lost, parse
from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from notify_contracts.wire import decode, encode

EXAMPLE = load("glance-emitted").contract("image.upload", "INFO").example()
GOOD = json.dumps(EXAMPLE)
TWICE = GOOD.replace('"priority"', '"priority": "LOUD", "priority"')
DEEP = GOOD.replace('"min_ram"', '"min_ram": "much", "min_ram"')
ESCAPED = TWICE.replace('"priority"', '"pri\\u006frity"', 1)


def _body(text):
    return json.dumps({"oslo.version": "2.0", "oslo.message": text})


def _message(body):
    return json.dumps({"exchange": "glance", "routing_key": "notifications.info", "properties": {}, "body": body})


def _in_log(text):
    return f"2026-11-28 10:00:00.000 7 INFO oslo.messaging.notification.image.upload [-] {text}"


FORMS = {
    "bare": (GOOD, TWICE, '"priority"'),
    "compact": (json.dumps(EXAMPLE, separators=(",", ":")), TWICE.replace(": ", ":").replace(", ", ","), '"priority"'),
    "in the payload": (GOOD, DEEP, '"min_ram"'),
    "written with an escape": (GOOD, ESCAPED, '"priority"'),
    "in a body": (_body(GOOD), _body(TWICE), '"priority"'),
    "around a body": (_body(GOOD), _body(GOOD).replace("{", '{"oslo.version": "1.0", ', 1), '"oslo.version"'),
    "in a message": (_message(_body(GOOD)), _message(_body(TWICE)), '"priority"'),
    "around a message": (_message(GOOD), _message(GOOD).replace("{", '{"exchange": "nova", ', 1), '"exchange"'),
    "in a log": (_in_log(GOOD), _in_log(DEEP), '"min_ram"'),
    "in a record": (json.dumps({"message": GOOD}), json.dumps({"message": TWICE}), '"priority"'),
    "around a record": (json.dumps({"message": GOOD}), json.dumps({"message": GOOD})[:-1] + ', "message": 1}', "mess"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_unreadable(name, run, made):
    """Wherever it stands, in whatever form, it is told with the name, by the quick way and by the ordinary one."""
    good, twice, shown = FORMS[name]
    recording = made(f"{good}\n{twice}\n{good}".encode())
    check = ["check", recording, "--catalog", "glance-emitted", "--format"]
    quick, ordinary = run(*check, "json"), run(*check, "jsonl")
    assert (quick.status, ordinary.status) == (1, 1)
    totals = json.loads(quick.out)["totals"]
    assert (totals["conforming"], totals["unreadable"]) == (2, 1)
    [failing] = [line for line in ordinary.out.splitlines() if not json.loads(line)["conforms"]]
    assert shown.strip('"') in failing
    assert "stands twice in an object (line 1)" in failing


def test_a_record_of_nothing(run, made):
    """A log's record that is about something else is skipped, as any other."""
    records = ['{"level": "info", "time": 1, "message": "started", "time": 2}', _in_log(GOOD)]
    ran = run("check", made("\n".join(records).encode()), "--catalog", "glance-emitted")
    assert ran.status == 0
    assert "1 other lines skipped" in ran.out


def test_learning(run, made, tmp_path):
    """Nothing is learned from what holds a name twice: it is listed."""
    ran = run("catalog", "infer", made("\n".join([GOOD] * 40 + [TWICE]).encode()), "--output", tmp_path / "new")
    assert ran.status == 1
    assert "learned from 40 notifications" in ran.out
    assert "nothing was learned from 1: unreadable" in ran.out


def test_far_behind_the_beginning(made):
    """Of the first thousand lines each is asked, of the others some, and these are the same wherever a part begins."""

    def left(part=None):
        found = []
        with Recording(recording, part=part) as opened:
            for one in opened.left_by(lambda lines, _before, _source: [i for i, line in enumerate(lines) if not line]):
                found += [one[1].number] if one else []
        return found

    recording = made(f"{TWICE}\n".encode() * 3000)
    with Recording(recording) as whole:
        parts = [*whole.parts(100_000)]
    assert left()[:1000] == [*range(1, 1001)]
    assert 10 < len(left()) - 1000 < 100
    assert [number for part in parts for number in left(part)] == left()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text('a"\\u:0', max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab"\\', max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.sampled_from([(", ", ": "), (",", ":"), (" ,", " : ")]))
def test_nothing_is_lost_of_what_is_written_once(value, separators):
    """What holds each name once is read, and needs no second look."""
    text = json.dumps(value, separators=separators)
    assert parse(text) == value
    assert not may_have_lost(text, loads(text))
    assert not may_have_lost(text.encode(), value)


@given(st.dictionaries(st.text('ab"\\', max_size=2), JSON, min_size=1, max_size=3), st.data())
def test_everything_lost_is_found(value, data):
    """An object with any name twice is refused, whatever is in it, and however its marks are written."""
    name = data.draw(st.sampled_from(sorted(value)))
    twice = json.dumps(value)[:-1] + f", {json.dumps(name)}: {json.dumps(data.draw(JSON))}}}"
    text = json.dumps([value, 0])[:-2] + twice + "]"
    escaped = text if "\\\\" in text else text.replace('\\"', "\\u0022")
    for written in (text, escaped):
        with pytest.raises(NotJsonError, match="stands twice"):
            parse(written)


def test_in_a_body_of_a_broker():
    """What comes from a broker is read in the same way."""
    assert decode(encode(decode(GOOD), "2.0")).envelope == EXAMPLE
    assert decode(_body(TWICE)).reason == 'oslo.message is not JSON: "priority" stands twice in an object (line 1)'
