"""``gnocchi_resources.yaml``: which events begin, change or end a resource.

Attributes of events are names of traits, so definitions of events say what is read. What samples tell of resources is
a copy of the payload, of which nothing is required: that is left out. Source: ceilometer.publisher.gnocchi 27.0.0.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from notify_contracts._comparison.needs.matching import Pattern
from notify_contracts._comparison.needs.model import Effect, Need, Origin, Read
from notify_contracts._comparison.needs.reading.ceilometer.events import PRIORITIES, Definition
from notify_contracts._comparison.needs.reading.wrong import (
    WrongError,
    line_of,
    mapping_of,
    texts_of,
    word_of,
)

_EVENTS = ("event_create", "event_update", "event_delete")
_IDENTITY = "id"


def needs_of_resources(content: Any, file: str, definitions: Sequence[Definition]) -> Iterator[Need]:
    """Yield what resources need of the events that they follow; raise `WrongError`, saying where, for what is wrong."""
    resources = mapping_of(content, Origin(file), "resources").get("resources")
    if not isinstance(resources, list):
        raise WrongError(Origin(file), "expected a list under resources")
    for one in resources:
        origin = Origin(file, line_of(one))
        resource = mapping_of(one, origin, "a resource")
        events = [text for name in _EVENTS if name in resource for text in texts_of(resource[name], origin, name)]
        attributes = mapping_of(resource.get("event_attributes") or {}, origin, "event_attributes")
        if events:
            if _IDENTITY not in attributes:
                raise WrongError(origin, "event_attributes of a resource with events has no id")
            kind = word_of(resource.get("resource_type"), origin, "resource_type")
            purpose, only = f"resource {kind}", tuple(map(Pattern, events))
            yield from _needs(purpose, only, attributes, _relevant(definitions, only), origin)


def _relevant(definitions: Sequence[Definition], events: Sequence[Pattern]) -> Sequence[Definition]:
    """Return the definitions that may be for one of these events: all of them where events are not named in full."""
    if any(event.is_wild for event in events):
        return definitions
    return [one for one in definitions if any(one.need().matches(event.text) for event in events)]


def _needs(
    purpose: str,
    only: tuple[Pattern, ...],
    attributes: Mapping[str, Any],
    definitions: Sequence[Definition],
    origin: Origin,
) -> Iterator[Need]:
    """Yield a need for each definition, the last of which counts that matches an event."""
    for definition in definitions:
        reads = tuple(
            read
            for attribute, trait in attributes.items()
            for read in _reads(
                f"{purpose}, {attribute}",
                attribute,
                definition.traits.get(word_of(trait, origin, f"event_attributes, {attribute},")),
                origin,
            )
        )
        yield Need(definition.included, reads, definition.excluded, only, PRIORITIES, purpose, purpose, origin)


def _reads(purpose: str, attribute: str, trait: Sequence[Read] | None, origin: Origin) -> Iterator[Read]:
    """Yield what an attribute reads by way of a trait; without its id no resource is found, and the event is lost."""
    is_identity = attribute == _IDENTITY
    for read in trait or ():
        absent = Effect.FAILS if is_identity else Effect.LOST
        yield replace(read, absent=absent, purpose=purpose, origin=origin)
    if trait is None and is_identity:
        unclear = "no definition of an event has such a trait"
        yield Read((), {}, Effect.FAILS, Effect.FAILS, unclear=unclear, purpose=purpose, origin=origin)
