"""Attributes that stand in the payload, too, as where that is the whole event: both tell the same."""

from collections.abc import Callable, Mapping
from typing import Any

from notify_contracts.catalog import Contract
from notify_contracts.wire.envelopes import MISSING, EnvelopeForm, value_at

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


def _told_in_payload(form: EnvelopeForm) -> Mapping[str, tuple[str, ...]]:
    """Return where in a payload attributes stand."""
    payload = next(source.paths[0] for source in form.sources if source.attribute == "payload")
    within = len(payload)
    return {
        source.attribute: source.paths[0][within:]
        for source in form.sources
        if source.is_one_place
        and source.attribute not in {*_CHOOSING, "payload"}
        and source.paths[0][:within] == payload
    }
