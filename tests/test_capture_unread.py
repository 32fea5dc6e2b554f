"""Notifications in a form that is not read, in a log: nobody is to believe that there was none."""

import io
from itertools import starmap

import pytest

from notify_contracts.capture import Recording
from tests.wrappings import LOGS

FRAMES = {
    "a log": lambda lines: "".join(f"{line}\n" for line in lines),
    **{name: LOGS[name] for name in ("Docker", "CRI", "structlog")},
}
ON_LINES = {  # how one of the attributes stands there, by its name and its value
    "PHP, print_r": "    [{}] => {}",
    "PHP, var_dump": '  ["{}"]=>\n  string(4) "{}"',
    "a property list": "  <key>{}</key>\n  <string>{}</string>",
    "gron": 'json.{} = "{}";',
    "properties": "notification.{}={}",
    "a record of psql": "{:<14}| {}",
    "tabs": "{}\t{}",
    "redis-cli": '1) "{}"\n2) "{}"',
    "a form of many parts": '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r',
}
ON_ONE_LINE = {
    "Clojure": (' :{} "{}",', "got {{{}}}"),
    "Lua": (' ["{}"] = "{}",', "got {{{}}}"),
    "Lisp": ('({} . "{}")', "got ({})"),
    "Scala": ("{} -> {}, ", "got Map({})"),
    "the rows of a table": ("<th>{}</th><td>{}</td>", "<table>{}</table>"),
    "a property list": ("<key>{}</key><string>{}</string>", "<dict>{}</dict>"),
    "CBOR": ("j{}d{}", "\xa6{}\xff"),
}
SOME = {"message_id": "5a0c", "publisher_id": "image.a1", "event_type": "image.create", "priority": "INFO"}


def _read(content):
    with Recording("-", io.BytesIO(content.encode("latin-1"))) as recording:
        return [content for content, _ in recording], recording.skipped


@pytest.mark.parametrize("framed", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("form", ON_LINES.values(), ids=ON_LINES)
def test_attributes_on_lines(form, framed):
    """Attributes on lines of their own, as programs print them, are told once, in whatever the lines stand."""
    lines = "\n".join(["starting", *starmap(form.format, SOME.items()), "started"]).split("\n")
    (content,), _ = _read(framed(lines))
    assert content.reason.startswith("the attributes of a notification stand on lines of their own")


@pytest.mark.parametrize(("form", "whole"), ON_ONE_LINE.values(), ids=ON_ONE_LINE)
def test_attributes_on_a_line(form, whole):
    """What another language or format writes on one line is told to be a notification that is not read."""
    line = whole.format("".join(starmap(form.format, SOME.items())))
    (content,), skipped = _read(FRAMES["a log"](["starting", line, "started"]))
    assert (content.reason[:28], skipped) == ("one seems to stand in it, in", 2)


def test_bytes_on_lines():
    """So are those of BSON, of which a log's lines hold pieces."""
    lines = [f"\x02{name}\x00\x04\x00\x00\x00{value}\x00" for name, value in SOME.items()]
    (content,), _ = _read(FRAMES["a log"](["starting", *lines]))
    assert content.reason.startswith("the attributes of a notification stand on lines of their own")


def test_words_are_no_attributes():
    """Names of attributes that no value follows, as in code or in a statement, are no notification."""
    lines = [
        "  File notify.py, line 7, in dispatch(self, message_id, publisher_id, event_type, payload)",
        "SELECT message_id, publisher_id, event_type FROM event",
        "the message_id and the publisher_id (a host), and then the event_type of each",
    ]
    assert _read(FRAMES["a log"](["starting", *lines])) == ([], 4)
