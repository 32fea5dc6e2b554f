"""How a service writes the envelope, as a table; its events read by that as notifications, and written again."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._untrusted import expression, printable
from notify_contracts.errors import UsageError
from notify_contracts.model import ENVELOPE_ATTRIBUTES
from notify_contracts.wire.envelopes.places import MISSING, Path, path_of, put, take_out, value_at

_HOLE = re.compile(r"\{((?:/[^{}]*)?)\}")
_TEMPLATE = re.compile(r"(?:[^{}]|\{(?:/[^{}]*)?\})+")
_NEEDED = ("event_type", "priority", "payload")
_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_ENOUGH = 3  # as many of a notification's own attributes make an object one
_DEEPEST = 32
_OSLO = "oslo.message"

_Read = tuple[dict[str, Any], dict[str, Any]]
"""What was read of an event, by attribute, and what was not."""


class _Source(NamedTuple):
    """Where one attribute stands: at one place, from which it is moved or copied; or a text with several in it."""

    attribute: str
    template: str
    paths: tuple[Path, ...]
    is_one_place: bool
    is_moved: bool


@dataclass(frozen=True, eq=False)  # a table has no hash; there is one for each catalog
class EnvelopeForm:
    """Where in an event of a service each attribute of a notification stands.

    `templates` has for each attribute a text in which JSON Pointers (RFC 6901) stand in braces: ``{/data}`` alone is
    the value at that place, ``{}`` the whole event, ``order.{/action}`` a text with a value in it, and ``INFO`` what
    is the same in all events. An attribute that it lacks is in no event. What else is in an event stays in the
    envelope under its own name; where that is one of these attributes', with ``_`` behind it.
    """

    templates: Mapping[str, str]

    @classmethod
    def stated(cls, stated: object) -> "EnvelopeForm":
        """Return the form that is stated by a JSON object; raise UsageError, saying what is wrong with it."""
        if not isinstance(stated, Mapping):
            raise UsageError(
                f'the envelope is stated by an object, {{"event_type": "{{/type}}", …}}: found {_shown(stated)}'
            )
        for name, template in stated.items():
            if name not in _ATTRIBUTES:
                raise UsageError(f"{_shown(name)} is no attribute: there are {', '.join(ENVELOPE_ATTRIBUTES)}")
            if not isinstance(template, str) or not _TEMPLATE.fullmatch(template):
                what = "a text in which JSON Pointers stand in braces, such as {/data/id}"
                raise UsageError(f"expected {name} to be {what}: found {_shown(template)}")
            if any(pointer.count("/") > _DEEPEST for pointer in _HOLE.findall(template)):
                raise UsageError(f"{name} stands too deep: a place is within {_DEEPEST} members at most")
        for name in _NEEDED:
            if name not in stated:
                raise UsageError(f"it does not say where {name} stands: add one such as {_EXAMPLES[name]}")
        if not _HOLE.fullmatch(stated["payload"]):
            raise UsageError(f"expected payload to be one place, such as {{/data}}: found {_shown(stated['payload'])}")
        if not _HOLE.search(stated["event_type"]):
            raise UsageError(
                "expected event_type to have a place in it, such as {/type}, by which events are told apart"
            )
        return cls({name: stated[name] for name in ENVELOPE_ATTRIBUTES if name in stated})

    @cached_property
    def constants(self) -> Mapping[str, str]:
        """What is the same in all events, by attribute."""
        return {source.attribute: source.template for source in self._sources if not source.paths}

    @cached_property
    def members(self) -> Mapping[str, str] | None:
        """The member of an event in which each other attribute stands; None where one stands otherwise."""
        placed = [source for source in self._sources if source.paths]
        if not all(source.is_moved and len(source.paths[0]) == 1 for source in placed):
            return None
        return {source.attribute: source.paths[0][0] for source in placed}

    def likeness(self, event: Mapping[str, Any]) -> float:
        """Return which share of the places that are named is in an event."""
        named = [path for path in self._paths if path]
        return sum(value_at(event, path) is not MISSING for path in named) / len(named)

    def read(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the envelope of a notification that an event is; None for what is none of these events.

        It is one if three of the places are in it, or all of fewer, and if it does not hold a notification as it is.
        """
        if _is_as_it_is(event) and self._own.isdisjoint(event):
            return None
        read = self._taken_apart(event) if self.members is None else self._taken_out(event, self.members)
        if read is None:
            return None
        envelope, rest = read
        payload = envelope.get("payload")
        if isinstance(payload, Mapping) and (_OSLO in payload or _is_as_it_is(payload)):
            return None
        if not rest.keys().isdisjoint(self.templates):
            rest = {f"{name}_" if name in self.templates else name: value for name, value in rest.items()}
        return envelope | rest

    def _taken_out(self, event: Mapping[str, Any], members: Mapping[str, str]) -> _Read | None:
        """Return the attributes that are members of an event, and the rest of it; quick."""
        envelope, rest = {}, dict(event)
        for attribute, name in members.items():
            if name in rest:
                envelope[attribute] = rest.pop(name)
        return ({**envelope, **self.constants}, rest) if len(envelope) >= self._enough else None

    def _taken_apart(self, event: Mapping[str, Any]) -> _Read | None:
        """Return the attributes, wherever they are in an event, and the rest of it."""
        values = {path: value_at(event, path) for path in self._paths}
        if sum(value is not MISSING for value in values.values()) < self._enough:
            return None
        envelope, rest = {}, {} if not self._payload else dict(event)
        for source in self._sources:
            found = [values[path] for path in source.paths]
            if MISSING in found:
                continue
            envelope[source.attribute] = found[0] if source.is_one_place else _filled(source.template, found)
            if source.is_moved and rest:
                take_out(rest, source.paths[0])
        return envelope, rest

    def seems_in(self, text: str, *, printed: bool) -> bool:
        """Whether as many of its places as make an event are named as keys in JSON, or `printed` in any way."""
        enough = min(self._enough, len(self._keys))
        if sum(key in text for key in self._keys) < enough:  # nearly always, and soon known
            return False
        return len(frozenset((self._printed if printed else self._quoted).findall(text))) >= enough

    def write(self, envelope: Mapping[str, Any]) -> dict[str, Any]:
        """Return the event that is read as this envelope.

        What an attribute is made of, and stands elsewhere in the event, too, is as the attribute says.
        """
        event: dict[str, Any] = {}
        if not self._payload and isinstance(payload := envelope.get("payload"), Mapping):
            event = dict(payload)
            self._agree(event, envelope)
            return event
        for name, value in envelope.items():
            if name not in self.templates:
                event[name[:-1] if name[:-1] in self.templates and name[-1] == "_" else name] = value
        for source in self._sources:
            if source.is_moved and source.attribute in envelope:
                put(event, source.paths[0], envelope[source.attribute])
        self._agree(event, envelope)
        return event

    def _agree(self, event: dict[str, Any], envelope: Mapping[str, Any]) -> None:
        """Put into an event the values of which texts of its envelope are made, where others stand in it."""
        for source in self._sources:
            text = envelope.get(source.attribute)
            if source.is_moved or not source.paths or not isinstance(text, str):
                continue
            values = [value_at(event, path) for path in source.paths]
            if text == (values[0] if source.is_one_place else _filled(source.template, values)):
                continue
            for path, value, part in zip(source.paths, values, _parts(source.template, text), strict=False):
                if path not in self._moved and _may_stand(event, path):
                    put(event, path, int(part) if isinstance(value, int) and part.isdecimal() else part)

    @cached_property
    def _sources(self) -> tuple[_Source, ...]:
        payload = self._payload
        sources = []
        moved: set[Path] = set()
        for attribute, template in self.templates.items():
            paths = tuple(map(path_of, _HOLE.findall(template)))
            is_one_place = _HOLE.fullmatch(template) is not None
            is_outside = is_one_place and paths[0][: len(payload)] != payload and paths[0] not in moved
            if is_moved := is_outside or attribute == "payload":
                moved.add(paths[0])
            sources.append(_Source(attribute, template, paths, is_one_place, is_moved))
        return tuple(sources)

    @cached_property
    def _moved(self) -> frozenset[Path]:
        return frozenset(source.paths[0] for source in self._sources if source.is_moved)

    @cached_property
    def _payload(self) -> Path:
        return path_of(self.templates["payload"][1:-1])

    @cached_property
    def _paths(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(path for source in self._sources for path in source.paths))

    @cached_property
    def _own(self) -> frozenset[str]:
        """The members of an event that tell it from a notification as it is: those that are called otherwise."""
        placed = ((source, path) for source in self._sources for path in source.paths if path)
        return frozenset(path[0] for source, path in placed if path != (source.attribute,))

    @cached_property
    def _keys(self) -> frozenset[str]:
        """The names by which the places are told in a text."""
        return frozenset(path[-1] for path in self._paths if path)

    @cached_property
    def _quoted(self) -> re.Pattern[str]:
        return expression(rf'"({"|".join(map(re.escape, self._keys))})\\*"\s{{0,9}}:')

    @cached_property
    def _printed(self) -> re.Pattern[str]:
        return expression(
            rf"""(?<![\w-])({"|".join(map(re.escape, self._keys))})(?:\\*["']{{1,2}}|&quot;)?\s{{0,9}}[:=]"""
        )

    @cached_property
    def _enough(self) -> int:
        """How many places must be there, the whole event among them where that is the payload."""
        named = sum(bool(path) for path in self._paths)
        return min(named, _ENOUGH) + (len(self._paths) - named)


