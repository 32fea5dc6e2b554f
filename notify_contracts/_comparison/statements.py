"""What a contract states of one place of a notification: whether something must be there, and what it may be."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from notify_contracts._schema import (
    Layer,
    described,
    layers_of,
    layers_within,
    limits,
    map_of,
    matcher,
    pointer_parts,
    rebuilt,
    some_of,
)
from notify_contracts._untrusted import dump, printable, shortened
from notify_contracts.catalog import Contract

NO_FIELD, UNDECLARED, FORBIDDEN = "no such field", "anything, if it is there at all", "must not be there"
REQUIRED, OPTIONAL = "required", "optional"
IN_SOME_CASES = "required in some cases"
_DECLARED = {REQUIRED, OPTIONAL, IN_SOME_CASES, UNDECLARED}
_MOST_VALUES = 8
_LONGEST = 300
_LONGEST_RULE = 120
_SILENT = frozenset(("$comment", "$defs", "$id", "$schema", "description", "examples", "title", "writeOnly"))


class Stated(NamedTuple):
    """What is stated of a place: its presence, phrases of what it may be, and the schemas that say so.

    `way` has for each part of its pointer the schemas that speak of the value of which that is a member or an item.
    """

    presence: str
    phrases: tuple[str, ...]
    layers: tuple[Layer, ...]
    way: tuple[tuple[str, tuple[Layer, ...]], ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The URIs of the documents that say something about the value."""
        return tuple(dict.fromkeys(urldefrag(layer.uri)[0] for layer in self.layers))

    def differing(self, other: "Stated", relative: Callable[[str], str]) -> frozenset[str]:
        """Return where schemas stand that only one of two sides has, or has otherwise; words do not count."""
        one, two = ({relative(layer.uri): _own(layer.schema) for layer in side.layers} for side in (self, other))
        return frozenset(place for place in {*one, *two} if one.get(place) != two.get(place))

    @property
    def rules(self) -> list[Any]:
        """What is said, without words for people: two places with the same rules allow the same."""
        return [without_words(layer.schema) for layer in self.layers if layer.schema not in ({}, True)]


def stated(contract: Contract, pointer: str) -> Stated:
    """Return what a contract states of the place of a notification at an RFC 6901 pointer."""
    documents = contract.documents
    layers = layers_of(documents, [Layer(contract.uri, contract.schema)])
    presence, way = REQUIRED, []
    for part in pointer_parts(pointer):
        way.append((part, tuple(layers)))
        presence, layers = _presence(layers, part), layers_within(documents, layers, part)
    phrases = tuple(dict.fromkeys(phrase for layer in layers if layer.always for phrase in _phrases(layer.schema)))
    return Stated(presence, phrases, tuple(layers), tuple(way))


def names_in(place: Stated) -> tuple[str, ...]:
    """Return the names of the fields that are declared in the object at a place."""
    return tuple(dict.fromkeys(name for layer in place.layers for name in map_of(layer.schema, "properties")))


def sentence(old: Stated, new: Stated, keyword: str, *, refused: Callable[[], str]) -> tuple[str, str]:
    """Return what was and what is now, in the words of the data; what `refused` returns is said where no words differ.

    `keyword` is what refuses: whether a value must be there, or what it may be.
    """
    is_declared = {old.presence, new.presence} <= _DECLARED
    if keyword == "required" and is_declared and old.presence != new.presence:
        return old.presence, new.presence
    if keyword != "required" and is_declared:
        old, new = old._replace(presence=""), new._replace(presence="")
    was, now = _worded(old, new)
    if was != now:
        return was, now
    was, now = (_raw(one, other) for one, other in ((old, new), (new, old)))
    if was != now:
        return was, now
    return f"{was or 'a rule'} by which it may be so", refused()


def without_words(schema: Any) -> Any:
    """Return a schema without what is said to people only."""
    if not isinstance(schema, Mapping):
        return schema
    return {keyword: value for keyword, value in rebuilt(schema, without_words).items() if keyword not in _SILENT}


