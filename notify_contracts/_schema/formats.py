"""The formats a catalog may use, each one predicate that both engines ask, so that they cannot disagree.

Other forms of text are stated with ``pattern``, which any JSON Schema tool checks as it stands.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from types import MappingProxyType

from notify_contracts._untrusted import expression

UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
"""A UUID as a part of a pattern; RFC 9562, section 4: with hyphens."""

_UUID = expression(UUID)
_DATE = expression("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = expression(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt](?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)

_LABEL = "[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?"
_HOSTNAME = expression(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST_HOSTNAME = 253
_ATOM = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+"
_MAILBOX = expression(rf'((?:{_ATOM})(?:\.{_ATOM})*|"(?:[ !#-\[\]-~]|\\[ -~])*")@(.+)')
_LONGEST_LOCAL_PART = 64
_PLAIN = "0-9A-Za-z._~!$&'()*+,;=-"


def _run(more: str) -> str:
    """Return what matches as many plain characters as there are, these `more`, and encoded ones: none it gives back."""
    plain = f"[{more}{_PLAIN}]*+"
    return f"{plain}(?:%[0-9A-Fa-f]{{2}}{plain})*+"


_URI = expression(
    rf"[A-Za-z][0-9A-Za-z+.-]*:"
    rf"(?://(?:{_run(':')}@)?(?:\[([0-9A-Fa-f:.]+)\]|{_run('')})(?::[0-9]*)?(?:/{_run(':@/')})?"
    rf"|(?!//){_run(':@/')})"
    rf"(?:\?{_run(':@/?')})?(?:\#{_run(':@/?')})?"
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


def _is_hostname(text: str) -> bool:
    return len(text) <= _LONGEST_HOSTNAME and _HOSTNAME.fullmatch(text) is not None  # RFC 1123, section 2.1


def _is_email(text: str) -> bool:
    """Whether `text` is a Mailbox of RFC 5321, section 4.1.2."""
    mailbox = _MAILBOX.fullmatch(text)
    if mailbox is None or len(mailbox[1]) > _LONGEST_LOCAL_PART:
        return False
    domain = mailbox[2]
    if not domain.startswith("["):
        return _is_hostname(domain)
    literal = domain.removeprefix("[").removesuffix("]")
    is_address = _is_ipv6(literal[5:]) if literal.upper().startswith("IPV6:") else _is_ipv4(literal)
    return domain.endswith("]") and is_address


def _is_uri(text: str) -> bool:
    """Whether `text` is a URI of RFC 3986: with a scheme. An address in brackets is one of version 6."""
    uri = _URI.fullmatch(text)
    return uri is not None and (uri[1] is None or _is_ipv6(uri[1]))


FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "date": _is_date,
        "date-time": _is_date_time,
        "email": _is_email,
        "hostname": _is_hostname,
        "ipv4": _is_ipv4,
        "ipv6": _is_ipv6,
        "uri": _is_uri,
        "uuid": _is_uuid,
    }
)
"""Format name → whether a text has that format (JSON Schema 2020-12 validation, section 7.3)."""
