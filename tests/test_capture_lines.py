"""Lines of JSON: numbered as an editor numbers them, each for itself, whatever another one holds."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify_contracts._untrusted import NotJsonError, dump
from notify_contracts.capture import Recording
from notify_contracts.capture.lines import LONGEST, Overlong, stretches, without_end
from notify_contracts.model import Unreadable

ONE, TWO = ({"message_id": name} for name in "ab")
A, B = (json.dumps(value).encode() for value in (ONE, TWO))


@pytest.fixture
def read(made):
    """Return the numbers of the lines with what is found in them."""

    def read(content):
        with Recording(made(content)) as recording:
            return {location.number: getattr(found, "envelope", found) for found, location in recording}

    return read


LAYOUTS = {
    "no end": (A + b"\n" + B, 1, 2),
    "end": (A + b"\n" + B + b"\n", 1, 2),
    "CRLF": (A + b"\r\n" + B + b"\r\n", 1, 2),
    "blank lines": (b"\n\n" + A + b"\n \t \n\r\n" + B + b"\n\n", 3, 6),
    "spaces around": (b"  " + A + b" \n\t" + B + b"\t\r\n", 1, 2),
    "BOM": (b"\xef\xbb\xbf" + A + b"\n" + B, 1, 2),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_numbers(layout, read):
    """A line's number counts blank lines; a byte order mark, CRLF and a missing last end change nothing."""
    content, first, second = LAYOUTS[layout]
    assert read(content) == {first: ONE, second: TWO}


class Blocks:
    """A stream that gives these blocks, one after the other."""

    def __init__(self, *blocks):
        self._blocks = iter(blocks)

    def read1(self, _size, /):
        """Return the next one."""
        return next(self._blocks, b"")


def _bare(*blocks):
    return [without_end(line) for many in stretches(Blocks(*blocks)) for line in many]


@given(st.lists(st.text("a \r\n", min_size=1).map(str.encode)))
def test_blocks(blocks):
    """However bytes come in blocks, a line ends where a line feed is, and nowhere else."""
    *lines, last = b"".join(blocks).split(b"\n")
    assert _bare(*blocks) == [*(line.removesuffix(b"\r") for line in lines), *filter(None, [last])]


@pytest.mark.parametrize("end", [(), (b"\n",), (b"\n{}",)], ids=["no end", "end", "another line"])
def test_too_long_lines(end):
    """A line that is too long stays known as one, also where nearly all of it is white space; one byte less is read."""
    fits = b"x" * LONGEST
    assert _bare(fits, *end)[0] == fits
    line = _bare(b" " * LONGEST, b"{}", *end)[0]
    assert (line, type(line)) == (b"{}", Overlong)


BAD = {
    "text": b"hello",
    "cut off": b'{"message_id": "a", "publi',
    "cut off after a comma": b'{"message_id": "a",',
    "cut off after a brace": b'{"message_id": "a", "payload": {',
    "cut off after a bracket": b'{"message_id": "a", "payload": [',
    "not UTF-8": b'{"message_id": "\xff\xfe"}',
    "NUL": b'{"message_id": "\x00"}',
    "NULs": b"\x00" * 100,
    "half a surrogate pair": b'{"message_id": "\\ud800"}',
    "NaN": b'{"message_id": NaN}',
    "Infinity": b'{"message_id": -Infinity}',
    "too large a number": b'{"message_id": 1e400}',
    "too large an integer": b'{"message_id": ' + b"9" * 10_000 + b"}",
    "too deep": b'{"message_id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "two values": b"{} {}",
    "single quotes": b"{'message_id': 'a'}",
    "array": b"[1]",
    "number": b"7",
    "null": b"null",
    "byte order mark": b"\xef\xbb\xbf{}",
    "escape": b"\x1b[2J",
    "comment": b"// {}",
}


@pytest.mark.parametrize(
    ("content", "said"), [(b'{"a": "\xe9"}', "not JSON: it is not UTF-8"), (b'{"a": "\\ud800"}', "no low surrogate")]
)
def test_text_that_is_none(content, said, read):
    """Bytes of another encoding, and half of a pair in an escape, are told apart."""
    assert said in read(content + b"\n")[1].reason


