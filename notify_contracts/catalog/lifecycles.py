"""Lifecycles: in which order a catalog's notifications tell of one resource, and what stays the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from notify_contracts._base import free
from notify_contracts._schema import pointer_text, quoted
from notify_contracts._untrusted import printable
from notify_contracts.catalog.catalog import Catalog
from notify_contracts.catalog.folder import LIFECYCLES, Folder
from notify_contracts.catalog.lifecycle_names import wrong_names
from notify_contracts.catalog.lifecycle_places import empty_places
from notify_contracts.catalog.packaged import is_packaged
from notify_contracts.catalog.shape import misshapen
from notify_contracts.errors import CatalogError, UsageError


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

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The event types and priorities that have a place in it."""
        return frozenset((way.event_type, way.priority) for ways in self.states.values() for way in ways)


def lifecycles_of(catalog: Folder) -> tuple[Lifecycle, ...]:
    """Return the lifecycles of a catalog, none if it states none.

    Raise CatalogError, saying where, if the file has not its shape, or names what is not in it. Those that come with
    the library are not looked at: they were linted before.
    """
    if not (catalog.root / LIFECYCLES).is_file():
        return ()
    uri = catalog.base + LIFECYCLES
    content = catalog.document(uri)
    if not is_packaged(catalog.root):
        try:
            # What comes later needs what is first.
            for pointer, message in chain(misshapen("lifecycles", content), wrong_names(content)):
                raise _wrong(catalog, pointer, message)
        except RecursionError:
            raise CatalogError(f"{catalog.place(uri)}: is nested too deeply; run catalog lint") from None
    return read_lifecycles(content)


def followed_lifecycles(catalog: Catalog) -> Iterator[Lifecycle]:
    """Yield the lifecycles of a catalog and of those it was joined of, to follow lives by, each under another name.

    What one follows already, one of a later catalog does not follow as well; raise UsageError where that has further
    steps, which nobody would follow. Raise CatalogError, saying where, for one of a notification that has no contract:
    it never comes, and what comes in its place is followed by nobody; for a notification that is a step of two, of
    which one would get none; and for a field at a place where a contract allows nothing, of which nothing would be
    asked.
    """
    known: dict[str, Lifecycle] = {}
    for place, member in enumerate(catalog.members):
        own = frozenset(member.event_types).difference(*(before.event_types for before in catalog.members[:place]))
        every = lifecycles_of(member)
        if not is_packaged(member.root):
            _require_sound(member, every)
        names, new = dict[str, str](), []
        for one in every:
            shared = _followed_by(known.values(), member, one, own)
            if shared is None:
                new.append(one)
                name = one.name if one.name not in known else f"{one.name} of {member.name}"
                names[one.name] = free(name, known)
            else:
                names[one.name] = shared.name
        for one in new:
            name, within = names[one.name], one.within
            if within is not None:
                within = within._replace(lifecycle=names[within.lifecycle])
            known[name] = one._replace(name=name, within=within)
            yield known[name]


def _followed_by(
    known: Iterable[Lifecycle], catalog: Catalog, lifecycle: Lifecycle, own: frozenset[str]
) -> Lifecycle | None:
    """Return which of the known lifecycles has steps of this one; raise UsageError unless it has all of `own` types."""
    shared = next((one for one in known if not one.pairs.isdisjoint(lifecycle.pairs)), None)
    others = () if shared is None else [pair for pair in lifecycle.pairs - shared.pairs if pair[0] in own]
    if shared is not None and others:
        place = catalog.place(catalog.base + LIFECYCLES) + "#" + pointer_text((lifecycle.name,))
        raise UsageError(
            f"{place}: the lifecycle {quoted(shared.name)} of a catalog before this one has some of its steps, and "
            f"nobody would follow others, such as {' '.join(min(others))}: give only one of the two"
        )
    return shared


def _require_sound(catalog: Catalog, every: Sequence[Lifecycle]) -> None:
    for pointer, message in read_in_two_ways(every):
        raise _wrong(catalog, pointer, message)
    for lifecycle in every:
        _require_contracts(catalog, lifecycle)
    for pointer, message in empty_places(catalog, catalog.document(catalog.base + LIFECYCLES)) if every else ():
        raise _wrong(catalog, pointer, message)


def read_in_two_ways(every: Sequence[Lifecycle]) -> Iterator[tuple[str, str]]:
    """Yield a pointer and a message for what a notification cannot be: a step of two lifecycles, or of two forms."""
    known: dict[tuple[str, str], tuple[str, Transition]] = {}
    for lifecycle in every:
        for state, ways in lifecycle.states.items():
            for number, way in enumerate(ways):
                name, first = known.setdefault((way.event_type, way.priority), (lifecycle.name, way))
                place = pointer_text((lifecycle.name, "states", state, number))
                if name != lifecycle.name:
                    yield (
                        place,
                        f"is a step of {printable(name)} already, and of one lifecycle only a notification can tell",
                    )
                elif (way.fields, way.before, way.begins) != (first.fields, first.before, first.begins):
                    yield f"{place}/fields", "is another form than this event type and priority have elsewhere"


def _require_contracts(catalog: Catalog, lifecycle: Lifecycle) -> None:
    for state, ways in lifecycle.states.items():
        for number, way in enumerate(ways):
            try:
                catalog.contract(way.event_type, way.priority)
            except CatalogError as error:
                raise _wrong(catalog, pointer_text((lifecycle.name, "states", state, number)), str(error)) from None


def _wrong(catalog: Folder, pointer: str, message: str) -> CatalogError:
    place = catalog.place(catalog.base + LIFECYCLES)
    return CatalogError(f"{place}#{printable(pointer)}: {message}; run catalog lint")


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
