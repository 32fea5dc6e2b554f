"""Examples made of recorded notifications: their values replaced, the same by the same, form for form."""

import re
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from notify_contracts._drafting.inference.names import is_of_people
from notify_contracts._drafting.inference.text_forms import form_of

_OF_EVERYBODY = ("event_type", "priority", "timestamp")
_KEPT_FORMS = ("time", "date")
_NETWORK4, _NETWORK6 = "192.0.2.", "2001:db8::"
"""Addresses for documents. Source: RFC 5737 and RFC 3849."""

_MAC = "00:00:5e:00:53:"
"""MAC addresses for documents. Source: RFC 7042."""

_WORD = "some-"

_DAY = "2000-01-01"
"""The birthday of everybody."""

_AFTER_WORDS = {"word_uuid4": 36, "word_uuid": 36, "word_ulid": 26, "word_hex": None}
"""How many characters stand behind the mark, by the form; None if those behind the last one."""

_MARK = re.compile("[-_:/]")

_ULID = "01ARZ3NDEKTSV4RRFFQ69G"
"""How the ULIDs of examples begin."""

_HEX = "0123456789abcdef"


class Replacement:
    """Replaces what may be personal, or tell of an installation: names, ids, addresses, hosts, free text.

    Left as they are: types, times, booleans, numbers that are of nobody, the texts in `kept` and the names of
    properties in `declared`, which rules name. Other properties have data for names.
    """

    def __init__(self, kept: Collection[str], declared: Collection[str]) -> None:
        self._kept = kept
        self._declared = declared
        self._known: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def example(self, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """Return the example that is made of a notification."""
        return {key: value if key in _OF_EVERYBODY else self._replaced(value, key) for key, value in envelope.items()}

    def _replaced(self, value: Any, name: str) -> Any:
        if isinstance(value, dict):
            return {self._key(key): self._replaced(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return _as_different(value, [self._replaced(item, name) for item in value])
        if isinstance(value, str):
            return self._text(value, name)
        if type(value) in (int, float) and is_of_people(name) and value:
            return self._number(f"number {name}", str(value))
        return value

    def _key(self, key: str) -> str:
        """Return a property's name, which is data where no rule names it."""
        return key if key in self._declared else self._text(key, "key")

    def _text(self, text: str, name: str) -> str:
        form = form_of(text)
        if not text or text in self._kept:
            return text
        if any(word in form for word in _KEPT_FORMS):
            return _DAY if form == "date" and is_of_people(name) else text
        if form in _AFTER_WORDS:
            length = _AFTER_WORDS[form] or len(_MARK.split(text)[-1])
            return _WORD + self._text(text[-length:], name)
        known = form or name, text
        if known not in self._known:
            number = self._number(*known)
            self._known[known] = _of_form(form, text, number) if form else _free(text, name, number)
        return self._known[known]

    def _number(self, what: str, text: str) -> int:
        number = self._counts.setdefault(f"{what}\n{text}", 0)
        if not number:
            number = self._counts[f"{what}\n"] = self._counts.get(f"{what}\n", 0) + 1
            self._counts[f"{what}\n{text}"] = number
        return number


def _as_different(items: Sequence[Any], replaced: list[Any]) -> list[Any]:
    """Return what replaces items, each once where they are different texts: there are few addresses for documents."""
    are_texts = all(isinstance(item, str) for item in items)
    return [*dict.fromkeys(replaced)] if are_texts and len({*items}) == len(items) else replaced


def _free(text: str, name: str, number: int) -> str:
    """Return a text without a form in place of another: a host where that looked like one."""
    if "." in text.strip(".") and " " not in text and "/" not in text:
        return f"host-{number}.example.org"
    return f"{name or 'text'} {number}"


def _of_form(form: str, text: str, number: int) -> str:
    if form in _BY_NUMBER:
        return _BY_NUMBER[form](number)
    digits = sha256(f"{form} {number}".encode()).hexdigest() * (len(text) // 64 + 1)
    if form.startswith(("digits", "integer", "number")):
        return "".join(map(_digit, text, digits))
    replaced = list(map(_hex_digit, text, digits.upper() if form.startswith("upper") else digits))
    if "uuid" in form:  # the version and the variant are part of the form
        for place in (14, 19) if "-" in text else (12, 16):
            replaced[place] = text[place]
    if form.startswith("prefixed"):  # so are the zeros that the digits begin with
        replaced = [old if old in "0x" else new for old, new in zip(text, replaced, strict=True)]
    return "".join(replaced)


def _digit(old: str, digit: str) -> str:
    return str(int(digit, 16) % 9 + 1) if old in "123456789" else old


def _hex_digit(old: str, digit: str) -> str:
    if old.lower() not in _HEX:
        return old
    return digit.upper() if old.isupper() else digit


_BY_NUMBER: Mapping[str, Callable[[int], str]] = {
    "ipv4": lambda number: f"{_NETWORK4}{number % 254 + 1}",
    "ipv6": lambda number: f"{_NETWORK6}{number:x}",
    "ipv4_port": lambda number: f"{_NETWORK4}{number % 254 + 1}:{1024 + number % 60_000}",
    "ipv4_network": lambda number: f"{_NETWORK4}{number % 64 * 4}/30",
    "mac": lambda number: f"{_MAC}{number % 256:02x}",
    "mac_any": lambda number: f"{_MAC}{number % 256:02x}".upper(),
    "eui64": lambda number: f"{_MAC}00:00:{number % 256:02x}",
    "ulid": lambda number: f"{_ULID}{number % 0x10000:04X}",
    "lower_ulid": lambda number: f"{_ULID}{number % 0x10000:04X}".lower(),
    "email": lambda number: f"user-{number}@example.org",
    "web_address": lambda number: f"https://example.org/{number}",
    "uri": lambda number: f"example://example.org/{number}",
    "base64": lambda number: b64encode(f"text {number % 100_000:05}".encode()).decode(),
    "prefixed_number": lambda number: f"0x{number:x}",
    "curly": lambda number: f'{{"text": {number}}}',
    "square": lambda number: f"[{number}]",
    "round": lambda number: f"({number})",
    "angled": lambda number: f"<{number}@example.org>",
}