def _own(schema: Any) -> Any:
    """Return what a schema says of a value itself, and which members it knows, not what those may be."""
    if not isinstance(schema, Mapping):
        return schema
    return {
        keyword: sorted(schema[keyword]) if keyword in ("properties", "patternProperties") else value
        for keyword, value in without_words(schema).items()
        if keyword not in ("$ref", "items", "prefixItems")
    }


def _presence(layers: list[Layer], part: str) -> str:
    said = [layer.schema for layer in layers if layer.always and isinstance(layer.schema, Mapping)]
    declared = [schema["properties"][part] for schema in said if part in map_of(schema, "properties")]
    if any(child is False or (isinstance(child, Mapping) and child.get("not") in ({}, True)) for child in declared):
        return FORBIDDEN
    closed = [schema for schema in said if schema.get("additionalProperties") is False]
    if any(not _speaks_of(schema, part) for schema in closed):
        return NO_FIELD
    if any(part in schema.get("required", ()) for schema in said):
        return REQUIRED
    conditional = [layer.schema for layer in layers if not layer.always and isinstance(layer.schema, Mapping)]
    if any(part in schema.get("required", ()) for schema in conditional):
        return IN_SOME_CASES
    open_to_it = declared or any(_speaks_of(schema, part) for schema in (*said, *conditional))
    return OPTIONAL if open_to_it or part.isdecimal() else UNDECLARED


def _speaks_of(schema: Mapping[str, Any], part: str) -> bool:
    return part in map_of(schema, "properties") or any(
        matcher(pattern)(part) for pattern in map_of(schema, "patternProperties")
    )


def _phrases(schema: Any) -> Iterator[str]:
    if not isinstance(schema, Mapping):
        return
    values = schema.get("enum")
    if isinstance(values, list) and "const" not in schema:
        yield some_of(values, _MOST_VALUES)
    elif said := described(schema):
        yield shortened(printable(said), _LONGEST)
    yield from limits(schema)


def _worded(old: Stated, new: Stated) -> tuple[str, str]:
    """Return both in words, without what they have in common where each has something of its own."""
    own = [
        tuple(phrase for phrase in one.phrases if phrase not in other.phrases)
        for one, other in ((old, new), (new, old))
    ]
    was, now = _came(old, new) or (own if all(own) else (old.phrases, new.phrases))
    sides = (old, was), (new, now)
    values = ["" if side.presence in (NO_FIELD, FORBIDDEN) else ", ".join(phrases) for side, phrases in sides]
    if old.presence == new.presence:
        return values[0], values[1]
    if values[0] == values[1]:
        return old.presence, new.presence
    before, after = (
        ", ".join(filter(None, (side.presence, value))) for side, value in zip((old, new), values, strict=True)
    )
    return before, after


def _came(old: Stated, new: Stated) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return, of two long enumerations, how many values each has and those that only one has."""
    before, after = (_longest_choice(side) for side in (old, new))
    if min(len(before), len(after)) <= _MOST_VALUES:
        return None
    texts = [{dump(value) for value in values} for values in (before, after)]
    only = [
        [value for value in values if dump(value) not in other]
        for values, other in ((before, texts[1]), (after, texts[0]))
    ]
    was, now = (
        f"{len(values):,} values" + (f", with {some_of(more, _MOST_VALUES)}" if more else "")
        for values, more in zip((before, after), only, strict=True)
    )
    return (was,), (now,)


def _longest_choice(side: Stated) -> list[Any]:
    choices = [
        layer.schema["enum"]
        for layer in side.layers
        if layer.always and isinstance(layer.schema, Mapping) and isinstance(layer.schema.get("enum"), list)
    ]
    return max(choices, key=len, default=[])


def _raw(one: Stated, other: Stated) -> str:
    """Return the rules of `one` that `other` has not, as they are written."""
    known = [dump(rule) for rule in other.rules]
    texts = [_json(rule) for rule in one.rules if isinstance(rule, Mapping) and dump(rule) not in known]
    return shortened(" and ".join(dict.fromkeys(filter(None, texts))), _LONGEST)


def _json(rule: Mapping[str, Any]) -> str:
    plain = {keyword: value for keyword, value in rule.items() if keyword != "$ref"}
    return shortened(printable(dump(plain).decode(errors="replace")), _LONGEST_RULE) if plain else ""
