"""Whom a change hurts, and how it is made without a break: by what refuses, in each direction."""

from collections.abc import Mapping
from typing import NamedTuple

from notify_contracts._comparison.findings import Direction, Kind
from notify_contracts.model import EXCHANGE, NO_CONTRACT, ROUTING_KEY, TOPIC, UNKNOWN_EVENT

ENVELOPE_STATED = "envelope"
"""The member of catalog.json that says where in an event each attribute stands."""


class Advice(NamedTuple):
    """Whom it hurts, and the way to do it without a break."""

    hurts: str
    remedy: str


_CONSUMERS_FIRST = "update the consumers first, for what was allowed stays so to them; send it when all of them know it"
_KEEP_BOTH = "allow both in the contract until nobody sends the old form and no old notification is read again"
_OLD_ONES = "consumers of NEW that read a backlog or an archive, or hear a producer that is not yet updated"

_ADVICE: Mapping[tuple[Direction, str], Advice] = {
    (Direction.NEW_SENDS, "required"): Advice(
        "consumers of OLD that read the field without asking whether it is there",
        "go on sending it; let it go when every consumer does without",
    ),
    (Direction.NEW_SENDS, "additionalProperties"): Advice(
        "consumers of OLD that refuse a field they do not know; whoever ignores such fields is not hurt",
        "update the consumers that refuse it first, or announce it under an event type of its own",
    ),
    (Direction.NEW_SENDS, "enum"): Advice("consumers of OLD that know no other values", _CONSUMERS_FIRST),
    (Direction.NEW_SENDS, "const"): Advice("consumers of OLD that know no other value", _CONSUMERS_FIRST),
    (Direction.NEW_SENDS, "type"): Advice(
        "consumers of OLD that count on the type",
        "send the new form in a field of its own beside the old one, and drop that when nobody reads it",
    ),
    (Direction.NEW_SENDS, UNKNOWN_EVENT): Advice(
        "consumers of OLD that refuse event types they do not know; whoever hears only what he knows is not hurt",
        "tell the consumers before it is sent, or have them skip what they do not know",
    ),
    (Direction.NEW_SENDS, NO_CONTRACT): Advice(
        "consumers of OLD that do not know the event type with this priority",
        "tell the consumers before it is sent; their queues may not even be bound for it",
    ),
    (Direction.OLD_SENT, "required"): Advice(
        f"{_OLD_ONES}: the field is not there",
        "leave it optional in the contract until every producer sends it and no old notification is read again",
    ),
    (Direction.OLD_SENT, "additionalProperties"): Advice(
        f"{_OLD_ONES}: the field is still there",
        "leave it in the contract as optional, and say in its description that it is not sent any more",
    ),
    (Direction.OLD_SENT, "enum"): Advice(
        f"{_OLD_ONES}: the old value still comes",
        "leave the old value in the contract, and say in the description that it is not sent any more",
    ),
    (Direction.OLD_SENT, UNKNOWN_EVENT): Advice(
        f"{_OLD_ONES}: the event type still comes",
        "leave its file in events/, and say in its description that it is not sent any more",
    ),
    (Direction.OLD_SENT, NO_CONTRACT): Advice(
        f"{_OLD_ONES}: the priority still comes",
        "leave its contract, and say in its description that it is not sent any more",
    ),
}

_RENAMED: Mapping[Direction, Advice] = {
    Direction.NEW_SENDS: Advice(
        "consumers of OLD, who look for it under the old name",
        "send it under both names until every consumer knows the new one",
    ),
    Direction.OLD_SENT: Advice(
        f"{_OLD_ONES}, and look for it under the new name",
        "allow both names in the contract until nobody sends the old one and no old notification is read again",
    ),
}

_TRANSPORT: Mapping[Direction, Advice] = {
    Direction.NEW_SENDS: Advice(
        "consumers whose queues are bound to where OLD sends: nothing reaches them, and nothing says so",
        "send both ways until every queue is bound anew; transport in catalog.json may name several",
    ),
    Direction.OLD_SENT: Advice(
        "consumers whose queues are bound to where NEW sends, while a producer is not yet updated",
        "leave the old name in transport of catalog.json, behind the new one, until every producer is updated",
    ),
}

_ENVELOPE: Mapping[Direction, Advice] = {
    Direction.NEW_SENDS: Advice(
        "consumers of OLD, who look for each attribute where OLD has it",
        "send both forms, each on a way of its own, until every consumer reads the new one",
    ),
    Direction.OLD_SENT: Advice(
        f"{_OLD_ONES}, and look for each attribute where NEW has it",
        "have them read both forms until every producer is updated and no old event is read again",
    ),
}

_LIFECYCLE: Mapping[Direction, Advice] = {
    Direction.NEW_SENDS: Advice(
        "consumers of OLD that count on the order", "update the consumers that count on the order first"
    ),
    Direction.OLD_SENT: Advice(
        f"{_OLD_ONES}, and count on the new order", "leave the old order in lifecycles.json as one that may be"
    ),
}

_OTHERWISE: Mapping[Direction, Advice] = {
    Direction.NEW_SENDS: Advice("consumers of OLD that count on the rule", _CONSUMERS_FIRST),
    Direction.OLD_SENT: Advice(f"{_OLD_ONES}: the old form still comes", _KEEP_BOTH),
}


def advice(direction: Direction, kind: Kind, keyword: str) -> Advice:
    """Return whom a change of this kind hurts in this direction, and what to do instead."""
    if kind in (Kind.RENAMED, Kind.RENAMED_EVENT_TYPE):
        return _RENAMED[direction]
    if keyword in (EXCHANGE, TOPIC, ROUTING_KEY) and kind is Kind.TRANSPORT:
        return _TRANSPORT[direction]
    if keyword == ENVELOPE_STATED and kind is Kind.TRANSPORT:
        return _ENVELOPE[direction]
    if kind is Kind.LIFECYCLE:
        return _LIFECYCLE[direction]
    return _ADVICE.get((direction, keyword), _OTHERWISE[direction])
