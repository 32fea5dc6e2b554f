"""Faults against the whole catalog: an unknown event type, a pair without contract, a wrong routing key."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from notify_contracts.catalog import ENVELOPE, Catalog, contradicting_routing_key
from notify_contracts.generate._mutations.mutation import Mutation, Replacing, replaced
from notify_contracts.model import (
    NO_CONTRACT,
    ROUTING_KEY,
    UNKNOWN_EVENT,
    Delivery,
    Notification,
)
from notify_contracts.wire import routing_key


def address_mutations(catalog: Catalog, envelope: Mapping[str, Any]) -> tuple[Mutation[dict[str, Any]], ...]:
    """Return the ways to take its contract from a notification that keeps one: of these only the envelope is checked.

    Addresses that the envelope refuses too, such as an empty event type where it asks for more, are left out.
    """
    keeps = catalog.schemas.validator(catalog.uri(ENVELOPE)).is_valid
    return tuple(_possible(_addresses(catalog, envelope), envelope, keeps))


def delivery_mutations(catalog: Catalog, envelope: Mapping[str, Any]) -> tuple[Mutation[Notification], ...]:
    """Return the ways to deliver a notification under a routing key that contradicts its priority.

    There are none where routing keys do not name the priority.
    """

    def delivered(key: str) -> Notification:
        return Notification(
            Replacing(envelope, ())(envelope), delivery=Delivery(next(iter(catalog.transport.exchanges), ""), key)
        )

    topic, event_type, priority = catalog.topic, envelope["event_type"], envelope["priority"]

    def contradicts(key: str) -> bool:
        found = contradicting_routing_key(key, event_type, priority, catalog.known_routing_key)
        return any(violation.pointer == "/priority" for violation in found)

    right, *others = (
        routing_key(topic, name, event_type, catalog.routing_key)
        for name in dict.fromkeys((priority, *catalog.priorities))
    )
    ways = {
        "the routing key is that of another priority": others,
        "the routing key is in upper case": (right.upper(), right.replace(priority.lower(), priority)),
        "the routing key names no priority": (topic, f"{topic}.", ""),
        "the routing key goes on after the priority": (f"{right}.again", f"{right} "),
    }
    possible = {words: tuple(filter(contradicts, keys)) for words, keys in ways.items()}
    return tuple(Mutation(words, "/priority", ROUTING_KEY, keys, delivered) for words, keys in possible.items() if keys)


def _addresses(catalog: Catalog, envelope: Mapping[str, Any]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    event_type = envelope["event_type"]
    unknown = {
        "event_type is unheard of": ("unheard.of", "payload"),
        "event_type is nearly right": (event_type[:-1], f"{event_type}d", event_type.replace(".", "_", 1)),
        "event_type is in upper case": (event_type.upper(),),
        "event_type has a space or a line feed": (f"{event_type} ", f"{event_type}\n"),
        "event_type is a pattern": ("*", event_type.replace(".", "*", 1)),
        "event_type is empty": ("",),
    }
    for words, values in unknown.items():
        yield words, "event_type", UNKNOWN_EVENT, tuple(each for each in values if each not in catalog.event_types)
    contracted = {contract.priority for contract in catalog.contracts if contract.event_type == event_type}
    others = tuple(priority for priority in catalog.priorities if priority not in contracted)
    yield "priority is one for which there is no contract", "priority", NO_CONTRACT, others


def _possible(
    ways: Iterator[tuple[str, str, str, tuple[str, ...]]],
    envelope: Mapping[str, Any],
    keeps: Callable[[Any], bool],
) -> Iterator[Mutation[dict[str, Any]]]:
    for words, attribute, keyword, values in ways:
        place = (attribute,)
        choices = tuple(value for value in values if keeps(replaced(envelope, place, value)))
        if choices:
            yield Mutation(words, f"/{attribute}", keyword, choices, Replacing(envelope, place))
