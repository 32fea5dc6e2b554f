"""Whether the routing key under which a notification came is the one that its catalog says it has."""

from collections.abc import Sequence
from functools import lru_cache

from notify_contracts.model import ROUTING_KEY, Violation
from notify_contracts.wire import routing_key

_ANYTHING = "\0"  # stands in no routing key, nor in the name of a file


@lru_cache(maxsize=4096)  # a bus has few routing keys, and many notifications of each
def contradicting_routing_key(
    found: str, event_type: str, priority: str, template: str | None
) -> tuple[Violation, ...]:
    """Return the violation of the contract of this event type and priority if its routing key is not `found`.

    No key contradicts where the `template` is not known.
    It names the attribute that the routing key contradicts: the priority, or the event type where the template has one.
    """
    if template is None:
        return ()
    pieces = _pieces(event_type, priority, template)
    if _fits(found, pieces):
        return ()
    from notify_contracts._schema import quoted

    of_another_event = "{event_type}" in template and _fits(found, _pieces(_ANYTHING, priority, template))
    attribute = "event_type" if of_another_event or "{priority}" not in template else "priority"
    says = f"as the {'event type' if attribute == 'event_type' else attribute} says"
    message = f"expected {_described(pieces, found)} {says}, found {quoted(found)}"
    return (Violation(f"/{attribute}", ROUTING_KEY, message, f"{event_type}-{priority}"),)


def _pieces(event_type: str, priority: str, template: str) -> list[str]:
    return routing_key(_ANYTHING, priority, event_type, template).split(_ANYTHING)


def _fits(key: str, pieces: Sequence[str]) -> bool:
    """Whether `key` is the pieces in this order, with anything but nothing between two of them.

    Where there are no pieces to speak of, any key will do, also the empty one of an exchange that goes by none.
    """
    if not any(pieces):
        return True
    first, *others = pieces
    if not others:
        return key == first
    last, position = others[-1], len(first)
    if not key.startswith(first) or not key.endswith(last):
        return False
    for piece in others[:-1]:
        position = key.find(piece, position + 1)
        if position < 0:
            return False
        position += len(piece)
    return position + 1 + len(last) <= len(key)


def _described(pieces: Sequence[str], found: str) -> str:
    if len(pieces) == 1:
        return f'the routing key "{pieces[0]}"'
    if len(pieces) == 2 and not pieces[0] and not found.endswith(pieces[1]):  # noqa: PLR2004 - one wildcard, two sides
        return f'a routing key that ends in "{pieces[1]}"'
    return f'a routing key like "{"…".join(pieces)}"'
