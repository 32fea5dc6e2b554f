"""Lives in tests: what is recorded is followed, a step that cannot come fails, and a life can be read."""

import json
from pathlib import Path

import pytest

from notify_contracts import load
from notify_contracts.errors import ContractViolatedError, ContractViolatedWarning, UsageError
from notify_contracts.testing import Recorder, notification_in

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def life():
    """Return the life of an image that is created, uploaded, activated and deleted."""
    lines = (EXAMPLES / "glance-33-messagingv2.jsonl").read_text().splitlines()
    found = [notification_in(line) for line in lines]
    lives = {}
    for one in found:
        if one.event_type.startswith("image.") and isinstance(one.payload, dict) and "id" in one.payload:
            lives.setdefault(one.payload["id"], []).append(one)
    kinds = {"image.create", "image.upload", "image.activate", "image.delete"}
    return next(each for each in lives.values() if kinds <= {one.event_type for one in each})


@pytest.fixture
def recorder():
    """Return a recorder that follows lives."""
    recorder = Recorder(load("glance-emitted"))
    recorder.follow_lives()
    return recorder


def test_a_whole_life(recorder, life):
    """A life as it should be fails nothing, and reads as a list."""
    for one in life:
        recorder.record(one)
    recorder.verify()
    image = life[0].payload["id"]
    assert list(recorder.life("image", image)) == life
    lines = str(recorder.life("image", image)).splitlines()
    assert len(lines) == len(life)
    assert lines[0].startswith("  1. image.create INFO ")
    assert recorder.life("image", "another") == ()


@pytest.mark.parametrize("dropped", ["image.upload", "image.activate"])
def test_a_step_that_did_not_come(recorder, life, dropped):
    """What lacks what must come before it fails once, and its life is shown with the wrong step marked."""
    for one in life:
        if one.event_type != dropped:
            recorder.record(one)
    with pytest.raises(ContractViolatedError) as failure:
        recorder.verify()
    assert [one.keyword for one in failure.value.violations] == ["missing-before"]
    shown = str(failure.value).splitlines()
    assert f"life of image {life[0].payload['id']}:" in shown
    assert [line for line in shown if line.startswith("> ") and line.endswith("  <- missing-before")] != []
    recorder.verify()


def test_after_what_was_forgotten(recorder, life):
    """What was forgotten or checked before is followed all the same: a life goes on."""
    recorder.record(life[0])
    recorder.forget()
    recorder.record(life[1])
    recorder.clear()
    for one in life[2:]:
        recorder.record(one)
    recorder.verify()
    recorder.record(notification_in(json.dumps({**life[0].envelope, "message_id": "another"})))
    with pytest.raises(ContractViolatedError, match="after-end"):
        recorder.verify()


def test_what_a_test_changes(recorder, life):
    """What a test does with a notification that it got changes nothing of the life that it told of."""
    for number in range(2):
        told = json.dumps({**life[-1].envelope, "message_id": f"{number}"})
        recorder.record(notification_in(told)).payload.clear()
    with pytest.raises(ContractViolatedError, match="after-end"):
        recorder.verify()


def test_both_are_told(recorder, life):
    """What breaks its contract and what breaks its life are told together."""
    broken = {**life[0].envelope, "message_id": "b", "payload": {**life[0].payload, "size": "large"}}
    for one in (*life, notification_in(json.dumps(broken))):
        recorder.record(one)
    with pytest.raises(ContractViolatedError) as failure:
        recorder.verify()
    assert {"type", "after-end"} <= {one.keyword for one in failure.value.violations}


def test_contracts_that_are_not_judged(life):
    """Lives have a strictness of their own: they are followed where contracts are not judged, until nothing is."""
    recorder = Recorder(load("glance-emitted"), "off")
    recorder.follow_lives()
    for one in (life[-1], {**life[-1].envelope, "message_id": "b", "payload": {**life[-1].payload, "name": 7}}):
        recorder.record(one)
    with pytest.raises(ContractViolatedError) as failure:
        recorder.verify()
    assert [one.keyword for one in failure.value.violations] == ["after-end"]
    recorder.follow_lives()
    recorder.ignore_violations()
    recorder.verify()


def test_warned(recorder, life):
    """A life that is wrong may only be warned of."""
    recorder.follow_lives("warn")
    for one in life[::-1]:
        recorder.record(one)
    with pytest.warns(ContractViolatedWarning, match="out-of-order|missing-before|after-end"):
        recorder.verify()


def test_what_is_no_lifecycle(recorder, catalog_of, parcels_copy):
    """A lifecycle that is not there is refused, with what was meant; and so is a catalog that states none."""
    with pytest.raises(UsageError, match='did you mean "image"'):
        recorder.life("imag", "1")
    with pytest.raises(UsageError, match='"image-member" is told apart by its image and member; found 1 values'):
        recorder.life("image-member", "1")
    (parcels_copy / "lifecycles.json").unlink(missing_ok=True)
    with pytest.raises(UsageError, match="states no lifecycles"):
        Recorder(catalog_of(parcels_copy)).follow_lives()


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("strict", {"failed": 1}),
        ("warn", {"passed": 1, "warnings": 1}),
        ("true", {"failed": 1}),
        ("off", {"passed": 1}),
    ],
)
def test_the_plugin(project, value, counts):
    """The option of the plugin says whether a test fails for a life that is wrong; true is strict."""
    payload = load("glance-emitted").contract("image.delete", "INFO").example()["payload"]
    result = project(f"""
        def test_it(notifications):
            for _ in range(2):
                Notifier("image.host", ["noop"]).info("image.delete", {payload!r})
    """).run("-W", "default", "-o", f"notify_lifecycles={value}", "--notify-catalog=glance-emitted")
    result.assert_outcomes(**counts)
    assert ("(after-end)" in result.stdout.str()) is (value != "off")


def test_a_catalog_without_lifecycles(project, parcels_copy):
    """Where lives are asked for and the catalog states none, nothing passes."""
    (parcels_copy / "lifecycles.json").unlink(missing_ok=True)
    result = project("""
        def test_it(notifications):
            pass
    """).run("--notify-lifecycles=strict", f"--notify-catalog={parcels_copy}")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*notify_lifecycles: * states no lifecycles*"])


@pytest.mark.parametrize(
    ("events", "counts", "said"),
    [
        (("image.delete",), {"failed": 1}, "no two tell of one resource"),
        (("image.delete", "image.delete"), {"failed": 1}, "(after-end)"),
        (("image.send", "image.send"), {"passed": 1}, "1 passed"),
        (None, {"errors": 1}, "needs a fixture live"),
    ],
)
def test_the_conformance_class(project, events, counts, said):
    """What is derived from it fails for a wrong life, for none, for want of its fixture, whatever else is judged."""
    payloads = {event: load("glance-emitted").contract(event, "INFO").example()["payload"] for event in events or ()}
    fixture = f"""
            @pytest.fixture
            def live(self):
                payloads = {payloads!r}
                return lambda: [Notifier("h", ["noop"]).info(event, payloads[event]) for event in {events!r}]
    """
    result = project(f"""
        from notify_contracts.conformance import LifeConformance

        class TestLives(LifeConformance):
            {fixture.strip() if events else "pass"}
    """).run("--notify-catalog=glance-emitted", "--notify-strictness=off")
    result.assert_outcomes(**counts)
    assert said in result.stdout.str()
