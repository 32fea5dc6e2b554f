"""``needs init``: a file of needs to begin with, of what a recording has."""

import json

import pytest

from notify_contracts._comparison.needs import read_consumer
from notify_contracts.cli import main


def _sent(payload, **more):
    return {"message_id": "1", "event_type": "a[b].c", "priority": "INFO", "payload": payload, **more}


@pytest.fixture
def begun(tmp_path, capsys):
    """Give a function that records notifications, begins a file of needs, and returns its status, needs and errors."""

    def begin(*sent, options=()):
        recording, output = tmp_path / "sent.jsonl", tmp_path / "needs.json"
        recording.write_text("".join(f"{json.dumps(one)}\n" for one in sent))
        output.unlink(missing_ok=True)
        status = main(["needs", "init", "--from", str(recording), "--output", str(output), *options])
        told = capsys.readouterr()
        return status, read_consumer(output) if output.exists() else None, told.out, told.err

    return begin


def _told(need):
    return {str(read): (dict(read.form), read.absent.value) for read in need.reads}


def test_every_place(begun):
    """Every place is a read: what was always there is needed, the rest is lost where it is not; items are one place."""
    first, second = {"id": "x", "n": 1, "tags": [{"k": "a"}], "sub": {}}, {"id": "y", "n": 1.5, "tags": [], "sub": None}
    status, consumer, out, err = begun(_sent(first), _sent(second), options=["--consumer", "billing"])
    assert (status, err) == (0, "")
    assert out == "7 places of 1 need: leave in what is read\n"
    assert consumer.name == "billing"
    (need,) = consumer.needs
    assert need.matches("a[b].c"), "an event type is no pattern"
    assert need.priorities == {"INFO"}
    text = {"type": "string"}
    assert _told(need) == {
        "$.message_id": (text, "fails"),
        "$.event_type": (text, "fails"),
        "$.priority": (text, "fails"),
        "$.payload.id": (text, "fails"),
        "$.payload.n": ({"type": "number"}, "fails"),
        "$.payload.sub": ({"type": "object"}, "lost"),
        "$.payload.tags[*].k": (text, "lost"),
    }


def test_what_is_cut_down_stays(begun, run, tmp_path):
    """A file that is there already, perhaps with what somebody has left in it by hand, is not overwritten."""
    begun(_sent("x"))
    path = tmp_path / "needs.json"
    path.write_text(mine := path.read_text("utf-8").replace("fails", "lost"), "utf-8")
    ran = run("needs", "init", "--from", tmp_path / "sent.jsonl", "--output", path)
    assert (ran.status, path.read_text("utf-8")) == (2, mine)
    assert ran.err.endswith("needs.json: is there already: give another --output, or remove it\n")
    path.write_text("", "utf-8")  # as mktemp makes it
    assert run("needs", "init", "--from", tmp_path / "sent.jsonl", "--output", path).status == 0


def test_priorities(begun):
    """Priorities that have the same share a need; one that no file of needs can name stands for all."""
    _, consumer, _, _ = begun(*(_sent("x", priority=priority) for priority in ("INFO", "ERROR")))
    assert [sorted(need.priorities) for need in consumer.needs] == [["ERROR", "INFO"]]
    _, consumer, _, _ = begun(_sent("x", priority="LEVEL_2"))
    assert [sorted(need.priorities) for need in consumer.needs] == [["LEVEL_2"]]
    _, consumer, _, _ = begun(_sent("x", priority="odd one"))
    assert [sorted(need.priorities) for need in consumer.needs] == [[]]


def test_most_places(begun):
    """Of more places than anybody cuts down, some are left out, and that is said."""
    status, consumer, _, err = begun(_sent({f"{number:04}": 1 for number in range(600)}))
    assert (status, len(consumer.needs[0].reads) <= 500) == (0, True)
    assert err == "notify-contracts: a[b].c INFO: more than 500 places; the others are left out\n"


def test_nothing(begun):
    """A recording without notifications makes no file."""
    status, consumer, _, err = begun({"x": 1})
    assert (status, consumer) == (2, None)
    assert "nothing was learned" in err
    assert begun(_sent("x"), options=["--consumer", ""])[0] == 2
