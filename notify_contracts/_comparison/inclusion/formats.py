"""Formats as languages: those that are regular, and for the others what surely has the format and what surely not."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from notify_contracts._comparison.inclusion.formulas import Format, Formula, Length, Text, every, made, some

_H = "[0-9A-Fa-f]"
_G = f"{_H}{{1,4}}"
_LEAP = "(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
_DATE = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_OFFSET = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_BYTE = "(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_LABEL = "[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_ATOM = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]"
_PLAIN = "(?:[0-9A-Za-z._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_SEGMENT = f"(?:{_PLAIN}|[:@])"


def _uri(bracketed: str) -> str:
    return (
        rf"^[A-Za-z][0-9A-Za-z+.-]*:"
        rf"(?://(?:(?:{_PLAIN}|:)*@)?(?:{bracketed}{_PLAIN}*)(?::[0-9]*)?(?:/{_SEGMENT}*)*"
        rf"|(?:/|/?{_SEGMENT}+(?:/{_SEGMENT}*)*)?)"
        rf"(?:\?(?:{_SEGMENT}|[/?])*)?(?:#(?:{_SEGMENT}|[/?])*)?$"
    )


class _Language(NamedTuple):
    """The pattern of all texts that have a format, of some that surely have it, and the longest of those."""

    all: str
    surely: str | None
    longest: int | None = None


_LANGUAGES: Mapping[str, _Language] = MappingProxyType(
    {
        "uuid": _Language(f"^{_H}{{8}}-{_H}{{4}}-{_H}{{4}}-{_H}{{4}}-{_H}{{12}}$", "="),
        "date": _Language(f"^{_DATE}$", "="),
        "ipv4": _Language(rf"^{_BYTE}(?:\.{_BYTE}){{3}}$", "="),
        "hostname": _Language(f"^{_HOST}$", "=", 253),
        # What Python reads after the last whole second, and the hour 24, is not the same in every version.
        "date-time": _Language(
            rf"^{_DATE}[Tt](?:{_TIME}|24:00:00)(?:\.[0-9]+)?{_OFFSET}$", rf"^{_DATE}[Tt]{_TIME}(?:\.[0-9]+)?{_OFFSET}$"
        ),
        "ipv6": _Language(
            r"^[0-9A-Fa-f:.]{2,45}$", f"^(?:(?:{_G}(?::{_G})?)?::(?:{_G}(?::{_G}){{0,4}})?|{_G}(?::{_G}){{7}})$"
        ),
        "email": _Language(
            rf'^(?:{_ATOM}+(?:\.{_ATOM}+)*|"(?:[ !#-\[\]-~]|\\[ -~])*")@(?:{_HOST}|\[[0-9A-Fa-f:.PpVvIi]+\])$',
            rf"^{_ATOM}{{1,64}}@{_HOST}$",
            253,
        ),
        "uri": _Language(_uri(r"\[[0-9A-Fa-f:.]+\]|"), _uri("")),
    }
)


def surely(name: str) -> str | None:
    """Return the pattern of some texts that surely have a format."""
    known = _LANGUAGES.get(name)
    return None if known is None or known.surely == "=" else known.surely


@cache
def format_formula(name: str, *, positive: bool) -> Formula:
    """Return what texts of a format keep, or those that do not have it; other values keep both."""
    known = _LANGUAGES.get(name)
    if known is None:
        return made(Format(name, positive))
    is_exact = known.surely == "="
    some_have = known.all if is_exact else known.surely
    if positive:
        parts = [made(Text(known.all, positive=True))]
        if is_exact and known.longest is not None:
            parts.append(made(Length(0, known.longest)))
        return every(parts if is_exact else [*parts, made(Format(name, positive=True))])
    not_surely = [made(Text(some_have or "^$", positive=False))]
    if known.longest is not None:
        not_surely.append(made(Length(known.longest + 1, None)))
    return some(not_surely) if is_exact else every((some(not_surely), made(Format(name, positive=False))))
