"""The HTML report draws a life at which something is wrong, as a line in time."""

import re
from pathlib import Path

import pytest

from notify_contracts._checking.lives import told_of
from notify_contracts._report.html.life import life
from notify_contracts.model import Location

RECORDING = Path(__file__).parent.parent / "examples" / "glance-33-messagingv2.jsonl"


@pytest.fixture
def page(run, made):
    """Return the report of the first forty recorded notifications, without those that say that an image is active."""

    def page(*options, change=lambda line: line):
        lines = RECORDING.read_bytes().splitlines()[:40]
        path = made(b"\n".join(change(line) for line in lines if b"image.activate" not in line))
        ran = run("check", path, "--catalog", "glance-emitted", *options, "--format", "html")
        return ran.out

    return page


def test_drawn(page):
    """What brought the life to its state, what is missing, what is wrong and what could have come are a list."""
    (drawn,) = [part.partition("</ol>")[0] for part in page("--lifecycles").split('<ol class="life"')[1:]]
    kinds = [item.partition('"')[0] for item in drawn.split('<li class="')[1:]]
    assert kinds == ["came", "state", "missing", "wrong", "next"]
    assert '<li class="missing">missing: <code>image.activate (status &quot;active&quot;)</code>' in drawn
    assert "wrong: image.update (active) came" in drawn
    assert "<strong>&quot;uploaded&quot;</strong>" in drawn


def test_nothing_made_up(page):
    """Of the notification only a part is kept, and what that part lacks is not called missing or wrong."""
    text = page("--lifecycles")
    assert "checksum&quot; is missing" not in text
    assert "Of its payload only what its lifecycle looks at is shown." in text


def test_changed(page):
    """The field that changed is marked in the notification."""

    def change(line):
        other = rb"\g<1>" + b"e" * 32
        return re.sub(rb'(owner\\*": ?\\*")\w{32}', other, line) if b"image.update" in line else line

    text = page("--lifecycles", change=change)
    (here,) = [part.partition("</mark>")[0] for part in text.split('<mark class="here">')[1:]]
    assert "&quot;owner&quot;: &quot;" in here


def test_style_only_where_drawn(page):
    """A report without lives is no byte longer for them."""
    assert ".life " not in page()
    assert ".life " in page("--lifecycles")


@pytest.mark.parametrize(
    "message",
    [
        "",
        'image 1: owner is "a", and was "b"',
        'image a while "b" since c at d: image.update came while "active" since image.create at e, line 1',
        "image ; expected x: image.update came; missing before it: y; expected z",
    ],
)
def test_ambiguous(message):
    """A message that says of no state, or in which a name reads like a part of the sentence, is not drawn."""
    assert told_of(message) is None
    assert list(life(message, Location("recording", 1))) == []


def test_names_of_states():
    """A state whose name has the words of the sentence in it is drawn as it is."""
    states = '"deleted while it was uploaded" or "open since it came"'
    told = told_of(f"image 1: image.send came after its end while {states} since image.delete at a, line 1")
    assert (told.step, told.states) == ("image.send came after its end", states)
    assert (told.since, told.place) == ("image.delete", "a, line 1")


def test_hostile():
    """What a message says is shown, never obeyed, and bounded."""
    [drawn] = life(f"<b>: {'<i>' * 10**5} came; missing before it: \x1b[2J</ol><script>", Location("<u>", 1))
    assert drawn.isprintable()
    assert len(drawn) < 10_000
    assert not {"<b>", "<i>", "<u>", "<script>"} & set(drawn.replace(">", "> ").split())


def test_values_that_have_the_joint():
    """The place of a step is behind what is told of it, though that has the words of the sentence in it."""
    told = told_of(
        'parcel 1: parcel.update came while "on its way" since parcel.update (status "arrived at hub") at a.log, line 3'
    )
    assert (told.since, told.place) == ('parcel.update (status "arrived at hub")', "a.log, line 3")
