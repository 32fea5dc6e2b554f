"""On which exchange and under which routing keys a service sends, by the recordings that tell it."""

from collections import Counter
from collections.abc import Mapping

from notify_contracts._drafting.documents import Pair, Schema
from notify_contracts.errors import UsageError
from notify_contracts.wire import ROUTING_KEY, require_routing_key

_ANY_KEY = "{topic}"  # a topic that is not known may be anything


def transport(ways: Mapping[tuple[str, str, Pair], int] | None) -> Schema:
    """Return the ``transport`` of a catalog: what was seen, which is nothing where no broker was recorded.

    Any routing key will do where they are not made in one way of topic, priority and event type, and anything where the
    `ways` were too many to be counted.
    """
    if ways is None:
        return {"routing_key": _ANY_KEY}
    exchanges: Counter[str] = Counter()
    templates: Counter[str] = Counter()
    for (exchange, routing_key, pair), count in ways.items():
        exchanges[exchange] += count
        templates[_template(routing_key, pair)] += count
    stated: Schema = {"exchange": _several(exchanges)} if any(exchanges) else {}
    suffix = ROUTING_KEY.removeprefix("{topic}")
    topics = Counter({each.removesuffix(suffix): count for each, count in templates.items() if each.endswith(suffix)})
    if templates and len(topics) == len(templates) and all(topic and "{" not in topic for topic in topics):
        stated["topic"] = _several(topics)
    elif templates:
        first, *others = templates
        stated["routing_key"] = first if not others and _can_be_stated(first) else _ANY_KEY
    return stated


def _can_be_stated(template: str) -> bool:
    """Whether a catalog can state it: not where exchanges that go by no words have an empty key, or one with spaces."""
    try:
        require_routing_key(template)
    except UsageError:
        return False
    return True


def _template(routing_key: str, pair: Pair) -> str:
    """Return how a routing key is made of the event type and the priority."""
    event_type, priority = pair
    made = routing_key.replace(event_type, "{event_type}", 1)
    before, found, after = made.rpartition(priority.lower())
    return f"{before}{{priority}}{after}" if found and "{" not in before[-1:] else made


def _several(counts: Counter[str]) -> str | list[str]:
    """Return a name, or several, the most frequent first."""
    names = [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if name]
    return names[0] if len(names) == 1 else names
