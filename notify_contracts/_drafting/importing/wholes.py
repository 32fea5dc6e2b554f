"""Messages whose content is a whole notification: the schemas that say so together, and which of them all share."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.importing.asyncapi_messages import Message
from notify_contracts._drafting.importing.structured import Places, bare
from notify_contracts._drafting.importing.translating import WORDS, rules_in
from notify_contracts._schema import at, listed
from notify_contracts._untrusted import printable
from notify_contracts.errors import SourceError
from notify_contracts.model import ENVELOPE_ATTRIBUTES

_READ = WORDS.union(("allOf", "properties", "required", "type"))  # of a schema of a whole notification
_FIXED = ("event_type", "priority")  # each contract has one of the texts that these may be
_READ_OF_FIXED = frozenset(("allOf", "const", "enum", "type"))
MOST = 1000  # schemas that speak of one notification, and notifications of which one message may be any

Pointer = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One of the schemas that speak of the whole notification; `within` are the references that lead to it.

    What stands `beside` a reference counts nowhere, and is told.
    """

    where: str
    schema: Mapping[str, Any]
    within: tuple[Pointer, ...]
    places: Places
    beside: tuple[str, ...] = ()

    def properties(self) -> Iterator[tuple[str, Any]]:
        """Yield the envelope's attributes of which it speaks, and what it says."""
        stated = self.schema.get("properties")
        for name, each in stated.items() if isinstance(stated, Mapping) else ():
            if name in ENVELOPE_ATTRIBUTES:
                yield name, each

    def texts(self, name: str) -> Sequence[str]:
        """Return the texts to which it restricts an attribute, none if it does not."""
        values = [listed(part.schema) for part in self._saying(name)]
        return _in_each([each for each in values if each and all(isinstance(text, str) for text in each)])

    def unsaid(self) -> Iterator[str]:
        """Yield what else it says, which no contract can."""
        yield from (keyword for keyword in self.schema if keyword not in _READ)
        stated = self.schema.get("properties")
        for name in stated if isinstance(stated, Mapping) else ():
            if name not in ENVELOPE_ATTRIBUTES:
                yield f"properties/{name}"
        for name in _FIXED:
            more = (
                keyword
                for part in self._saying(name)
                for keyword in (*rules_in(part.schema), *part.beside)
                if keyword not in _READ_OF_FIXED
            )
            yield from (f"properties/{name}/{keyword}" for keyword in dict.fromkeys(more))

    def _saying(self, name: str) -> tuple["Part", ...]:
        """Return the schemas that say together what an attribute is."""
        return all_parts(self.places, dict(self.properties()).get(name), f"{self.where}/properties/{name}")


@dataclass(frozen=True)
class Whole:
    """A notification as several schemas say it."""

    parts: tuple[Part, ...]

    def beside(self, base: Pointer | None) -> list[Part]:
        """Return the parts that are not those of the base."""
        return [part for part in self.parts if base not in part.within]

    def required(self) -> frozenset[str]:
        """Return the attributes that it must have."""
        stated = (part.schema.get("required") for part in self.parts)
        return frozenset(name for each in stated if isinstance(each, list) for name in each if isinstance(name, str))

    def constant(self, name: str) -> str | None:
        """Return the one text that an attribute may be, None if there may be others."""
        one = (texts for part in self.parts if len(texts := part.texts(name)) == 1)
        return next(one, (None,))[0]

    def texts(self, name: str, base: Pointer | None) -> Sequence[str]:
        """Return the texts that an attribute may be, none if there may be others.

        What the base lists of an attribute is what any notification may have, and not what this one has.
        """
        constant = self.constant(name)
        if constant is not None:
            return (constant,)
        return _in_each([texts for part in self.beside(base) if (texts := part.texts(name))])


def _in_each(lists: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the texts that all of several lists have, none of no lists."""
    return [text for text in dict.fromkeys(lists[0]) if all(text in texts for texts in lists)] if lists else ()


def whole(places: Places, message: Message) -> Whole | None:
    """Return the notification that a message's content is, None if it is none."""
    parts = all_parts(places, message.schema, message.place)
    named = {name for part in parts for name, _ in part.properties()}
    return Whole(parts) if {"event_type", "payload"} <= named else None


def common_base(places: Places, wholes: Sequence[Whole | None]) -> Pointer | None:
    """Return the place of the schema that all notifications share and that says of itself what a notification is."""
    found: dict[Pointer, int] = {}
    for each in wholes:
        for pointer in {pointer for part in each.parts for pointer in part.within} if each else ():
            found[pointer] = found.get(pointer, 0) + 1
    for pointer, count in sorted(found.items()):
        if count < len(wholes):
            continue
        own = Whole(all_parts(places, at(places.document, pointer), "/".join(pointer)))
        named = {name for part in own.parts for name, _ in part.properties()}
        if {"event_type", "priority"} <= named and own.constant("event_type") is None:
            return pointer
    return None


def all_parts(places: Places, schema: Any, where: str) -> tuple[Part, ...]:
    """Return the schemas that hold of the same value; raise SourceError where a few stand for billions."""
    parts = tuple(islice(_parts(places, schema, where, ()), MOST + 1))
    if len(parts) > MOST:
        what = f"more than {MOST:,} schemas speak of one value, each counted as often as it is referred to"
        raise SourceError(f"{printable(where)}: {what}: take some out of its allOf")
    return parts


def _parts(places: Places, schema: Any, where: str, within: tuple[Pointer, ...]) -> Iterator[Part]:
    """Yield the schemas that hold of the same value, in their order."""
    schema = bare(schema)
    if not isinstance(schema, Mapping) or len(within) > MOST:
        return
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if beside := tuple(rules_in(schema)):
            yield Part(where, {}, within, places, beside)
        pointer = places.pointer(reference)
        if pointer is not None and pointer not in within:
            yield from _parts(places, at(places.document, pointer), "/".join(pointer), (*within, pointer))
        return
    yield Part(where, schema, within, places)
    several = schema.get("allOf")
    for number, each in enumerate(several if isinstance(several, list) else ()):
        yield from _parts(places, each, f"{where}/allOf/{number}", within)
