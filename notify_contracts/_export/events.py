"""Schemas of notifications as schemas of the events in which a service sends them."""

from collections.abc import Mapping
from typing import Any

from notify_contracts.errors import UsageError
from notify_contracts.wire.envelopes import EnvelopeForm

_WORDS = frozenset(("$comment", "title", "description", "examples"))
_ALIKE = _WORDS | {"type", "additionalProperties"}
_OF_A_CONSTANT = _WORDS | {"type", "const", "enum"}
_SINGLE = frozenset(("if", "then", "else", "not"))
_SEVERAL = frozenset(("allOf", "anyOf", "oneOf"))
_NEVER: Mapping[str, Any] = {"not": {}}
_ELSEWHERE = "pages for people (--format html, markdown) say where each attribute stands"


class EventSchemas:
    """Makes of what is said of a notification what is so said of its event.

    `envelope` is what may be referred to, for that is made so, too. Raise UsageError for a form in which an attribute
    is neither one member of the event nor the same in all.
    """

    def __init__(self, form: EnvelopeForm, envelope: str) -> None:
        if form.members is None:
            raise UsageError(
                f"an attribute of its envelope is not one member of an event, which no schema can say: {_ELSEWHERE}"
            )
        self._form = form
        self._envelope = envelope
        self._names = {**form.members, **{f"{name}_": name for name in (*form.members, *form.constants)}}

    def made(self, schema: Any) -> Any:
        """Return the schema of the event; raise UsageError for a rule that says something else of its members."""
        if not isinstance(schema, Mapping):
            return schema
        made: dict[str, Any] = {}
        for keyword, value in schema.items():
            if keyword == "properties":
                if not all(self._allows(name, value[name]) for name in self._form.constants if name in value):
                    return _NEVER
                made[keyword] = {
                    self._name(name): one for name, one in value.items() if name not in self._form.constants
                }
            elif keyword == "required":
                made[keyword] = [self._name(name) for name in value if name not in self._form.constants]
            elif keyword in _SINGLE:
                made[keyword] = self.made(value)
            elif keyword in _SEVERAL:
                made[keyword] = [self.made(one) for one in value]
            elif keyword in _ALIKE or (keyword, value) == ("$ref", self._envelope):
                made[keyword] = value
            else:
                raise _unsayable(keyword)
        if "examples" in made:
            made["examples"] = [self._form.write(one) for one in made["examples"]]
        return made

    def _name(self, name: str) -> str:
        return self._names.get(name, name)

    def _allows(self, attribute: str, schema: Any) -> bool:
        """Whether what is the same in all events keeps what is said of it."""
        if not isinstance(schema, Mapping):
            return bool(schema)
        for keyword in schema.keys() - _OF_A_CONSTANT:
            raise _unsayable(keyword)
        value = self._form.constants[attribute]
        return value == schema.get("const", value) and value in schema.get("enum", [value])


def _unsayable(keyword: str) -> UsageError:
    return UsageError(f"{keyword} of a whole notification cannot be said of an event: {_ELSEWHERE}")
