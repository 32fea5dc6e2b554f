"""Where a service sends, and whether what a broker carried was sent there.

RabbitMQ's firehose sends a copy of each message to an exchange of its own; the first way stands in the copy's headers.
Source: RabbitMQ's page on the firehose tracer.

A dead letter has the exchange and the routing key of its last way; those of its first stand in its header ``x-death``.
Source: RabbitMQ's page on dead lettering; `x-first-death-queue` and `x-first-death-reason` name the first entry.
What a client sends on that could not deal with it has them in ``x-original-exchange`` and ``x-original-routingKey``.
Source: Spring AMQP, `RepublishMessageRecoverer`.

A shovel to a queue sends through the default exchange: the routing key is that queue's name, the first is lost. That it
did stands in the header ``x-shovelled``. Source: RabbitMQ's page on dynamic shovels, `add-forward-headers`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts.model import EXCHANGE, TOPIC, Delivery, Violation
from notify_contracts.wire import ROUTING_KEY

_FIREHOSE = "amq.rabbitmq.trace"
_MOST_REMEMBERED = 1024
_PLACEHOLDERS = ("{topic}", "{priority}", "{event_type}")


@dataclass(frozen=True)
class Transport:
    """The exchanges on which a service sends, and its topics; none means any."""

    exchanges: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def broken_by(self, delivery: Delivery, contract: str | None, template: str = ROUTING_KEY) -> tuple[Violation, ...]:
        """Return how the first way of a notification, carried by `delivery`, contradicts the transport.

        The topic is read from the routing key as `template` says.
        The default exchange, which has no name, is nobody's: what came through it, or from where the recording does not
        say, is not held against the transport. Nor is a routing key that `template` cannot have made.
        """
        if not (self.exchanges or self.topics):
            return ()
        first = first_way(delivery)
        if not first.exchange:
            return ()
        if (first.exchange, first.routing_key, template) in self._right:  # nearly always
            return ()
        facts = [(EXCHANGE, first.exchange, self.exchanges)]
        if all(_held(_literals(template, topic), first.routing_key) is None for topic in self.topics):
            topic = _topic_of(first.routing_key, template)
            facts += [] if topic is None else [(TOPIC, topic, self.topics)]
        violations = tuple(
            _unexpected(name, found, known, contract) for name, found, known in facts if known and found not in known
        )
        if not violations and len(self._right) < _MOST_REMEMBERED:
            self._right.add((first.exchange, first.routing_key, template))
        return violations

    @cached_property
    def _right(self) -> set[tuple[str, str, str]]:
        """The exchanges, routing keys and templates that were found to be right."""
        return set()

    def __reduce__(self) -> tuple[type["Transport"], tuple[tuple[str, ...], tuple[str, ...]]]:
        """Travel to another process without what is remembered."""
        return Transport, (self.exchanges, self.topics)


ANYWHERE = Transport()


def first_way(delivery: Delivery) -> Delivery:
    """Return how a broker carried a notification before it became a dead letter, or RabbitMQ's firehose copied it.

    That is the delivery itself if it is neither.
    """
    if delivery.exchange == _FIREHOSE:
        delivery = _copied(delivery)
    headers = delivery.properties.get("headers")
    if not headers or not isinstance(headers, Mapping):
        return delivery
    if not isinstance(deaths := headers.get("x-death"), list):
        return _republished(delivery, headers)
    entries = [death for death in deaths if isinstance(death, Mapping)]
    if not entries:
        return delivery
    first = next((death for death in entries if _is_first(death, headers)), entries[-1])  # the newest comes first
    exchange, keys = first.get("exchange"), first.get("routing-keys")
    if not isinstance(exchange, str) or not isinstance(keys, list) or not keys or not isinstance(keys[0], str):
        return delivery
    return Delivery(exchange, keys[0], delivery.properties, delivery.redelivered)


def is_shovelled_to_queue(delivery: Delivery) -> bool:
    """Whether a shovel sent a notification to a queue, so that the routing key tells nothing but the queue's name."""
    headers = delivery.properties.get("headers")
    return not delivery.exchange and isinstance(headers, Mapping) and "x-shovelled" in headers


def _copied(copy: Delivery) -> Delivery:
    """Return the delivery of which the firehose made a copy; the copy where it does not say."""
    match copy.properties.get("headers"):
        case {"exchange_name": str(exchange), "routing_keys": [str(key), *_], **others}:
            properties = others.get("properties")
            return Delivery(exchange, key, properties if isinstance(properties, dict) else {}, copy.redelivered)
    return copy


def _republished(delivery: Delivery, headers: Mapping[str, Any]) -> Delivery:
    """Return how a broker carried what a client sent on; the delivery itself where the headers do not say."""
    match headers:
        case {"x-original-exchange": str(exchange), "x-original-routingKey": str(key)}:
            return Delivery(exchange, key, delivery.properties, delivery.redelivered)
    return delivery


def _is_first(death: Mapping[str, Any], headers: Mapping[str, Any]) -> bool:
    names = ("queue", "reason")
    return all(f"x-first-death-{name}" in headers for name in names) and all(
        death.get(name) == headers[f"x-first-death-{name}"] for name in names
    )


@lru_cache(maxsize=256)  # the topics of strangers are among them
def _literals(template: str, topic: str | None = None) -> tuple[str, ...]:
    """Return the texts before, between and behind the placeholders of `template`; a `topic` that is given is text."""
    literals = [""]
    for part in re.split("([{][a-z_]+[}])", template):
        if part == "{topic}" and topic is not None:
            literals[-1] += topic
        elif part in _PLACEHOLDERS:
            literals.append("")
        else:
            literals[-1] += part
    return tuple(literals)


def _held(literals: Sequence[str], key: str) -> list[str] | None:
    """Return what stands for each placeholder in a routing key, None if such a template cannot have made it.

    Nothing is empty, and what comes first gets as much as it can. Each text is looked for once, from the end, so that
    a long key takes no time that an expression, which tries everything, would take.
    """
    if len(literals) == 1:
        return [] if key == literals[0] else None
    first, *between, last = literals
    if not (key.startswith(first) and key.endswith(last)):
        return None
    held, end = [], len(key) - len(last)
    for literal in reversed(between):
        start = key.rfind(literal, len(first), max(end - 1, 0))
        if start < 0:
            return None
        held.append(key[start + len(literal) : end])
        end = start
    return [key[len(first) : end], *reversed(held)] if end > len(first) else None


def _topic_of(key: str, template: str) -> str | None:
    """Return the topic in a routing key, None if the template names none or cannot have made it."""
    held = _held(_literals(template), key) or ()
    named = [part for part in re.findall("[{][a-z_]+[}]", template) if part in _PLACEHOLDERS]
    topics = [text for part, text in zip(named, held, strict=False) if part == "{topic}"]
    return next((topic for topic in topics if _held(_literals(template, topic), key) is not None), None)


def _unexpected(name: str, found: str, known: tuple[str, ...], contract: str | None) -> Violation:
    from notify_contracts._schema import quoted

    *others, last = map(quoted, known)
    either = f"{', '.join(others)} or {last}" if others else last
    return Violation("", name, f"expected {name} {either}, found {quoted(found)}", contract)
