"""Attributes that stand in the payload, too, as where that is the whole event: both tell the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._schema import pointer_text
from notify_contracts.catalog import Contract
from notify_contracts.wire.envelopes import MISSING, EnvelopeForm, Source, value_at

Told = tuple[tuple[str, str], ...]
"""What notifications tell at some places, by JSON Pointer."""

_CHOOSING = frozenset({"event_type", "priority"})  # by which a contract is chosen: the payload is as they say


def agreeing(contract: Contract) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what makes of a notification one whose attributes are as its payload tells them, if it may be so.

    An event has one value at a place, of which the rules of the payload say more than those of the envelope.
    """
    forms = contract.schemas.folder.envelopes
    places = _told_in_payload(forms[0]) if forms else {}
    if not places:
        return lambda envelope: envelope

    def agreed(envelope: dict[str, Any]) -> dict[str, Any]:
        told = {attribute: value_at(envelope.get("payload"), path) for attribute, path in places.items()}
        made = {**envelope, **told}
        made = {name: value for name, value in made.items() if value is not MISSING}
        return made if contract.is_kept_by(made) else envelope

    return agreed


def chosen_by(contract: Contract) -> Told:
    """Return what the payloads of a contract's events tell, for by that it was chosen."""
    forms = contract.schemas.folder.envelopes
    chosen = {"event_type": contract.event_type, "priority": contract.priority}
    told = []
    for source, paths in _in_payload(forms[0]) if forms else ():
        if source.attribute in _CHOOSING:
            attribute = chosen[source.attribute]
            values = [attribute] if source.is_one_place else source.taken_from(attribute)
            told += [
                (pointer_text(("payload", *path)), value)
                for path, value in zip(paths, values, strict=False)
                if path is not None and not source.is_number(value)
            ]
    return tuple(told)


def _told_in_payload(form: EnvelopeForm) -> Mapping[str, tuple[str, ...]]:
    """Return where in a payload other attributes stand, each at one place."""
    return {
        source.attribute: paths[0]
        for source, paths in _in_payload(form)
        if source.is_one_place and source.attribute not in _CHOOSING and paths[0] is not None
    }


def _in_payload(form: EnvelopeForm) -> Iterator[tuple[Source, Sequence[tuple[str, ...] | None]]]:
    """Yield where attributes stand, each with the ways from the payload to its places, None for one elsewhere."""
    payload = next(source.paths[0] for source in form.sources if source.attribute == "payload")
    within = len(payload)
    for source in form.sources:
        if source.paths and source.attribute != "payload":
            yield source, [path[within:] if path[:within] == payload else None for path in source.paths]
