"""Whether a value breaks exactly the rules that another one broke, decided without looking for what it breaks.

With all that is broken left out of a schema, the rest must be kept; and each rule that is left out must be broken. One
schema says both, where the rules speak of one place alone: a property that is missing, one too many, or one whose value
is wrong. A rule in a condition or an alternative stays where it is, and then there is no such schema.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from notify_contracts._schema.documents import pointer_parts
from notify_contracts._schema.keywords import PLAIN

IsValid = Callable[[Any], bool]
Rule = tuple[str, str]
"""An RFC 6901 pointer to what breaks a rule, and the keyword of that rule, as a violation has them."""

_OF_ONE_PLACE = PLAIN - {"required"}


def breaking(schema: Mapping[str, Any], rules: Iterable[Rule]) -> dict[str, Any] | None:
    """Return the schema of what breaks these rules of a flattened `schema` and no others; None where none says it."""
    broken = deepcopy(dict(schema))
    by_place: dict[tuple[str, ...], set[str]] = {}
    for pointer, keyword in rules:
        by_place.setdefault(pointer_parts(pointer), set()).add(keyword)
    for place, keywords in by_place.items():
        holder = _holder(broken, place[:-1])
        if holder is None or not place or not _is_broken(holder, place[-1], keywords):
            return None
    return broken


def _holder(schema: dict[str, Any], path: Sequence[str]) -> dict[str, Any] | None:
    """Return the schema of the object at `path`, which must be there; None where properties alone do not lead there."""
    for name in (*path, None):
        if "object" not in schema.get("type", "object"):
            return None
        schema["type"] = "object"
        if name is not None:
            _require(schema, name)
            schema = schema.get("properties", {}).get(name)
            if not isinstance(schema, dict):
                return None
    return schema


def _require(holder: dict[str, Any], name: str) -> None:
    holder["required"] = [*dict.fromkeys((*holder.get("required", ()), name))]


def _is_broken(holder: dict[str, Any], name: str, keywords: set[str]) -> bool:
    """Have an object's schema ask that `keywords` of a property are broken, and no others; return whether it can be."""
    properties = holder.setdefault("properties", {})
    required, stated = holder.get("required", ()), properties.get(name)
    if keywords == {"required"} and name in required:
        holder["required"] = [other for other in required if other != name]
        properties[name] = False
        return True
    if keywords == {"additionalProperties"} and name not in properties and holder.get("additionalProperties") is False:
        properties[name] = True
    elif isinstance(stated, dict) and keywords <= stated.keys() <= _OF_ONE_PLACE:
        properties[name] = _wrong(stated, keywords)
    else:
        return False
    _require(holder, name)
    return True


def _wrong(stated: dict[str, Any], keywords: set[str]) -> dict[str, Any]:
    """Return the schema of what breaks these keywords of one; what they absorb may be broken, too."""
    absorbed = stated.keys() if keywords == {"type"} else {*keywords, "enum"} if "const" in keywords else keywords
    kept = {keyword: value for keyword, value in stated.items() if keyword not in absorbed}
    return kept | {"not": {"anyOf": [{keyword: stated[keyword]} for keyword in sorted(keywords)]}}
