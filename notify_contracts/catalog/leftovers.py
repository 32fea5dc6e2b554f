"""What an event has beside the places that its envelope names, in the objects in which these are: each by itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from notify_contracts._schema import Pointer, at, pointer_parts, pointer_text, unexpected
from notify_contracts.model import Violation

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes import EnvelopeForm

_Objects = dict[str, Any]
"""The objects in which places are, by their names, with those in them."""


def broken_in_events(
    forms: "Sequence[EnvelopeForm]", envelope: Mapping[str, Any], broken: tuple[Violation, ...]
) -> tuple[Violation, ...]:
    """Return what is `broken` in an envelope, of what is left of an object with places each member."""
    if not forms:  # nearly always
        return broken
    return tuple(
        Violation(pointer_text(path), each.keyword, message, each.contract)
        for each in broken
        for path, message in mistakes_in_event(forms, envelope, each.keyword, pointer_parts(each.pointer), each.message)
    )


def mistakes_in_event(
    forms: "Sequence[EnvelopeForm]", envelope: Mapping[str, Any], keyword: str, path: Pointer, message: str
) -> Iterator[tuple[Pointer, str]]:
    """Yield a mistake in the envelope of an event, or, of what is left of an object with places, each in that object.

    What is left of one has the names of members that nobody knows, which are as different as any.
    """
    if forms and keyword == "additionalProperties" and len(path) == 1 and (objects := _objects(forms)):
        places = [*_left(at(envelope, path), path, objects[path[0]])] if path[0] in objects else [path]
        if places != [path]:
            yield from ((place, unexpected(str(place[-1]), at(envelope, place))) for place in places)
            return
    yield path, message


def _objects(forms: "Sequence[EnvelopeForm]") -> _Objects:
    """Return the objects in which events have what is moved into the envelope, as they are named in that."""
    objects: _Objects = {}
    for form in forms:
        for path in (source.paths[0] for source in form.sources if source.is_moved):
            inner = objects
            for depth, name in enumerate(path[:-1]):
                inner = inner.setdefault(name if depth else form.name_for(name), {})
    return objects


def _left(value: Any, path: Pointer, objects: _Objects) -> Iterator[Pointer]:
    if not isinstance(value, Mapping) or not value:
        yield path
        return
    for name, member in value.items():
        if name in objects:
            yield from _left(member, (*path, name), objects[name])
        else:
            yield (*path, name)
