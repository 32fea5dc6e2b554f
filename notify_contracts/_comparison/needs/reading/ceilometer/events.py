"""``event_definitions.yaml``: which events become what, trait by trait; source: ceilometer.event.converter 27.0.0."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from notify_contracts._comparison.needs.matching import Pattern
from notify_contracts._comparison.needs.model import Effect, Need, Origin, Read
from notify_contracts._comparison.needs.reading.ceilometer.forms import TRAITS
from notify_contracts._comparison.needs.reading.ceilometer.paths import Taken, taken
from notify_contracts._comparison.needs.reading.wrong import (
    WrongError,
    bounded,
    line_of,
    mapping_of,
    texts_of,
    word_of,
)

GROUP = "event definitions"
PRIORITIES = frozenset(("INFO", "ERROR"))
"""The priorities of which Ceilometer makes events."""

_DEFAULTS: Mapping[str, Any] = {
    "service": {"fields": "publisher_id"},
    "request_id": {"fields": "ctxt.request_id"},
    "project_id": {"fields": ["payload.tenant_id", "ctxt.project_id"]},
    "user_id": {"fields": ["payload.user_id", "ctxt.user_id"]},
    "tenant_id": {"fields": ["payload.tenant_id", "ctxt.project_id"]},
}
"""Each definition has these traits, too, unless it says otherwise."""


class Definition(NamedTuple):
    """One definition: the globs of its event types, and what its traits read, by their names."""

    included: tuple[Pattern, ...]
    excluded: tuple[Pattern, ...]
    traits: Mapping[str, Sequence[Read]]
    origin: Origin

    @property
    def is_catchall(self) -> bool:
        """Whether nothing is left for what no definition matches."""
        return Pattern("*") in self.included and not self.excluded

    def size(self) -> int:
        """Return how many event types and places there are."""
        return len(self.included) + len(self.excluded) + sum(map(len, self.traits.values()))

    def need(self) -> Need:
        """Return what is read of the events that the definition is for."""
        reads = tuple(read for several in self.traits.values() for read in several)
        return Need(self.included, reads, self.excluded, (), PRIORITIES, GROUP, "", self.origin)


def definitions(content: Any, file: str) -> Sequence[Definition]:
    """Return the definitions in the content of such a file, in their order: the last that matches counts.

    Raise `WrongError`, saying where, for what Ceilometer refuses.
    """
    if not isinstance(content, list):
        raise WrongError(Origin(file), "expected a list of event definitions")
    found = list(bounded((_definition(one, file) for one in content), Definition.size, Origin(file)))
    if not any(one.is_catchall for one in found):
        found.insert(0, _definition({"event_type": "*", "traits": {}}, file))
    return found


def _definition(one: Any, file: str) -> Definition:
    origin = Origin(file, line_of(one))
    entries = mapping_of(one, origin, "an event definition")
    types = texts_of(entries.get("event_type"), origin, "event_type")
    traits = mapping_of(entries.get("traits"), origin, "traits")
    included = [Pattern(text) for text in types if not text.startswith("!")]
    excluded = [Pattern(text[1:]) for text in types if text.startswith("!")]
    if excluded and not included:
        included = [Pattern("*")]
    every = {**_DEFAULTS, **traits}
    return Definition(
        tuple(included),
        tuple(excluded),
        {str(name): tuple(_reads(str(name), trait, origin)) for name, trait in every.items()},
        origin,
    )


def _reads(name: str, trait: Any, origin: Origin) -> Iterator[Read]:
    """Yield what a trait reads; raise `WrongError` for one that Ceilometer refuses."""
    line = line_of(trait)
    here = origin if line is None else Origin(origin.file, line)
    settings = trait if isinstance(trait, Mapping) else {"fields": trait}
    if "fields" not in settings:
        raise WrongError(here, f"the trait {name} has no fields")
    kind = word_of(settings.get("type", "text"), here, f"the type of the trait {name}").lower()
    if kind not in TRAITS:
        raise WrongError(here, f"the trait {name} has a type other than {', '.join(TRAITS)}")
    yield from _of_trait(f"trait {name}", kind, settings, here)


def _of_trait(purpose: str, kind: str, settings: Mapping[str, Any], here: Origin) -> Iterator[Read]:
    found = taken(settings["fields"])
    if unclear := found.unclear or _unclear(found, kind, settings.get("plugin")):
        yield Read((), {}, Effect.LOST, Effect.FAILS, unclear=unclear, purpose=purpose, origin=here)
        return
    yield from found.reads(Read((), TRAITS[kind], Effect.LOST, Effect.FAILS, kind != "text", "", purpose, here))


def _unclear(found: Taken, kind: str, plugin: Any) -> str:
    """Return why nobody can tell what becomes of what is taken; empty if it is clear."""
    if plugin:
        return "what its plugin makes of it is not understood"
    if found.is_nothing:
        return "a message has no such place at its top: it never comes"
    if kind != "text" and (found.form or found.has_items):
        return "a function, an operation or several items beside a type are not understood"
    if kind == "datetime" and not found.paths:
        return "a number is no time"
    return ""
