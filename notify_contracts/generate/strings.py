"""The shapes of texts: any at all, or those that an expression writes."""

from collections.abc import Mapping
from types import MappingProxyType

from notify_contracts._schema import UUID
from notify_contracts.generate.expressions import examples, is_exact
from notify_contracts.generate.facts import Facts
from notify_contracts.generate.shapes import LARGEST, NOTHING, Shape, Text, Written, filtered
from notify_contracts.generate.standalone import Definitions

_TRIALS = 100

_DAY = (
    "(?:(?:[0-9]{3}[1-9]|[1-9][0-9]{3})-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    "|(?:0[13578]|1[02])-31)|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29)"
)
_HOURS = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_BYTE = "(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_GROUP = "[0-9a-f]{1,4}"
_ADDRESSES = (
    "::1?",
    f"(?:{_GROUP}:){{7}}{_GROUP}",
    f"(?:{_GROUP}:){{1,3}}(?::{_GROUP}){{1,4}}",
    f"{_GROUP}::",
    "::ffff:192[.]0[.]2[.][1-9]",
)
_LABEL = "[a-z](?:[0-9A-Za-z-]{0,10}[0-9A-Za-z])?"
_HOST = f"{_LABEL}(?:[.]{_LABEL}){{0,2}}"
_ATOM = "[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]{1,9}"
_MAILBOX = f"{_ATOM}(?:[.]{_ATOM}){{0,2}}@(?:{_HOST}|\\[{_BYTE}(?:[.]{_BYTE}){{3}}\\])"
_PLAIN = "(?:[0-9A-Za-z._~!$&'()*+,;=-]|%[0-9A-F]{2})"
_URIS = (
    f"https?://(?:{_HOST}|\\[::1\\])(?::[1-9][0-9]{{0,3}})?(?:/{_PLAIN}{{0,8}}){{0,4}}(?:[?]{_PLAIN}*)?(?:#{_PLAIN}*)?",
    f"[a-z][0-9a-z+.-]{{0,8}}:{_PLAIN}{{1,12}}",
)

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "date": f"^{_DAY}$",
        "date-time": rf"^{_DAY}[Tt]{_HOURS}:[0-5][0-9](?:\.[0-9]{{1,9}})?(?:[Zz]|[+-]{_HOURS})$",
        "email": f"^{_MAILBOX}$",
        "hostname": f"^{_HOST}$",
        "ipv4": f"^{_BYTE}(?:[.]{_BYTE}){{3}}$",
        "ipv6": f"^(?:{'|'.join(_ADDRESSES)})$",
        "uri": f"^(?:{'|'.join(_URIS)})$",
        "uuid": f"^{UUID}$",
    }
)
"""Format → an expression for it, in the portable part as every pattern of a catalog."""


def string_shape(facts: Facts, definitions: Definitions) -> Shape:
    """Return the shape of the texts that `facts` allow."""
    least, most = facts.limit("minLength") or 0, facts.limit("maxLength")
    if least > (LARGEST if most is None else min(most, LARGEST)):
        return NOTHING
    patterns, formats = facts.all("pattern"), facts.all("format")
    rules = [{"pattern": pattern} for pattern in patterns] + [{"format": name} for name in formats]
    expressions = dict.fromkeys([*patterns, *(FORMATS[name] for name in formats)])
    if not expressions:
        return Text(least, most)
    limits = [{name: facts.limit(name)} for name in ("minLength", "maxLength") if facts.limit(name) is not None]
    best = next(iter(expressions))
    if len(expressions) == 1 and not limits and is_exact(best):
        return Written(best, least, most)
    keeps = definitions.keeps((*rules, *limits))

    def kept(pattern: str) -> int:
        """Return how many of some texts of one expression keep all rules."""
        return sum(map(keeps, examples(pattern, _TRIALS, least, most)))

    best = max(expressions, key=kept) if len(expressions) > 1 else best
    return filtered(Written(best, least, most), keeps)
