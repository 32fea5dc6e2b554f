"""Formats as languages: those that are regular, and for the others what surely has the format and what surely not."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

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


class Language(NamedTuple):
    """The pattern of all texts that have a format, and of some that surely have it if they are not too long.

    Where it `is_exact` the two are the same, and nothing else has the format.
    """

    all: str
    surely: str
    longest: int | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the texts that surely have the format are all that have it."""
        return self.all == self.surely


def _exactly(pattern: str, longest: int | None = None) -> Language:
    return Language(pattern, pattern, longest)


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "uuid": _exactly(f"^{_H}{{8}}-{_H}{{4}}-{_H}{{4}}-{_H}{{4}}-{_H}{{12}}$"),
        "date": _exactly(f"^{_DATE}$"),
        "ipv4": _exactly(rf"^{_BYTE}(?:\.{_BYTE}){{3}}$"),
        "hostname": _exactly(f"^{_HOST}$", 253),
        # What Python reads after the last whole second, and the hour 24, is not the same in every version.
        "date-time": Language(
            rf"^{_DATE}[Tt](?:{_TIME}|24:00:00)(?:\.[0-9]+)?{_OFFSET}$", rf"^{_DATE}[Tt]{_TIME}(?:\.[0-9]+)?{_OFFSET}$"
        ),
        "ipv6": Language(
            r"^[0-9A-Fa-f:.]{2,45}$", f"^(?:(?:{_G}(?::{_G})?)?::(?:{_G}(?::{_G}){{0,4}})?|{_G}(?::{_G}){{7}})$"
        ),
        "email": Language(
            rf'^(?:{_ATOM}+(?:\.{_ATOM}+)*|"(?:[ !#-\[\]-~]|\\[ -~])*")@(?:{_HOST}|\[[0-9A-Fa-f:.PpVvIi]+\])$',
            rf"^{_ATOM}{{1,64}}@{_HOST}$",
            253,
        ),
        "uri": Language(_uri(r"\[[0-9A-Fa-f:.]+\]|"), _uri("")),
    }
)
"""Format name → its language. The patterns are portable."""
