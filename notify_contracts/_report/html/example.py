"""The example of a group: a notification beside the rule that it broke."""

from collections.abc import Iterator

from notify_contracts._checking import Group, GroupKey
from notify_contracts._report.html.excerpt import excerpt
from notify_contracts._report.html.faults import Broken, Examiner
from notify_contracts._report.html.life import ORDER_OF_LIFE, life
from notify_contracts._report.html.rule import rule
from notify_contracts._untrusted import shortened
from notify_contracts._untrusted.markup import Content, Markup, element
from notify_contracts.model import OF_LIVES, UNDELIVERED, Delivery, Unreadable

_LONGEST_KEY = 255  # AMQP has no longer ones


def pair(key: GroupKey, group: Group, examiner: Examiner) -> Markup:
    """Return the example of a group and the rule it breaks, side by side where there is room."""
    broken = examiner.examine(key, group.example)
    notification = element("div", element("h4", "The notification"), *_notification(key, group, broken))
    stated = element("div", element("h4", "The rule it breaks"), *rule(key, broken, examiner), *_life(key, group))
    return element("div", notification, stated, class_="pair")


def _life(key: GroupKey, group: Group) -> Iterator[Markup]:
    if key.keyword in ORDER_OF_LIFE:
        yield from life(group.example.message, group.example.location)


def _notification(key: GroupKey, group: Group, broken: Broken) -> Iterator[Content]:
    location, content = group.example.location, group.example.content
    first = "first of these: " if group.count > 1 else ""
    yield element("p", first, element("code", str(location)), class_="faint")
    if isinstance(content, Unreadable):
        said = content.reason if content.keyword == UNDELIVERED else f"It could not be read: {content.reason}"
        yield element("p", said)
        return
    yield excerpt(content.envelope, broken.places, "The notification")
    if key.keyword in OF_LIVES:
        yield element("p", "Of its payload only what its lifecycle looks at is shown.", class_="faint")
    if broken.places.secret:
        yield element("p", "The value of what must not be there is left out: it may be a secret.", class_="faint")
    if content.delivery is not None:
        yield _carried(content.delivery)


def _carried(delivery: Delivery) -> Markup:
    exchange, routing_key = (shortened(name, _LONGEST_KEY) for name in (delivery.exchange, delivery.routing_key))
    came = "Exchange ", element("code", exchange), ", routing key ", element("code", routing_key)
    return element("p", *came, class_="faint")
