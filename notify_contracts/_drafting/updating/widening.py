"""One schema made wider, keyword by keyword, so that it accepts what was seen as well as what it accepted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference import forms
from notify_contracts._drafting.inference.kinds import as_type, types_of
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.updating.values_file import FORMS
from notify_contracts._schema import described, json_type, listed, same, type_names

Draft = Callable[[Seen], Schema]
"""Makes the schema of what was seen."""

_MOST_WORDS = 24
_MOST_SAID = 6
_EXACT = 2**53  # below this each whole number is a double of its own
LONGEST_WORD = 64
_FAMILIES = {"integer": "number"}
_OF_EVERYTHING = frozenset(("const", "enum", "$comment", "type"))
_GONE = ("contains", "multipleOf", "propertyNames", "uniqueItems")
OF_CONTAINERS = frozenset(
    ("contains", "maxItems", "maxProperties", "minItems", "minProperties", "propertyNames", "uniqueItems")
)
_ALTERNATIVE = ("pattern", "format", "oneOf")
_LIMITS: Mapping[str, tuple[bool, Callable[[Seen], float]]] = {
    "minimum": (False, lambda seen: seen.numbers.least if seen.numbers else 0),
    "maximum": (True, lambda seen: seen.numbers.greatest if seen.numbers else 0),
    "exclusiveMinimum": (False, lambda seen: seen.numbers.least if seen.numbers else 0),
    "exclusiveMaximum": (True, lambda seen: seen.numbers.greatest if seen.numbers else 0),
    "minLength": (False, lambda seen: seen.texts.shortest if seen.texts else 0),
    "maxLength": (True, lambda seen: seen.texts.longest if seen.texts else 0),
    "minItems": (False, lambda seen: seen.arrays.least if seen.arrays else 0),
    "maxItems": (True, lambda seen: seen.arrays.most if seen.arrays else 0),
    "minProperties": (False, lambda seen: seen.objects.least if seen.objects else 0),
    "maxProperties": (True, lambda seen: seen.objects.most if seen.objects else 0),
}
"""Keyword → whether it is an upper limit, and how far what was seen goes."""


@dataclass(frozen=True)
class Refusal(Exception):  # noqa: N818 - it is no error but an answer
    """A rule that is not made wider; `reason` says why."""

    reason: str


def widen(schema: Schema, keyword: str, seen: Seen, draft: Draft) -> str:
    """Have `schema` accept what was `seen` to break one of its keywords, too; return what it came to, in words.

    Raise Refusal for what somebody forbade by ``not``.
    """
    if keyword == "type":
        return _widen_type(schema, seen, draft)
    if keyword in ("const", "enum"):
        return _widen_values(schema, seen) if keyword in schema else ""
    if keyword in _LIMITS:
        return _move(schema, keyword, seen)
    if keyword in _ALTERNATIVE:
        return allow_either(schema, keyword, draft(seen), str(schema.get("title", "as before")))
    if keyword == "anyOf":
        branch = draft(seen)
        schema["anyOf"] = [*schema["anyOf"], branch]
        return f"also {said_of(branch)}"
    if keyword in _GONE:
        del schema[keyword]
        return f"no longer {keyword}"
    raise Refusal(f"somebody wrote, with {keyword}, that it must not be: take that out if it may")


def _widen_type(schema: Schema, seen: Seen, draft: Draft) -> str:
    old = type_names(schema["type"])
    new = [kind for kind in types_of(seen.kinds) if kind not in old]
    types = [*old, *new]
    if "number" in types and "integer" in types:
        types = ["number" if kind == "integer" else kind for kind in types if kind != "number"]
    schema["type"] = as_type(types)
    families = {_FAMILIES.get(kind, kind) for kind in old}
    fresh = _of_kinds(seen, {kind for kind in new if _FAMILIES.get(kind, kind) not in families})
    stated = {keyword: value for keyword, value in draft(fresh).items() if keyword not in _OF_EVERYTHING}
    for keyword, value in stated.items():
        schema.setdefault(keyword, value)
    return f"also {' or '.join(new)}"


def _of_kinds(seen: Seen, kinds: set[str]) -> Seen:
    """Return what was seen of these types."""
    part = Seen(seen.depth)
    for kind, count in seen.kinds.items():
        if types_of([kind])[0] in kinds:
            part.kinds[kind] = count
    part.count = part.kinds.total()
    part.texts = seen.texts if "string" in kinds else None
    part.numbers = seen.numbers if kinds & {"integer", "number"} else None
    part.objects = seen.objects if "object" in kinds else None
    part.arrays = seen.arrays if "array" in kinds else None
    return part


def _widen_values(schema: Schema, seen: Seen) -> str:
    old = listed(schema)
    values = values_of(seen)
    keyword = "const" if "const" in schema else "enum"
    if values is None:
        types = types_of([*filter(None, map(json_type, old)), *seen.kinds])
        left = {"type": as_type(types)}
        _replace(schema, ("const", "enum"), {} if "type" in schema else left)
        return "no longer certain values alone"
    every = [*old, *(value for value in values if not any(same(value, one) for one in old))]
    if "const" in schema and "enum" in schema:
        schema["enum"] = [*schema["enum"], *(one for one in every if not any(same(one, v) for v in schema["enum"]))]
        del schema["const"]
    else:
        _replace(schema, (keyword,), {"enum": every})
    added = every[len(old) :]
    return f"also {said_of({'enum': added}) if len(added) <= _MOST_SAID else f'{len(added)} other values'}"


def values_of(seen: Seen) -> list[Any] | None:
    """Return each of the values that were seen, None where they are many, no words, or made of others."""
    if seen.objects is not None or seen.arrays is not None:
        return None
    values: list[Any] = [
        value for kind, value in (("null", None), ("true", True), ("false", False)) if seen.kinds[kind]
    ]
    for part in (seen.texts, seen.numbers):
        if part is None:
            continue
        if part.distinct.counts is None:
            return None
        values += sorted(part.distinct.counts)
    are_words = all(len(each) <= LONGEST_WORD and each.isprintable() for each in values if isinstance(each, str))
    return values if are_words and len(values) <= _MOST_WORDS else None


def _move(schema: Schema, keyword: str, seen: Seen) -> str:
    is_upper, reached = _LIMITS[keyword]
    limit = reached(seen)
    limit = int(limit) if abs(limit) < _EXACT and float(limit).is_integer() else limit
    if keyword in ("minLength", "minItems", "minProperties") and limit == 0:
        del schema[keyword]
        return f"no longer {keyword}"
    if keyword.startswith("exclusive"):
        other = keyword.removeprefix("exclusive").lower()
        if other in schema:
            limit = max(limit, schema[other]) if is_upper else min(limit, schema[other])
        _replace(schema, (keyword, other), {other: limit})
    else:
        schema[keyword] = limit
    return f"{'up' if is_upper else 'down'} to {limit:,}"


def allow_either(schema: Schema, keyword: str, branch: Schema, title: str) -> str:
    """Have a value keep either what a keyword of `schema` says, which is called `title`, or `branch`.

    Where every text keeps `branch`, the keyword goes.
    """
    if is_any_text(branch) and keyword in ("pattern", "format"):
        _replace(schema, (keyword,), {})
        return f"no longer {keyword}"
    old: Schema = {keyword: schema[keyword]}
    if keyword != "$ref":
        old = {"title": title, **old}
    either: Schema = {"anyOf": [old, branch]}
    whole = f"{title}, or {said_of(branch)}"
    if "anyOf" in schema:
        _replace(schema, (keyword,), {"allOf": [*schema.get("allOf", ()), {"title": whole, **either}]})
    else:
        _replace(schema, (keyword,), either if "title" in schema else {"title": whole, **either})
    return f"also {said_of(branch)}"


def is_any_text(schema: Schema) -> bool:
    """Whether a schema that was drafted says no more of texts than that they are."""
    return "string" in type_names(schema.get("type", [])) and not schema.keys() - {"type", "$comment", "minLength"}


def said_of(schema: Schema) -> str:
    """Return in words what a schema allows, on its own."""
    if str(schema.get("$ref", "")).startswith(FORMS):
        return str(forms()[schema["$ref"].rpartition("/")[2]].schema["title"])
    return described(schema) or "what was seen"


def _replace(schema: Schema, keywords: Sequence[str], by: Mapping[str, Any]) -> None:
    """Put what is in `by` where the first of `keywords` stood, in place of all of them."""
    items = list(_replaced(schema, keywords, by))
    schema.clear()
    schema.update(items)


def _replaced(schema: Schema, keywords: Sequence[str], by: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    is_put = False
    for keyword, value in schema.items():
        if keyword in keywords:
            if not is_put:
                yield from by.items()
            is_put = True
        elif keyword not in by:
            yield keyword, value
