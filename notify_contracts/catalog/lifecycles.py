"""Lifecycles: in which order a catalog's notifications tell of one resource, and what stays the same."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from notify_contracts.catalog.folder import LIFECYCLES, Folder
from notify_contracts.errors import CatalogError


class Transition(NamedTuple):
    """One notification on the way: which, the state it leads to, and where it holds which field of the resource.

    `fields` are JSON Pointers into the notification by the name of the field; `values` are what fields become, and
    `changes` name fields that may become anything. Where a field of the identity is another from now on, `before`
    points to what it was. Where a text names a field, `begins` has how such texts begin, ``{}`` in place of the field.
    """

    event_type: str
    priority: str
    to: str
    fields: Mapping[str, str]
    values: Mapping[str, Any]
    changes: frozenset[str] = frozenset()
    before: Mapping[str, str] = {}
    begins: Mapping[str, tuple[str, ...]] = {}


class Within(NamedTuple):
    """What a resource is in: of which lifecycle, named by which field, and its event types that end what is in it."""

    lifecycle: str
    by: str
    ended_by: frozenset[str]


class Lifecycle(NamedTuple):
    """The states of one kind of resource, each with the transitions out of it.

    `ends` are those where a life is over, and `rests` those in which it may stay for as long as it likes.

    `identity` names the fields that tell resources apart. Fields `now` are the time of the notification, fields
    `began` that of the first one; all others keep their value until a transition gives them another.

    `source` is where its rules come from.
    """

    name: str
    identity: tuple[str, ...]
    start: str
    states: Mapping[str, tuple[Transition, ...]]
    now: frozenset[str]
    began: frozenset[str]
    ends: frozenset[str] = frozenset()
    within: Within | None = None
    rests: frozenset[str] = frozenset()
    title: str = ""
    description: str = ""
    source: str = ""


def lifecycles_of(catalog: Folder) -> tuple[Lifecycle, ...]:
    """Return the lifecycles of a catalog, none if it states none; raise CatalogError if they cannot be read."""
    if not (catalog.root / LIFECYCLES).is_file():
        return ()
    uri = catalog.base + LIFECYCLES
    try:
        return read_lifecycles(catalog.document(uri))
    except (AttributeError, KeyError, TypeError) as error:
        raise CatalogError(f"{catalog.place(uri)}: is no file of lifecycles ({error!r}); run catalog lint") from None


def read_lifecycles(content: Mapping[str, Any]) -> tuple[Lifecycle, ...]:
    """Return the lifecycles in the content of such a file; its shape is that of ``contracts/lifecycle.schema.json``."""
    return tuple(_lifecycle(name, one) for name, one in content.items())


def _lifecycle(name: str, one: Mapping[str, Any]) -> Lifecycle:
    states = {state: tuple(_transition(one, way) for way in ways) for state, ways in one["states"].items()}
    now, began = frozenset(one.get("now", ())), frozenset(one.get("began", ()))
    identity = one["identity"]
    ends = frozenset(one.get("ends", ())) | {state for state, ways in states.items() if not ways}
    within = one.get("within")
    return Lifecycle(
        name,
        (identity,) if isinstance(identity, str) else tuple(identity),
        one["start"],
        states,
        now,
        began,
        ends,
        within and Within(within["lifecycle"], within["by"], frozenset(within["ended_by"])),
        frozenset(one.get("rests", ())),
        *(str(one.get(words, "")) for words in ("title", "description", "$comment")),
    )


def _transition(one: Mapping[str, Any], way: Mapping[str, Any]) -> Transition:
    places = one["fields"][way["fields"]].items()
    marked = {field: place for field, place in places if not isinstance(place, str)}
    return Transition(
        way["event_type"],
        way["priority"],
        way["to"],
        {field: place if isinstance(place, str) else place["pointer"] for field, place in places},
        way.get("values", {}),
        frozenset(way.get("changes", ())),
        {field: place["before"] for field, place in marked.items() if "before" in place},
        {field: tuple(place["begins"]) for field, place in marked.items() if "begins" in place},
    )
