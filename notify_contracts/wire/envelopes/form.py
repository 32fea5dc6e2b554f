"""How a service writes the envelope, as a table; its events read by that as notifications, and written again."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable
from notify_contracts.errors import UsageError
from notify_contracts.model import ENVELOPE_ATTRIBUTES
from notify_contracts.wire.envelopes.naming import is_plain, named_in_json, named_in_print, named_somehow
from notify_contracts.wire.envelopes.otherwise import Names, names_of
from notify_contracts.wire.envelopes.places import MISSING, Path, path_of, put, take_out, value_at
from notify_contracts.wire.envelopes.sources import HOLE, Source

ASYNCAPI_MEMBER = "x-envelope"  # in which our own export states a form, as ``catalog.json`` does

_TEMPLATE = re.compile(r"(?:[^{}]|\{(?:/[^{}]*)?\})+")
_NEEDED = ("event_type", "priority", "payload")
_AS_IT_IS = frozenset(_NEEDED)  # what a notification has that is one without being read by any form
_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_ENOUGH = 3  # as many of a notification's own attributes make an object one
_DEEPEST = 32

_Read = tuple[dict[str, Any], dict[str, Any]]
"""What was read of an event, by attribute, and what was not."""


@dataclass(frozen=True)
class EnvelopeForm:
    """Where in an event of a service each attribute of a notification stands.

    `templates` has for each attribute a text in which JSON Pointers (RFC 6901) stand in braces: ``{/data}`` alone is
    the value at that place, ``{}`` the whole event, ``order.{/action}`` a text with a value in it, and ``INFO`` what
    is the same in all events. An attribute that it lacks is in no event. What else is in an event stays in the
    envelope under its own name; where that is one of these attributes', or such a one with ``_``, with one more ``_``.

    Events of the `foreign` event types are those of another service, which has them in another envelope.
    """

    templates: Mapping[str, str]
    foreign: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Return the same for forms that are equal, whichever process made them."""
        return hash(frozenset(self.templates.items()))

    @classmethod
    def stated(cls, stated: object) -> "EnvelopeForm":
        """Return the form that is stated by a JSON object; raise UsageError, saying what is wrong with it."""
        if not isinstance(stated, Mapping):
            raise UsageError(
                f'the envelope is stated by an object, {{"event_type": "{{/type}}", …}}: found {_shown(stated)}'
            )
        for name, template in stated.items():
            _require_template(name, template)
        for name in _NEEDED:
            if name not in stated:
                raise UsageError(f'it does not say where {name} stands: add one such as "{name}": "{_EXAMPLES[name]}"')
        if not HOLE.fullmatch(stated["payload"]):
            raise UsageError(f"expected payload to be one place, such as {{/data}}: found {_shown(stated['payload'])}")
        if not HOLE.search(stated["event_type"]):
            raise UsageError(
                "expected event_type to have a place in it, such as {/type}, by which events are told apart"
            )
        form = cls({name: stated[name] for name in ENVELOPE_ATTRIBUTES if name in stated})
        if not form._renamed:
            raise UsageError(
                "its events have event_type, priority and payload themselves, so they are read as notifications: "
                "leave the envelope out"
            )
        return form

    @cached_property
    def constants(self) -> Mapping[str, str]:
        """What is the same in all events, by attribute."""
        return {source.attribute: source.template for source in self.sources if not source.paths}

    @cached_property
    def members(self) -> Mapping[str, str] | None:
        """The member of an event in which each other attribute stands; None where one stands otherwise."""
        placed = [source for source in self.sources if source.paths]
        if not all(source.is_moved and len(source.paths[0]) == 1 for source in placed):
            return None
        return {source.attribute: source.paths[0][0] for source in placed}

    def likeness(self, event: Mapping[str, Any]) -> float:
        """Return which share of the places that are named is in an event."""
        named = [path for path in self._paths if path]
        return sum(value_at(event, path) is not MISSING for path in named) / len(named)

    def read(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the envelope of a notification that an event is; None for what is none of these events.

        It is one if three of the places are in it, or all of fewer, if it is or holds no notification as it is, and
        has no foreign event type.
        """
        if "event_type" in event and (self._payload or "payload" in event) and self.is_rather_read(event):
            return None
        read = self._taken_apart(event) if self.members is None else self._taken_out(event, self.members)
        if read is None:
            return None
        envelope, rest = read
        payload = envelope.get("payload")
        if isinstance(payload, (dict, Mapping)) and ("oslo.message" in payload or payload.keys() >= _AS_IT_IS):
            return None
        if self.foreign and isinstance(kind := envelope.get("event_type"), str) and kind in self.foreign:
            return None
        if not self.templates.keys().isdisjoint(rest) or any(name.endswith("_") for name in rest):
            rest = {self.name_for(name): value for name, value in rest.items()}
        return envelope | rest

    def _taken_out(self, event: Mapping[str, Any], members: Mapping[str, str]) -> _Read | None:
        """Return the attributes that are members of an event, and the rest of it; quick."""
        envelope = {attribute: event[name] for attribute, name in members.items() if name in event}
        if len(envelope) < self.enough:
            return None
        return {**envelope, **self.constants}, {name: event[name] for name in event if name not in self._taken}

    def _taken_apart(self, event: Mapping[str, Any]) -> _Read | None:
        """Return the attributes, wherever they are in an event, and the rest of it."""
        values = {path: value_at(event, path) for path in self._paths}
        if sum(value is not MISSING for value in values.values()) < self.enough:
            return None
        envelope, rest = {}, {} if not self._payload else dict(event)
        for source in self.sources:
            found = [values[path] for path in source.paths]
            if MISSING in found:
                continue
            envelope[source.attribute] = source.filled(found)
            if source.is_moved and rest:
                take_out(rest, source.paths[0])
        return envelope, rest

    def is_rather_read(self, event: Mapping[str, Any]) -> bool:
        """Whether an object has more of the names that notifications alone have than of the places of events alone."""
        names = sum(name in event for name in self._renamed)
        return names > sum(value_at(event, path) is not MISSING for path in self._own)

    def seems_in(self, text: str, *, printed: bool) -> bool:
        """Whether as many of its places as make an event are named as keys in JSON, or `printed` in any way."""
        enough = min(self.enough, len(self.keys))
        if sum(key in text for key in self._plain) < enough - len(self.keys) + len(self._plain):  # nearly always
            return False
        return len(frozenset((self._named if printed else self._in_json).findall(text))) >= enough

    def seems_printed_in(self, text: str) -> bool:
        """Whether all of its places, but the payload's, are named in a print that is not JSON; no if they are few."""
        if len(self.keys) < _ENOUGH:
            return False
        return frozenset(self._in_print.findall(text)) >= self.keys.difference(self._payload[-1:])

    def write(self, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """Return the event that is read as this envelope, as far as there is one.

        What an attribute is made of, and stands elsewhere in the event, too, is as the attribute says.
        """
        event: dict[str, Any] = {}
        if not self._payload and isinstance(payload := envelope.get("payload"), Mapping):
            event.update(payload)
        else:
            for name, value in envelope.items():
                if name not in self.templates:
                    event[self.name_of(name)] = value
            for source in self.sources:
                if source.is_moved and source.attribute in envelope:
                    put(event, source.paths[0], envelope[source.attribute])
        for source in self.sources:
            if source.paths and not source.is_moved and source.attribute in envelope:
                source.put_again(event, envelope[source.attribute], self._moved)
        return event

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where each attribute stands, in the order of the templates."""
        payload = self._payload
        sources = []
        moved: set[Path] = set()
        for attribute, template in self.templates.items():
            paths = tuple(map(path_of, HOLE.findall(template)))
            is_one_place = HOLE.fullmatch(template) is not None
            is_outside = is_one_place and paths[0][: len(payload)] != payload and paths[0] not in moved
            if is_moved := is_outside or attribute == "payload":
                moved.add(paths[0])
            sources.append(Source(attribute, template, paths, is_one_place, is_moved))
        return tuple(sources)

    @cached_property
    def _moved(self) -> frozenset[Path]:
        return frozenset(source.paths[0] for source in self.sources if source.is_moved)

    @cached_property
    def _payload(self) -> Path:
        return path_of(self.templates["payload"][1:-1])

    @cached_property
    def _paths(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(path for source in self.sources for path in source.paths))

    @cached_property
    def _renamed(self) -> frozenset[str]:
        """The attributes that only a notification has under their own names: no member of an event is called so."""
        roots = {path[0] for path in self._paths if path}
        return frozenset(self.templates).difference(roots)

    @cached_property
    def _own(self) -> tuple[Path, ...]:
        """The places at which only an event has something: what is moved from there has another name then."""
        moved = (source.paths[0] for source in self.sources if source.is_moved)
        places = moved if self._payload else self._paths
        return tuple(path for path in dict.fromkeys(places) if path and path[0] not in _ATTRIBUTES)

    def places_of(self, name: str) -> tuple[str, ...]:
        """Return the JSON Pointers to what in an event makes a member of the envelope: none if it is in no event."""
        return tuple(HOLE.findall(self.templates[name])) if name in self.templates else (f"/{self.name_of(name)}",)

    def name_for(self, member: str) -> str:
        """Return the name in the envelope of a member of an event that is no attribute."""
        return f"{member}_" if member.rstrip("_") in self.templates else member

    def name_of(self, other: str) -> str:
        """Return the name in an event of what has a name in the envelope that is no attribute's."""
        return other.removesuffix("_") if other.rstrip("_") in self.templates else other

    @property
    def is_flat(self) -> bool:
        """Whether the whole event is the payload."""
        return not self._payload

    def names_event_type(self, event: Mapping[str, Any]) -> bool:
        """Whether what tells the event type is in an event."""
        return not any(value_at(event, path) is MISSING for path in self._event_type)

    @cached_property
    def roots(self) -> frozenset[str]:
        """The members of an event in which its places are."""
        return frozenset(path[0] for path in self._paths if path)

    @cached_property
    def _taken(self) -> frozenset[str]:
        return frozenset((self.members or {}).values())

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names by which the places are told in a text."""
        return frozenset(path[-1] for path in self._paths if path)

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        """The names that JSON writes as they are."""
        return tuple(filter(is_plain, self.keys))

    @cached_property
    def _event_type(self) -> tuple[Path, ...]:
        return next(source.paths for source in self.sources if source.attribute == "event_type")

    @cached_property
    def names(self) -> Names | None:
        """What tells an event by its names where they are written otherwise; None where nothing does."""
        return names_of(self._paths, self._payload)

    @cached_property
    def _in_json(self) -> re.Pattern[str]:
        return named_in_json(self.keys)

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return named_somehow(self.keys)

    @cached_property
    def _in_print(self) -> re.Pattern[str]:
        return named_in_print(self.keys)

    @cached_property
    def enough(self) -> int:
        """How many places must be there, the whole event among them where that is the payload."""
        named = sum(bool(path) for path in self._paths)
        return min(named, _ENOUGH) + (len(self._paths) - named)


def _require_template(name: object, template: object) -> None:
    if name not in _ATTRIBUTES:
        raise UsageError(f"{_shown(name)} is no attribute: there are {', '.join(ENVELOPE_ATTRIBUTES)}")
    if not isinstance(template, str) or not _TEMPLATE.fullmatch(template):
        what = "a text in which JSON Pointers stand in braces, such as {/data/id}"
        raise UsageError(f"expected {name} to be {what}: found {_shown(template)}")
    if name != "payload" and "{}" in template:
        raise UsageError(f"expected {name} to be a place in an event: {{}}, the whole of it, is for payload")
    if any(pointer.count("/") > _DEEPEST for pointer in HOLE.findall(template)):
        raise UsageError(f"{name} stands too deep: a place is within {_DEEPEST} members at most")


_EXAMPLES = {"event_type": "{/type}", "priority": "INFO", "payload": "{/data}"}


def _shown(value: object) -> str:
    return printable(repr(value))[:60]
