"""The formats a catalog may use, each one predicate that both engines ask, so that they cannot disagree.

Other forms of text are stated with ``pattern``, which any JSON Schema tool checks as it stands.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from types import MappingProxyType

_UUID = re.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return text.isascii()


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return "%" not in text  # RFC 4291 text; a zone is not part of it


def _is_date(text: str) -> bool:
    try:
        return _DATE.fullmatch(text) is not None and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _is_date_time(text: str) -> bool:
    try:
        return _DATE_TIME.fullmatch(text) is not None and datetime.fromisoformat(text.upper()) is not None
    except ValueError:
        return False


FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "date": _is_date,
        "date-time": _is_date_time,
        "ipv4": _is_ipv4,
        "ipv6": _is_ipv6,
        "uuid": _is_uuid,
    }
)
"""Format name → whether a text has that format (JSON Schema 2020-12 validation, section 7.3)."""
