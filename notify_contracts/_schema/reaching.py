"""Whether anything can be at a place of the values that keep a schema, or has to be."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from notify_contracts._schema.documents import Documents, at, resolve
from notify_contracts._schema.layers import Layer, inside, layers_of, layers_within, listed, paths_within
from notify_contracts._schema.types import json_type, type_names

KINDS = ("string", "integer", "number", "boolean", "null", "object", "array")
_NUMBERS = frozenset(("integer", "number"))
_MOST_DIGITS = 9  # of the number of an item


def can_have(documents: Documents, uri: str, place: Sequence[str], kinds: Iterable[str] = KINDS) -> bool:
    """Whether a value that keeps the schema at `uri` can have a value of one of these types at a place.

    What is declared, closed, typed and listed says so; conditions, ``not`` and what cannot be resolved say nothing
    against it, so that it may be true of what in the end cannot be.
    """
    try:
        return _Reaching(documents, tuple(kinds)).allows(*resolve(documents, uri, uri), tuple(place))
    except (LookupError, RecursionError):  # who judges by it is told
        return True


def must_have(documents: Documents, uri: str, place: Sequence[str]) -> bool:
    """Whether objects that keep the schema at `uri` always have something at a place, by what they require."""
    layers = layers_of(documents, [Layer(*resolve(documents, uri, uri))])
    for part in place:
        if not any(layer.always and part in _required(layer.schema) for layer in layers):
            return False
        layers = layers_within(documents, layers, part)
    return True


class _Reaching:
    """Goes down one place through all that is stated of what is there."""

    def __init__(self, documents: Documents, kinds: tuple[str, ...]) -> None:
        self._documents = documents
        self._kinds = kinds
        self._known: dict[tuple[str, int], bool] = {}

    def allows(self, uri: str, schema: Any, parts: tuple[str, ...]) -> bool:
        """Whether a schema allows a value in which these parts lead to one of the types."""
        if not isinstance(schema, Mapping):
            return schema is not False
        key = uri, len(parts)
        if key not in self._known:
            self._known[key] = True  # what leads back to itself forbids nothing else
            self._known[key] = self._allows_within(uri, schema, parts) and self._allows_in_place(uri, schema, parts)
        return self._known[key]

    def _allows_within(self, uri: str, schema: Mapping[str, Any], parts: tuple[str, ...]) -> bool:
        values = listed(schema)
        if values and not any(self._leads(value, parts) for value in values):
            return False
        if not parts:
            return any(_is_allowed(schema, kind) for kind in self._kinds)
        name, rest = parts[0], parts[1:]
        steps: list[tuple[str, str | int]] = [("object", name)]
        if name.isdecimal() and len(name) <= _MOST_DIGITS:
            steps.append(("array", int(name)))
        return any(_is_allowed(schema, kind) and self._allows_member(uri, schema, part, rest) for kind, part in steps)

    def _allows_member(self, uri: str, schema: Mapping[str, Any], part: str | int, rest: tuple[str, ...]) -> bool:
        paths = paths_within(schema, part)
        if not paths:
            return schema.get("items" if isinstance(part, int) else "additionalProperties") is not False
        return all(self.allows(inside(uri, path), at(schema, path), rest) for path in paths)

    def _allows_in_place(self, uri: str, schema: Mapping[str, Any], parts: tuple[str, ...]) -> bool:
        if isinstance(reference := schema.get("$ref"), str):
            try:
                there = resolve(self._documents, uri, reference)
            except LookupError:
                return True
            if not self.allows(*there, parts):
                return False
        for keyword, enough in (("allOf", all), ("anyOf", any), ("oneOf", any)):
            options = schema.get(keyword)
            if isinstance(options, list) and options:
                allowed = (self.allows(inside(uri, (keyword, n)), option, parts) for n, option in enumerate(options))
                if not enough(allowed):
                    return False
        return True

    def _leads(self, value: Any, parts: tuple[str, ...]) -> bool:
        try:
            kind = json_type(at(value, parts))
        except (LookupError, ValueError):
            return False
        return kind in self._kinds or (kind == "number" and "integer" in self._kinds)  # 1.0 is one


def _is_allowed(schema: Mapping[str, Any], kind: str) -> bool:
    if not isinstance(stated := schema.get("type"), str | list):
        return True
    types = set(type_names(stated))
    return kind in types or (kind in _NUMBERS and not types.isdisjoint(_NUMBERS))


def _required(schema: Any) -> Sequence[str]:
    stated = schema.get("required") if isinstance(schema, Mapping) else None
    return stated if isinstance(stated, list) else ()
