"""Formats as patterns: what is said of their texts by patterns, is so by the predicate that engines ask."""

import sys

import pytest

from notify_contracts._comparison.inclusion.formats import format_formula
from notify_contracts._comparison.inclusion.satisfying import satisfies
from notify_contracts._schema import FORMATS, LANGUAGES, matcher

YEARS = ("0000", "0001", "0004", "0100", "0400", "1900", "2000", "2023", "2024", "9999")
DAYS = [f"{year}-{month:02}-{day:02}" for year in YEARS for month in range(14) for day in range(33)]
EXAMPLES = {
    "date": DAYS,
    "date-time": [
        *("2024-02-29T23:59:59Z", "2023-02-29T00:00:00Z", "2024-01-01t00:00:00.123456789+23:59"),
        *("2024-01-01T24:00:00Z", "2024-01-01T23:60:00Z", "2024-01-01T00:00:60Z", "2024-01-01T00:00:00-24:00"),
    ],
    "email": ["a@b", "a.b@c.example", '"a b"@c', "a@[127.0.0.1]", "a@[IPv6:::1]", "a..b@c", f"{'a' * 65}@b", "@b"],
    "hostname": ["a", "a-b.c", "-a", "a-", "a..b", "a" * 63, "a" * 64, ".".join(["a" * 63] * 4), "a." * 126 + "a"],
    "ipv4": ["0.0.0.0", "255.255.255.255", "256.0.0.1", "01.2.3.4", "1.2.3", "1.2.3.4.5"],
    "ipv6": ["::", "::1", "1::", "1:2::3", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::ffff:192.0.2.1", "1:::2"],
    "uri": ["a:", "a://b/c?d#e", "a://[::1]:80/", "a://[1]/", "//a", "a b:", "mailto:a@b", "a:%zz", "a:%41"],
    "uuid": ["0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de", "0F2D1D2C-5F2B-4F5E-9A0A-6E1A53F4C0DE"],
}  # fmt: skip


def _texts(name):
    """Return the examples, and those that are one character longer, shorter or otherwise."""
    for text in EXAMPLES[name]:
        yield text
        for index in range(min(len(text), 40)) if name != "date" else ():
            for other in ("", "0", "9", "a", "é", ":", ".", "-", "\n", text[index] * 2):
                yield text[:index] + other + text[index + 1 :]


@pytest.mark.parametrize("name", FORMATS)
def test_formats(name):
    """A text keeps what is said of a format just where it has it, and the contrary just where it has not."""
    positive, negative = (format_formula(name, positive=each) for each in (True, False))
    language = LANGUAGES[name]
    surely, longest = matcher(language.surely), language.longest or sys.maxsize
    for text in _texts(name):
        has = FORMATS[name](text)
        assert satisfies(text, positive) is has, text
        assert satisfies(text, negative) is not has, text
        assert has or len(text) > longest or not surely(text), text
