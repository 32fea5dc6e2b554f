"""Attributes of a notification that stand on lines of their own, or in texts of their own."""

import re

from notify_contracts._untrusted import expression
from notify_contracts.model import Unreadable


def _key(mark: bytes) -> re.Pattern[bytes]:
    """Return what an attribute looks like that may stand on a line of its own, and behind whose name `mark` may stand.

    Its value follows on the line, or, where the name is quoted, on the next.
    """
    return expression(
        rb"""
        (?P<first>^\ {0,9})?
        (?:(?<![\w.-]) | (?<=[\w\]]\.)(?=\w{1,20}\s{0,9}=))  # a name, or its path as of a setting
        (?P<name>event_type|message_id|publisher_id)
        (?: (?:%(mark)b){0,2} (?: \s{0,9}(?:[:=>|]|->|</|\xe2\x94[\x82\x83]) | \s{0,9}\t | \\+t | \]\s{0,9}= )
          | (?:%(mark)b) (?: \s{0,9}\]\s{0,9}, | \r?$ | \\+[nr] | " )
          | [\x00-\x08\x0e-\x1f\x80-\xff]                    # in bytes that are no text
          | (?(first)\ {1,40}(?=[^\s(),;]{0,255}[\d.-])[^\s(),;]{1,255}\s{0,9}$|(?!)) )  # one word, hardly of people
        """
        % {b"mark": mark},
        re.MULTILINE | re.VERBOSE,
    )


KEY = _key(rb"[\"']|&quot;")
"""An attribute by itself, as in YAML or in what ``jq --stream`` or PHP's ``print_r`` writes."""

KEY_IN_TEXT = _key(rb"\\+[\"']|'|&quot;")
"""The same in the text of a record, which may well have keys of these names itself."""

NEAR = 300
"""Lines in which the attributes of one notification stand."""

OWN = ("event_type", "message_id", "publisher_id")
"""The attributes that are looked for: they are nobody else's."""

OWN_BYTES = tuple(name.encode() for name in OWN)

_SPREAD = (
    "the attributes of a notification stand on lines of their own here, as in YAML, which is not read: "
    "write each notification as JSON"
)


class Spread:
    """Counts the attributes that stand by themselves, and says what they are where all are near each other."""

    def __init__(self) -> None:
        self._named: dict[bytes, int] = {}

    def take(self, key: re.Pattern[bytes], line: bytes, number: int) -> Unreadable | None:
        """Take a line, or what stands for one, in which nothing else was found; `key` finds attributes in it."""
        for match in key.finditer(line):
            self._named[match["name"]] = number
        if len(self._named) < len(OWN) or number - min(self._named.values()) > NEAR:
            return None
        self._named.clear()
        return Unreadable(_SPREAD)
