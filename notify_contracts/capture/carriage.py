"""How a broker carried a notification, as the members of a record tell that stand beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from notify_contracts.capture.members import built_in, was_redelivered
from notify_contracts.model import Delivery

_DEEP = 3
_WIDE = 64


def carriage(beside: Mapping[str, Any]) -> Delivery | None:
    """Return how a broker carried what stands beside these members, None if they tell no routing key."""
    members = built_in()
    key = _fact(beside, members.routing_key, str)
    if not key:
        return None
    exchange = _fact(beside, members.exchange, str) or ""
    properties = _fact(beside, members.properties, dict) or {}
    headers = properties.get("headers") or _fact(beside, members.headers, dict)
    return Delivery(
        exchange, key, {**properties, "headers": headers} if headers else properties, was_redelivered(beside)
    )


def _fact(value: Mapping[str, Any], names: Iterable[str], kind: type, depth: int = _DEEP) -> Any:
    """Return the member of one of these names and this kind, in the object or in one within it."""
    for name in names:
        member = value.get(name)
        if type(member) is list and member:
            member = member[0]
        if type(member) is kind and (member or kind is str) and _is_meant(name, value):
            return member
    if depth:
        for member in list(value.values())[:_WIDE]:
            if type(member) is dict and (fact := _fact(member, names, kind, depth - 1)):
                return fact
    return None


def _is_meant(name: str, value: Mapping[str, Any]) -> bool:
    """Whether a member tells how a broker carried a message first, as what stands beside it tells."""
    members = built_in()
    mark, others = members.meant_beside.get(name), members.meant_without.get(name, ())
    return (mark is None or mark in value) and not any(other in value for other in others)