_EXAMPLES = {
    "event_type": '"event_type": "{/type}"',
    "priority": '"priority": "INFO"',
    "payload": '"payload": "{/data}"',
}


def _shown(value: object) -> str:
    return printable(repr(value))[:60]


def _is_as_it_is(value: Mapping[str, Any]) -> bool:
    """Whether an object is a notification without being read by any form."""
    return "event_type" in value and "priority" in value and "payload" in value


def _parts(template: str, text: str) -> tuple[str, ...]:
    """Return the values with which a template is `text`, short ones first; nothing where it cannot be."""
    first, *between, last = _HOLE.split(template)[::2]
    if not text.startswith(first) or not text.endswith(last) or "" in between:
        return ()
    parts, rest = [], text[len(first) : len(text) - len(last)]
    for literal in between:
        part, found, rest = rest.partition(literal)
        if not found:
            return ()
        parts.append(part)
    return (*parts, rest)


def _may_stand(event: Mapping[str, Any], path: Path) -> bool:
    """Whether what is on the way to a place is nothing but objects."""
    way = (value_at(event, path[:number]) for number in range(1, len(path)))
    return all(each is MISSING or isinstance(each, Mapping) for each in way)


def _filled(template: str, values: list[Any]) -> str | None:
    """Return a template with its values; None where one of them is neither a text nor a whole number."""
    if not all(isinstance(value, str | int) and not isinstance(value, bool) for value in values):
        return None
    following = iter(values)
    return _HOLE.sub(lambda _: str(next(following)), template)
