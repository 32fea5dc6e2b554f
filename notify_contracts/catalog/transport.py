"""Where a service sends, and whether what a broker carried was sent there.

A dead letter has the exchange and the routing key of its last way; those of its first stand in its header ``x-death``.
Source: RabbitMQ's page on dead lettering; `x-first-death-queue` and `x-first-death-reason` name the first entry.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from notify_contracts.model import EXCHANGE, TOPIC, Delivery, Violation
from notify_contracts.wire import ROUTING_KEY

_MOST_REMEMBERED = 1024


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
        if not any(_pattern(template, topic).fullmatch(first.routing_key) for topic in self.topics):
            named = _pattern(template).fullmatch(first.routing_key)
            facts += [(TOPIC, named["topic"], self.topics)] if named and "topic" in named.groupdict() else []
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
    """Return how a broker carried a notification before it became a dead letter; the delivery itself if it is none."""
    headers = delivery.properties.get("headers")
    if not headers:
        return delivery
    if not isinstance(headers, Mapping) or not isinstance(deaths := headers.get("x-death"), list):
        return delivery
    entries = [death for death in deaths if isinstance(death, Mapping)]
    if not entries:
        return delivery
    first = next((death for death in entries if _is_first(death, headers)), entries[-1])  # the newest comes first
    exchange, keys = first.get("exchange"), first.get("routing-keys")
    if not isinstance(exchange, str) or not isinstance(keys, list) or not keys or not isinstance(keys[0], str):
        return delivery
    return Delivery(exchange, keys[0], delivery.properties, delivery.redelivered)


def _is_first(death: Mapping[str, Any], headers: Mapping[str, Any]) -> bool:
    names = ("queue", "reason")
    return all(f"x-first-death-{name}" in headers for name in names) and all(
        death.get(name) == headers[f"x-first-death-{name}"] for name in names
    )


@cache
def _pattern(template: str, topic: str | None = None) -> re.Pattern[str]:
    """Return what matches the routing keys that `template` makes, of one topic or of any."""
    any_topic = iter(("(?P<topic>.+)",))  # where it stands twice, it is the same one
    expression = ""
    for part in re.split("([{][a-z_]+[}])", template):
        if part == "{topic}":
            expression += next(any_topic, "(?P=topic)") if topic is None else re.escape(topic)
        else:
            expression += ".+" if part in ("{priority}", "{event_type}") else re.escape(part)
    return re.compile(expression)


def _unexpected(name: str, found: str, known: tuple[str, ...], contract: str | None) -> Violation:
    from notify_contracts._schema import quoted

    *others, last = map(quoted, known)
    either = f"{', '.join(others)} or {last}" if others else last
    return Violation("", name, f"expected {name} {either}, found {quoted(found)}", contract)
