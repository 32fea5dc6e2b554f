"""What was seen twice, by its message id, is counted and told, the same whoever looked for it."""

import json
import pickle
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._amqp import Arrival
from notify_contracts._checking import Summary, sightings, summary_from, summary_values
from notify_contracts._checking.sightings import Sightings
from notify_contracts._live.watching.recorded import recording_line
from notify_contracts.capture import from_value
from notify_contracts.model import InnerLocation, Location


@pytest.fixture(scope="module")
def line(catalog_of):
    """Return a notification of this number as a line, as it is or as a broker's tool or a watch has it."""
    good = catalog_of("glance-emitted").contract("image.upload", "ERROR").example()

    def line(number, form=json.dumps):
        return form(good | {"message_id": f"5d4fbb7a-7d0e-4c0f-9a86-{number:012}"})

    return line


def _got(notification, *, redelivered):
    rest = {"payload_bytes": 7, "exchange": "glance", "routing_key": "notifications.error", "properties": {}}
    return json.dumps({**rest, "redelivered": redelivered, "payload": json.dumps(notification)})


def _watched(notification, *, redelivered):
    method = SimpleNamespace(exchange="glance", routing_key="notifications.error", redelivered=redelivered)
    return recording_line(Arrival(method, SimpleNamespace(), json.dumps(notification).encode())).decode().strip()


@pytest.fixture
def check(run, tmp_path):
    """Check recordings of lines, by name."""

    def check(*options, command="check", **files):
        for name, lines in files.items():
            (tmp_path / name).write_text("\n".join(lines))
        return run(command, *(tmp_path / name for name in files), "--catalog", "glance-emitted", *options)

    return check


def _note(ran):
    return next((each for each in ran.out.splitlines() if each.startswith("duplicates")), None)


def test_no_ids(check):
    """Where nothing has an id, nothing is known of what was seen twice, and that is said."""
    ran = check("--duplicates", a=['{"event_type": "image.upload", "priority": "ERROR", "payload": "x"}'] * 2)
    assert _note(ran) == "duplicates: not known: nothing had a message id"


def test_first_pair(check, line, tmp_path):
    """Those that were seen before are counted, and of the first pair both places are told; it is no violation."""
    files = {"a": [line(1), line(2), line(3)], "b": [line(4), line(3), line(2), line(3)]}
    ran = check("--duplicates", **files)
    assert _note(ran) == (
        "duplicates: 3 with a message id that was seen before, "
        f"first at {tmp_path}/a, line 2 and again at {tmp_path}/b, line 3"
    )
    assert ran.status == 0
    assert check("--fail-on", "duplicates", **files).status == 1
    assert _note(check(**files)) is None
    assert check("--fail-on", "duplicates", a=[line(1), line(2)]).status == 0


