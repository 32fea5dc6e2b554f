"""Texts that are nearly right: the faults that real services and real people put into a form."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

Worded = tuple[str, Any]
"""A fault, in words that continue after the name of a field, and a value that has it."""

_CALENDAR: tuple[tuple[str, str, str], ...] = (
    ("has a month 13", r"^([0-9]{4})-[0-9]{2}-", r"\1-13-"),
    ("has a month 0", r"^([0-9]{4})-[0-9]{2}-", r"\1-00-"),
    ("has a day 0", r"^([0-9]{4}-[0-9]{2})-[0-9]{2}", r"\1-00"),
    ("is a 30 February", r"^([0-9]{4})-[0-9]{2}-[0-9]{2}", r"\1-02-30"),
    ("is a 29 February of a common year", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}", "2100-02-29"),
    ("is a 31 April", r"^([0-9]{4})-[0-9]{2}-[0-9]{2}", r"\1-04-31"),
    ("has an hour 25", r"^([0-9-]{10}.)[0-9]{2}:", r"\g<1>25:"),
    ("has a minute 60", r"^([0-9-]{10}.[0-9]{2}):[0-9]{2}:", r"\1:60:"),
    ("has a second 61", r"^([0-9-]{10}.[0-9]{2}:[0-9]{2}):[0-9]{2}", r"\1:61"),
    ("has another zone", r"(?<=[0-9:]{8})((?:\.[0-9]+)?)(?:[Zz]|[+]00:00)?\Z", r"\1+01:00"),
    ("has an offset without colon", r"(?<=[0-9:]{8})((?:\.[0-9]+)?)(?:[Zz]|[+]00:00)?\Z", r"\1+0000"),
    ("has no seconds", r"^([0-9-]{10}.[0-9]{2}:[0-9]{2}):[0-9]{2}", r"\1"),
    ("has a two-digit year", r"^[0-9]{2}(?=[0-9]{2}-[0-9]{2}-)", ""),
    ("is a date alone", r"^([0-9-]{10}).+\Z", r"\1"),
)

_FORMS: tuple[tuple[str, str, str], ...] = (
    ("ends in a line feed", r"\Z", "\n"),
    ("begins with a space", r"\A", " "),
    ("lacks its last character", r".\Z", ""),
    ("lacks its first character", r"\A.", ""),
    ("lacks its hyphens", "-", ""),
    ("is in braces", r"\A(.*)\Z", r"{\1}"),
    ("has a digit of another script", "[0-9]", "\u0663"),
    ("has a letter that is none", "[A-Za-z0-9]", "~"),
)

FORMAT_FAULTS: Mapping[str, tuple[Worded, ...]] = MappingProxyType(
    {
        "date": (
            ("is a 30 February", "2026-02-30"),
            ("has a month 13", "2026-13-01"),
            ("is a 29 February of a common year", "2100-02-29"),
            ("is a week date", "2026-W10-1"),
            ("has no hyphens", "20260304"),
        ),
        "date-time": (
            ("is a 30 February", "2026-02-30T06:30:00Z"),
            ("has an hour 25", "2026-03-01T25:00:00Z"),
            ("has no zone", "2026-03-01T06:30:00"),
            ("has a space between date and time", "2026-03-01 06:30:00Z"),
            ("has an offset without colon", "2026-03-01T06:30:00+0000"),
        ),
        "email": (
            ("has no at sign", "user.example.org"),
            ("has two at signs", "user@host@example.org"),
            ("has two dots in a row", "first..last@example.org"),
            ("has a space", "first last@example.org"),
            ("has a name beside it", "User <user@example.org>"),
            ("lacks the domain", "user@"),
        ),
        "hostname": (
            ("begins with a hyphen", "-host.example.org"),
            ("has an underscore", "my_host.example.org"),
            ("has two dots in a row", "host..example.org"),
            ("has a port", "host.example.org:80"),
            ("has a label of 64 characters", f"{'a' * 64}.example.org"),
            ("has letters of another script", "b\u00fccher.example.org"),
        ),
        "ipv4": (
            ("has a part beyond 255", "192.0.2.256"),
            ("has three parts", "192.0.2"),
            ("has a leading zero", "192.0.2.01"),
            ("has a port", "192.0.2.1:80"),
        ),
        "ipv6": (
            ("has a digit g", "2001:db8::g"),
            ("is shortened twice", "2001::db8::1"),
            ("has a zone", "fe80::1%eth0"),
            ("is in brackets", "[2001:db8::1]"),
        ),
        "uri": (
            ("has no scheme", "//example.org/a"),
            ("is a path", "/images/1"),
            ("has a space", "https://example.org/a b"),
            ("has a percent sign alone", "https://example.org/100%"),
            ("has letters of another script", "https://example.org/\u00fc"),
            ("has backslashes", "https:\\\\example.org\\a"),
        ),
        "uuid": (
            ("has no hyphens", "b9fb0485852f46edaf706d628725b15b"),
            ("is a URN", "urn:uuid:b9fb0485-852f-46ed-af70-6d628725b15b"),
            ("has a digit g", "g9fb0485-852f-46ed-af70-6d628725b15b"),
            ("is too short", "b9fb0485-852f-46ed-af70-6d628725b15"),
        ),
    }
)
"""For each format, texts that nearly have it and do not."""

_STRANGERS: tuple[Worded, ...] = (
    ("is an empty text", ""),
    ("has not the form", "no such form"),
    ("has not the form", "0"),
    ("has not the form", "\u0394\u03bf\u03ba\u03b9\u03bc\u03ae \U0001f600"),
)


def misshapen_texts(value: Any) -> Iterator[Worded]:
    """Yield texts that may have lost the form of `value`, or of whatever should be there if that is no text."""
    if isinstance(value, str):
        for words, pattern, replacement in (*_CALENDAR, *_FORMS):
            edited = re.sub(pattern, replacement, value, count=1, flags=re.DOTALL)
            if edited != value:
                yield words, edited
        for words, edited in (("is in upper case", value.upper()), ("is in lower case", value.lower())):
            if edited != value:
                yield words, edited
    yield from _STRANGERS
    for faults in FORMAT_FAULTS.values():
        yield from (("has not the form", text) for _, text in faults)
