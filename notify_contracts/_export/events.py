"""Schemas of notifications as schemas of the events in which a service sends them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Any

from notify_contracts.errors import UsageError
from notify_contracts.wire.envelopes import EnvelopeForm, Source

_PLACED = ("properties", "required")
_WORDS = frozenset(("$comment", "title", "description", "examples"))
_ALIKE = _WORDS | {"type", "additionalProperties"}
_OF_A_CONSTANT = _WORDS | {"type", "const", "enum"}
_OF_A_TEXT = _WORDS | {"type", "const"}
_SINGLE = frozenset(("if", "then", "else", "not"))
_SEVERAL = frozenset(("allOf", "anyOf", "oneOf"))
_OF_AN_OBJECT = _WORDS | {"type", "properties", "required", "additionalProperties"}
_NEVER: Mapping[str, Any] = {"not": {}}
_MOST_PARTINGS = 20  # of a text at several places
_TEXTS = ("string", ["string"])
_OF_A_PART: Mapping[str, Any] = {"type": ["string", "integer"]}

Schema = dict[str, Any]


class EventSchemas:
    """Makes of what is said of a notification what is so said of its event; `envelope` may be referred to."""

    def __init__(self, form: EnvelopeForm, envelope: str) -> None:
        self._form = form
        self._envelope = envelope
        self._sources = {source.attribute: source for source in form.sources}
        paths = [path for source in form.sources for path in source.paths]
        self._around = frozenset(path[0] for path in paths if len(path) > 1)
        self._moved = frozenset(source.paths[0] for source in form.sources if source.is_moved)
        self._needed = tuple(filter(None, dict.fromkeys(paths))) if len(set(paths)) <= form.enough else ()

    def made_of_envelope(self, schema: Any) -> Any:
        """Return the schema of every event, which has as many of the places as make it one."""
        made = self.made(schema)
        for path in self._needed if isinstance(made, dict) else ():
            _require(made, path)
        return made

    def made(self, schema: Any) -> Any:
        """Return the schema of the event; raise UsageError for a rule that says something else of its members."""
        if not isinstance(schema, Mapping):
            return schema
        made = {keyword: self._said(keyword, value) for keyword, value in schema.items() if keyword not in _PLACED}
        is_closed = schema.get("additionalProperties") is False
        if is_closed and self._form.is_flat:
            del made["additionalProperties"]  # all else is in the payload then
        stated, required = schema.get("properties", {}), schema.get("required", ())
        # What is left of an object from which attributes are taken comes first: they are put into it.
        for name in sorted(stated, key=self._sources.__contains__):
            if name in self._around.difference(required, self._sources) and "required" in stated[name]:
                raise _unsayable(f"what is said of {name}")  # there may be nothing left of it
            if not self._place(made, name, stated[name], is_closed=is_closed):
                return _NEVER
        for path in (path for name in required for path in self._paths(name)):
            _require(made, path)
        return made

    def _said(self, keyword: str, value: Any) -> Any:
        """Return what a keyword says of the event that says no more of its members than where they stand."""
        if keyword in _SINGLE:
            return self.made(value)
        if keyword in _SEVERAL:
            return [self.made(one) for one in value]
        if keyword == "examples":
            return [self._form.write(one) for one in value]
        if keyword in _ALIKE or (keyword, value) == ("$ref", self._envelope):
            return value
        raise _unsayable(keyword)

    def _place(self, made: Schema, name: str, one: Any, *, is_closed: bool) -> bool:
        """Have a schema say at its place what is said of an attribute; return False where it cannot be so at all."""
        source = self._sources.get(name)
        if source is None:
            self._put(made, (self._form.name_of(name),), one, is_closed=is_closed)
        elif not source.paths:
            return self._allows(source, one)
        elif source.paths == ((),):
            made["allOf"] = [*made.get("allOf", ()), one]
        elif source.is_one_place:
            self._put(made, source.paths[0], one, is_closed=is_closed)
        else:
            return self._place_text(made, source, one, is_closed=is_closed)
        return True

    def _place_text(self, made: Schema, source: Source, one: Any, *, is_closed: bool) -> bool:
        """Have a schema say at several places of which values a text is made."""
        if not isinstance(one, Mapping) or not one.keys() <= _OF_A_TEXT:
            raise _unsayable(source.attribute)
        partings = [*islice(source.all_taken_from(one["const"]), _MOST_PARTINGS + 1)] if "const" in one else []
        if len(partings) > _MOST_PARTINGS:
            raise _unsayable(source.attribute)
        ways = [[_of_part(source, value) for value in values] for values in partings]
        if "const" not in one and one.get("type") in _TEXTS:
            ways = [[{**_OF_A_PART} for _ in source.paths]]
        is_said_at_once = len(partings) == 1
        for path, said in zip(source.paths, ways[0] if is_said_at_once else repeat({}), strict=False):
            self._put(made, path, said, is_closed=is_closed)
        if ways and not is_said_at_once:
            made["allOf"] = [*made.get("allOf", ()), self._where_all_are(source.paths, ways)]
        return bool(ways) or "const" not in one

    def _where_all_are(self, paths: Sequence[Sequence[str]], ways: Sequence[Sequence[Any]]) -> Schema:
        """Return a schema that says one of several things of what is at some places, where something is at all."""
        condition: Schema = {}
        said: list[Schema] = [{} for _ in ways]
        for path in paths:
            _require(condition, path)
        for way, made in zip(ways, said, strict=True):
            for path, one in zip(paths, way, strict=True):
                self._put(made, path, one)
        return {"if": condition, "then": said[0] if len(said) == 1 else {"anyOf": said}}

    def _paths(self, name: str) -> Iterator[Sequence[str]]:
        """Yield what must be there for an attribute to be."""
        source = self._sources.get(name)
        if source is None:
            yield (self._form.name_of(name),)
        else:
            yield from filter(None, source.paths)

    def _put(self, schema: Schema, path: Sequence[str], one: Any, *, is_closed: bool = False) -> None:
        """Have a schema say something of what is at a place.

        Objects on the way there may be closed, too, but for those that are attributes themselves.
        """
        for number, name in enumerate(path[:-1], 1):
            properties = schema["properties"] = dict(schema.get("properties", {}))
            is_left = is_closed and tuple(path[:number]) not in self._moved
            inside = properties.get(name, {"additionalProperties": False} if is_left else {})
            if not isinstance(inside, Mapping) or not inside.keys() <= _OF_AN_OBJECT:
                inside = {"allOf": [inside]}
            schema = properties[name] = dict(inside)
        properties = schema["properties"] = dict(schema.get("properties", {}))
        properties[path[-1]] = {"allOf": [properties[path[-1]], one]} if path[-1] in properties else one

    def _allows(self, source: Source, schema: Any) -> bool:
        """Whether what is the same in all events keeps what is said of it."""
        if not isinstance(schema, Mapping):
            return bool(schema)
        for keyword in schema.keys() - _OF_A_CONSTANT:
            raise _unsayable(keyword)
        return source.template == schema.get("const", source.template) and source.template in schema.get(
            "enum", [source.template]
        )


def _of_part(source: Source, value: str) -> Schema:
    return {"enum": [value, int(value)]} if source.is_number(value) else {"const": value}


def _require(schema: Schema, path: Sequence[str]) -> None:
    """Have a schema say that there is something at a place."""
    for number, name in enumerate(path):
        if number:
            schema["type"] = "object"
        schema["required"] = [*dict.fromkeys((*schema.get("required", ()), name))]
        if number + 1 < len(path):
            properties = schema["properties"] = dict(schema.get("properties", {}))
            schema = properties[name] = dict(properties.get(name, {}))


def _unsayable(what: str) -> UsageError:
    where = "pages for people (--format html, markdown) say where each attribute stands"
    return UsageError(f"{what} of a whole notification cannot be said of an event: {where}")