def test_no_report_is_green(check, line, tmp_path, monkeypatch):
    """Where duplicates fail the run, no report looks as if all were well."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    forms = ("text", "junit", "ctrf", "github", "gitlab", "markdown", "html")
    reports = [f"--report={form}:{tmp_path}/{form}" for form in forms]
    ran = check("--fail-on", "duplicates", "--format", "brief", *reports, a=[line(1), line(1)])
    assert ran.status == 1
    assert "\x1b[32m" not in ran.out
    written = {form: (tmp_path / form).read_text() for form in forms}
    assert "1 of 35 contracts seen, 1 seen before\n" in written["text"]
    assert 'failures="1"' in written["junit"]
    assert '"failed":1' in written["ctrf"]
    assert "::error title=duplicates::" in written["github"]
    assert '"severity":"major"' in written["gitlab"]
    assert "✅ **All" not in written["markdown"]
    assert "sign unwell" in written["html"]
    assert "; 1 seen before</h1>" in written["html"]


@pytest.mark.parametrize("form", [_got, _watched])
def test_redelivered(check, line, form, tmp_path):
    """What a broker says that it delivered again is told apart, and does not fail the run."""
    lines = [
        line(1),
        line(2, lambda one: form(one, redelivered=False)),
        line(1, lambda one: form(one, redelivered=True)),
    ]
    ran = check("--fail-on", "duplicates", a=lines)
    inside = " at /payload" if form is _got else ""
    pair = f"first at {tmp_path}/a, line 1 and again at {tmp_path}/a, line 3"
    assert (ran.status, _note(ran)) == (0, f"duplicates: 1 delivered again, as the broker says, {pair}{inside}")
    ran = check("--fail-on", "duplicates", a=[*lines, line(1)])
    assert ran.status == 1
    assert "1 with a message id that was seen before" in _note(ran)
    assert "1 delivered again" in _note(ran)


def test_same_from_several_processes(check, line, parts):
    """Several processes say the same as one, and so does the same cut into reports that are merged."""
    parts(2000, 300, elsewhere=True)
    files = {"a": [line(number % 17) for number in range(30)], "b": [line(number) for number in range(15, 25)]}
    alone, together = (check("--duplicates", "--format", "json", "--jobs", jobs, **files) for jobs in (1, 2))
    assert alone == together
    assert json.loads(alone.out)["notes"][0].startswith("duplicates: 15 with")


def test_merged(check, run, line, tmp_path):
    """Reports that are merged say what one run over all of it says; one in which nobody looked is a problem."""
    files = {"a": [line(1), line(2)], "b": [line(2), line(3)]}
    whole = check("--fail-on", "duplicates", **files)
    for name, lines in files.items():
        assert check("--duplicates", "--report", f"json:{tmp_path / name}.json", **{name: lines}).status == 0
    merged = run("report", "merge", tmp_path / "a.json", tmp_path / "b.json", "--fail-on", "duplicates")
    assert merged.out == whole.out
    assert merged.status == whole.status == 1
    check("--report", f"json:{tmp_path}/b.json", b=files["b"])
    merged = run("report", "merge", tmp_path / "a.json", tmp_path / "b.json", "--fail-on", "duplicates")
    assert merged.status == 2
    assert "make them with check --duplicates" in merged.out


@pytest.mark.exhaustive
def test_audit(check, line):
    """An audit says the same as a check."""
    files = {"a": [line(1), line(2)], "b": [line(2), line(3)]}
    audited = check("--fail-on", "duplicates", "--workers", "1", command="audit", **files)
    assert audited.out == check("--fail-on", "duplicates", **files).out
    assert audited.status == 1


def test_bound(monkeypatch, check, line):
    """No more ids are remembered than there is room for, and the note says of which it is true."""
    monkeypatch.setattr(sightings, "REMEMBERED", 8)
    note = _note(check("--duplicates", a=[line(number) for number in (*range(100), *range(100))]))
    share = int(note.split("1 of ")[1].split()[0])
    assert share >= 16
    assert "more than the 8 that are remembered" in note
    told = int(note.split(": ")[1].split()[0])
    assert 1 <= told <= 8


def test_not_of_a_sample(check, line):
    """Of a sample it makes no sense to ask."""
    assert check("--duplicates", "--sample", 1, a=[line(1)]).status == 2


_SEEN = st.tuples(
    st.sampled_from("abcdefgh"), st.builds(Location, st.sampled_from("xy"), st.integers(0, 3)), st.booleans()
)


def _of(seen):
    made = Sightings()
    for message_id, location, redelivered in seen:
        made.add(message_id, location, redelivered=redelivered)
    return made


@settings(deadline=None, max_examples=40)
@given(st.lists(_SEEN), st.lists(_SEEN), st.lists(_SEEN))
def test_any_order(first, second, third):
    """Whoever saw what, and in whatever order it is put together, it comes to the same; so does what is read back."""
    room, sightings.REMEMBERED = sightings.REMEMBERED, 4
    try:
        whole = _of([*first, *second, *third])
        assert _of(third).merge(_of(first)).merge(_of(second)) == whole
        assert _of(reversed([*first, *second, *third])) == whole
        assert summary_from(summary_values(Summary(sightings=whole))).sightings == whole
    finally:
        sightings.REMEMBERED = room


@pytest.mark.parametrize(
    "damage",
    [{"share": 3}, {"sources": []}, {"seen": [["0" * 16, 1, ["a"]]]}, {"seen": [["0" * 16, [0, 1, "line"], 1]]}],
)
def test_damaged_report(check, run, line, tmp_path, damage):
    """A report that does not say what it should is an error of one line."""
    check("--duplicates", "--report", f"json:{tmp_path}/a.json", a=[line(1)])
    values = json.loads((tmp_path / "a.json").read_text())
    values["sightings"] |= damage
    (tmp_path / "a.json").write_text(json.dumps(values))
    ran = run("report", "merge", tmp_path / "a.json")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "is no report" in ran.err


def test_what_a_delivery_was():
    """A delivery can still be unpacked as when it was a tuple."""
    content = from_value({"exchange": "e", "routing_key": "k", "properties": {}, "body": "{}", "redelivered": 1})
    assert content.delivery.redelivered
    with pytest.warns(DeprecationWarning, match="no tuple"):
        exchange, routing_key, _ = content.delivery
    assert (exchange, routing_key) == ("e", "k")


@given(st.lists(_SEEN))
def test_travels(seen):
    """It arrives in another process as it was."""
    whole = _of(seen)
    whole.put(7, InnerLocation("x", 1, "line", "/a"))
    assert pickle.loads(pickle.dumps(whole)) == whole
