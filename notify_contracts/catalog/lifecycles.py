"""Lifecycles: in which order a catalog's notifications tell of one resource, and what stays the same."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from notify_contracts.catalog.folder import LIFECYCLES, Folder
from notify_contracts.errors import CatalogError


class Transition(NamedTuple):
    """One notification on the way: which, the state it leads to, and where it holds which field of the resource.

    `fields` are JSON Pointers into the notification by the name of the field; `values` are what fields become.
    """

    event_type: str
    priority: str
    to: str
    fields: Mapping[str, str]
    values: Mapping[str, Any]


class Lifecycle(NamedTuple):
    """The states of one kind of resource, each with the transitions out of it; one without any is an end.

    `identity` names the field that tells resources apart. Fields `now` are the time of the notification, fields
    `began` that of the first one; all others keep their value until a transition gives them another.
    """

    name: str
    identity: str
    start: str
    states: Mapping[str, tuple[Transition, ...]]
    now: frozenset[str]
    began: frozenset[str]


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
    def transition(way: Mapping[str, Any]) -> Transition:
        fields = one["fields"][way["fields"]]
        return Transition(way["event_type"], way["priority"], way["to"], fields, way.get("values", {}))

    states = {state: tuple(map(transition, ways)) for state, ways in one["states"].items()}
    now, began = frozenset(one.get("now", ())), frozenset(one.get("began", ()))
    return Lifecycle(name, one["identity"], one["start"], states, now, began)