@pytest.mark.parametrize("bad", BAD)
def test_bad_line(bad, read):
    """One line that is no notification is unreadable, says why in one printable line, and the others are read."""
    found = read(b"\n".join([A, BAD[bad], B]))
    assert (found[1], found[3]) == (ONE, TWO)
    assert isinstance(found[2], Unreadable)
    assert found[2].reason.isprintable()
    assert 0 < len(found[2].reason) < 200


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.startswith("cut off")])
def test_bad_first_line(bad, read):
    """So it is where the very first line is cut off: the lines after it are read."""
    found = read(b"\n".join([BAD[bad], A, B]))
    assert isinstance(found[1], Unreadable)
    assert (found[2], found[3]) == (ONE, TWO)


@pytest.mark.parametrize("behind", [b"\xff", b',"\xff"]', b"\xc3"], ids=["alone", "in an item", "cut off at the end"])
def test_items_before_bytes_that_are_no_text(behind, read):
    """Of an array, all items before bytes that are not UTF-8 are read, and what follows is unreadable."""
    found = read(b"[\n" + A + b",\n" + B + (b"" if behind[:1] == b"," else b"]") + behind)
    assert (found[1], found[2]) == (ONE, TWO)
    assert found[3].reason == "not JSON: it is not UTF-8; the rest was not read"


@pytest.mark.parametrize("levels", [300, 1000])
def test_behind_a_record_that_is_deep(levels, read):
    """A record that is deeper than it can be written in the quick way ends nothing: the lines behind it are read."""
    inner = b"[" * levels + b"]" * levels
    found = read(
        b"\n".join([A, b'{"log": "started", "more": ' + inner + b"}", b'{"message": "x", "it": ' + inner + b"}", B])
    )
    assert (found[1], found[4]) == (ONE, TWO)


@pytest.mark.parametrize("levels", [1, 300])
def test_name_that_is_no_text(levels):
    """What JSON has no name for is refused, however deep it is."""
    value = {1: 2}
    for _ in range(levels):
        value = [value]
    with pytest.raises(NotJsonError):
        dump(value)


@pytest.mark.parametrize("behind", [b"\n" + b"\0" * 4096, b"\0" * 99])
def test_nothing_written(behind, read):
    """What stands behind the last that was written before a crash is no line."""
    assert read(A + behind) == {1: ONE}


def test_duplicate_keys(read):
    """What holds a name twice in an object is unreadable: which of the two counts depends on the parser."""
    line = b'{"message_id": 1, "payload": {"b": 1, "b": 2}}'
    assert read(line)[1].reason == 'not JSON: "b" stands twice in an object (line 1)'


@pytest.mark.parametrize(("text", "value"), [("9223372036854775807", 2**63 - 1), ("18446744073709551615", 2**64 - 1)])
def test_large_integers(text, value, read):
    """Integers of 64 bits are exact: sizes exceed 32 bits."""
    found = read(f'{{"message_id": {text}}}'.encode())[1]["message_id"]
    assert (found, type(found)) == (value, int)


def test_integer_beyond_64_bits(read):
    """A larger integer becomes the floating-point number next to it, as RFC 8259 allows."""
    assert read(b'{"message_id": 100000000000000000000000}') == {1: {"message_id": 1e23}}


def test_text_is_kept(read):
    """Text is neither stripped nor converted nor normalised."""
    text = " e\u0301\u00e9\U0001f600\u2028\x7f\ufeff 0 "
    notification = {"message_id": text}
    assert read(json.dumps(notification, ensure_ascii=False).encode()) == {1: notification}
    assert read(json.dumps(notification).encode()) == {1: notification}


def test_line_longer_than_any_message():
    """A line beyond 16 MiB, the largest message a broker takes, is unreadable; the next one is read."""
    long = b'{"message_id": "' + b"a" * (17 << 20) + b'"}'
    with Recording("-", io.BytesIO(b"\n".join([A, long, B]))) as recording:
        found = [content for content, _ in recording]
    assert [getattr(content, "envelope", None) for content in found] == [ONE, None, TWO]
    assert found[1] == Unreadable("it is longer than 16 MiB")


def test_line_just_not_too_long():
    """A line of a little less than 16 MiB is read."""
    text = "a" * ((16 << 20) - 100)
    with Recording("-", io.BytesIO(json.dumps({"message_id": text}).encode() + b"\n" + B)) as recording:
        assert [content.envelope for content, _ in recording] == [{"message_id": text}, TWO]
