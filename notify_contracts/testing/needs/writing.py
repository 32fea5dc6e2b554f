"""What tests have shown, as the needs of a consumer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._comparison.needs import Consumer, Effect, Read, composed, form_of, path_of, type_of
from notify_contracts.testing.needs.evidence import Evidence, Kind, Place, Steps, Way

_UNSEEN = "read as a whole: which members are read is not seen"


def consumer_of(name: str, evidence: Evidence) -> Consumer:
    """Return the consumer of whose reads `evidence` tells."""
    reads: dict[Kind, list[Read]] = {}
    for kind, steps, place in evidence:
        if kind[0]:
            reads.setdefault(kind, []).extend(_reads(evidence, kind, steps, place))
    return Consumer(name, tuple(composed({kind: tuple(found) for kind, found in reads.items()})))


def _reads(evidence: Evidence, kind: Kind, steps: Steps, place: Place) -> Iterator[Read]:
    if Way.WHOLE in place.ways and not evidence.was_tried(kind):
        yield Read((path_of(steps),), {}, Effect.DEFAULTED, Effect.DEFAULTED, unclear=_UNSEEN)
    of_items = {} if _is_read_by_index(evidence, kind, steps) else _form_of_items(place)
    if not (place.ways - {Way.WHOLE} or of_items) or not steps:
        return
    absent = _effect(place)
    if absent is Effect.FAILS and (listed := _list_of(steps)) and _is_needed_of_each(place):
        whole = evidence.places(kind).get(listed)
        yield _of_each(listed, [str(step) for step in steps[len(listed) + 1 :]], place, whole)
        if not of_items:
            return
        absent = Effect.DEFAULTED
    if _is_implied(evidence, kind, steps) and not of_items:
        return
    if absent is Effect.FAILS and Way.TOOK_NULL in place.ways:
        required = {"type": "object", "required": [steps[-1]]}
        yield Read((path_of(steps[:-1]),), required, purpose=f"{steps[-1]}, which may be null")
        absent = Effect.DEFAULTED
    form = {**form_of(_types(place)), **of_items}
    malformed = Effect.FAILS if of_items else _malformed(place) if form else absent
    yield Read((path_of(steps),), form, absent, malformed)


def _list_of(steps: Steps) -> Steps:
    """Return the place of the list in whose items something is a member, perhaps of a member; () where it is none."""
    at = max((number for number, step in enumerate(steps) if step is None), default=None)
    return () if at is None or at == len(steps) - 1 or any(isinstance(each, int) for each in steps[at:]) else steps[:at]


def _is_needed_of_each(place: Place) -> bool:
    """Whether each item must have it: it fails where one has it not, or takes it by ``[]`` and was not shown to do."""
    ways = place.ways
    is_taken = Way.TAKEN in ways and not ways & {Way.DID_WITHOUT, Way.TOOK_ONE}
    return Way.FAILED_FOR_ONE in ways or is_taken


def _of_each(listed: Steps, names: Sequence[str], place: Place, whole: Place | None) -> Read:
    """Return the read of a list, of which each item must have a member, named by the way to it.

    What is known of that is in `place`, and in `whole` what is known of the list.
    """
    types = _types(place)
    form = form_of(types)
    if form and Way.TOOK_NULL in place.ways:
        form = {"type": type_of({*types, "null"})}
    for name in reversed(names):
        form = {"type": "object", "required": [name], **({"properties": {name: form}} if form else {})}
    absent = Effect.FAILS if whole is None else _effect(whole)
    form = {"type": "array", "items": form}
    return Read((path_of(listed),), form, absent, Effect.FAILS, purpose=f"{'.'.join(names)} of each item")


def _types(place: Place) -> set[str]:
    """Return the types of what was there; where a fraction did as well as a whole number, any number."""
    takes_fraction = Way.TOOK_FRACTION in place.ways and Way.FAILED_FRACTION not in place.ways
    return {*place.types, *(("number",) if takes_fraction else ())}


def _form_of_items(place: Place) -> Mapping[str, Any]:
    """Return the part of a schema by which a list has the items that the consumer was shown to need."""
    took = place.took - place.failed
    types = {of for of in took if isinstance(of, str)}
    lengths = {of for of in took if isinstance(of, int)}
    form: dict[str, Any] = {}
    if types and any(isinstance(of, str) for of in place.failed):
        form["items"] = {"type": type_of(types)}
    if lengths and any(isinstance(of, int) and of < min(lengths) for of in place.failed):
        form["minItems"] = min(lengths)
    if lengths and any(isinstance(of, int) and of > max(lengths) for of in place.failed):
        form["maxItems"] = max(lengths)
    return form


def _is_read_by_index(evidence: Evidence, kind: Kind, steps: Steps) -> bool:
    """Whether only single items of a list are read, of which each says itself what it must be."""
    places = evidence.places(kind)
    by_index = (isinstance(inner[len(steps)], int) for inner in places if inner[: len(steps)] == steps != inner)
    return Way.WHOLE not in places[steps].ways and any(by_index)


def _malformed(place: Place) -> Effect:
    """Return what happens where something of another type is: it fails, but where it was shown not to."""
    took_it = Way.TOOK_OTHER in place.ways and not place.ways & {Way.FAILED_OTHER, Way.FAILED_FRACTION}
    return Effect.LOST if took_it else Effect.FAILS


def _effect(place: Place) -> Effect:
    ways = place.ways
    if ways & {Way.RAISED, Way.REFUSED} or (Way.TAKEN in ways and Way.DID_WITHOUT not in ways):
        return Effect.FAILS
    return Effect.DEFAULTED if Way.DEFAULTED in ways else Effect.LOST


def _is_implied(evidence: Evidence, kind: Kind, steps: Steps) -> bool:
    """Whether an object or a list must be there for something in it, without which the consumer fails, too."""
    return any(
        len(inner) > len(steps)
        and inner[: len(steps)] == steps
        and place.ways - {Way.WHOLE}
        and _effect(place) is Effect.FAILS
        for inner, place in evidence.places(kind).items()
    )
