"""What Ceilometer 27.0.0 can convert: the forms of values that become traits, and times that it can read.

Each is narrower than what Python takes where that cannot be said in portable patterns (digits of other scripts, for
one): what is said to be readable is. Source: ceilometer.event.models.Trait.convert_value, oslo_utils.timeutils,
iso8601.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Schema = dict[str, Any]

_YEAR = "[1-9][0-9]{3}"
_LEAP = "(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)"
_TENS, _D9, _D30 = "-?[12][0-9]", "(?:-0?|0)[1-9]", "-?30"
_DAY28, _DAY30, _DAY31 = f"(?:{_D9}|-?1[0-9]|-?2[0-8])", f"(?:{_D9}|{_TENS}|{_D30})", f"(?:{_D9}|{_TENS}|-?3[01])"
_DAYS = (
    f"(?:{_YEAR}(?:(?:(?:-0?|0)[13578]|-?1[02]){_DAY31}|(?:(?:-0?|0)[469]|-?11){_DAY30}|(?:-0?|0)2{_DAY28})"
    f"|{_LEAP}(?:-0?|0)2-?29)"
)
_TIME = "(?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?(?::?[0-5]?[0-9](?:[.,][0-9]+)?)?"
_ZONE = "(?:Z|[+\\-](?:[01][0-9]|2[0-3]):?(?:[0-5][0-9])?)"
_MONTHS = f"{_YEAR}(?:-(?:0?[1-9]|1[0-2]))?"

TIME: Schema = {"type": "string", "pattern": f"^(?:{_DAYS}(?:[ T]{_TIME}{_ZONE}?)?|{_MONTHS})$"}
"""A text that iso8601 reads, and whose time in UTC a calendar has."""

_SPACE = "[ \\t\\n\\r]*"
_DIGITS = "[0-9](?:_?[0-9])*"
_INTEGER = f"^{_SPACE}[+\\-]?{_DIGITS}{_SPACE}$"
_NO_NUMBER = "[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN]"
_DECIMAL = f"(?:{_DIGITS}(?:\\.(?:{_DIGITS})?)?|\\.{_DIGITS})(?:[eE][+\\-]?[0-9]{{1,3}})?"
_FLOAT = f"^{_SPACE}[+\\-]?(?:{_DECIMAL}|{_NO_NUMBER}){_SPACE}$"

TRAITS: Mapping[str, Schema] = MappingProxyType(
    {
        "text": {},
        "int": {"anyOf": [{"type": ["number", "boolean"]}, {"type": "string", "pattern": _INTEGER}]},
        "float": {"anyOf": [{"type": ["number", "boolean"]}, {"type": "string", "pattern": _FLOAT}]},
        "datetime": TIME,
        "none": {},
    }
)
"""The type of a trait → what can be converted; what cannot raises, and the whole event is lost."""
