"""Whether a value breaks exactly the rules that another one broke, decided without looking for what it breaks.

With all that is broken left out of a schema, the rest must be kept; and each rule that is left out must be broken. So
this is told for rules that speak of one place alone: a property that is missing, one too many, or one whose value is
wrong. A rule in a condition or an alternative stays where it is, and then nothing else than `None` comes of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from notify_contracts._schema.documents import pointer_parts
from notify_contracts._schema.keywords import PLAIN

IsValid = Callable[[Any], bool]
Compiled = Callable[[Any], IsValid]
Rule = tuple[str, str]
"""An RFC 6901 pointer to what breaks a rule, and the keyword of that rule, as a violation has them."""

_ABSENT = object()
_OF_ONE_PLACE = PLAIN - {"required"}


def breaking(schema: Mapping[str, Any], rules: Iterable[Rule], compiled: Compiled) -> IsValid | None:
    """Return what tells whether a value breaks these rules of a flattened `schema` and no others.

    Return None where that cannot be told of them. `compiled` makes of a schema what tells whether a value keeps it.
    """
    eased = deepcopy(dict(schema))
    by_place: dict[tuple[str, ...], set[str]] = {}
    for pointer, keyword in rules:
        by_place.setdefault(pointer_parts(pointer), set()).add(keyword)
    checks = []
    for place, keywords in by_place.items():
        holder = _holder(eased, place[:-1])
        broken = _left_out(holder, place[-1], keywords, compiled) if holder is not None and place else None
        if broken is None:
            return None
        checks.append((place[:-1], place[-1], broken))
    keeps_the_rest = compiled(eased)

    def breaks(value: Any) -> bool:
        try:
            return all(broken(_at(value, path, name)) for path, name, broken in checks) and keeps_the_rest(value)
        except (AttributeError, LookupError, TypeError):  # no object is there
            return False

    return breaks


def _holder(schema: dict[str, Any], path: Sequence[str]) -> dict[str, Any] | None:
    """Return the schema of the object at `path`, None where nothing but properties does not lead there."""
    for name in path:
        inner = schema.get("properties", {}).get(name)
        if not isinstance(inner, dict):
            return None
        schema = inner
    return schema


def _left_out(holder: dict[str, Any], name: str, keywords: set[str], compiled: Compiled) -> IsValid | None:
    """Leave what `keywords` say of a property out of its object's schema; return what tells whether it is broken."""
    properties = holder.setdefault("properties", {})
    if keywords == {"required"}:
        if name not in holder.get("required", ()):
            return None
        holder["required"] = [required for required in holder["required"] if required != name]
        return lambda value: value is _ABSENT
    if keywords == {"additionalProperties"}:
        if name in properties or holder.get("additionalProperties") is not False:
            return None
        properties[name] = True
        return lambda value: value is not _ABSENT
    stated = properties.get(name)
    if not isinstance(stated, dict) or not keywords <= stated.keys() <= _OF_ONE_PLACE:
        return None
    properties[name] = True
    return _wrong(stated, keywords, compiled)


def _wrong(stated: dict[str, Any], keywords: set[str], compiled: Compiled) -> IsValid:
    """Return what tells whether a value breaks these keywords of a schema; what they absorb may be broken, too."""
    keeps = [compiled({keyword: stated[keyword]}) for keyword in sorted(keywords)]
    if keywords == {"type"}:
        (has_type,) = keeps
        return lambda value: value is not _ABSENT and not has_type(value)
    absorbed = {*keywords, "enum"} if "const" in keywords else keywords
    keeps_others = compiled({keyword: stated[keyword] for keyword in stated if keyword not in absorbed})
    return lambda value: value is not _ABSENT and keeps_others(value) and not any(keep(value) for keep in keeps)


def _at(value: Any, path: Sequence[str], name: str) -> Any:
    for step in path:
        value = value[step]
    return value.get(name, _ABSENT)
