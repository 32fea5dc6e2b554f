"""Messages that may be one of several whole notifications, taken apart."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from typing import Any

from notify_contracts._drafting.importing.asyncapi_messages import Message
from notify_contracts._drafting.importing.structured import Places, inside
from notify_contracts._drafting.importing.translating import rules_in
from notify_contracts._drafting.importing.wholes import MOST, all_parts
from notify_contracts._untrusted import printable
from notify_contracts.errors import SourceError
from notify_contracts.wire import MESSAGE_KEY


def apart(places: Places, messages: Sequence[Message], names: AbstractSet[str]) -> Iterator[Message]:
    """Yield the messages, in the place of one that allows notifications side by side each of these.

    A notification has properties of all the `names`. That of format 2.0, which stands beside one of format 1.0 and has
    it as text in it, is none of its own. Raise SourceError where a few schemas stand for very many.
    """
    for message in messages:
        leaves = [*islice(_leaves(places, message), MOST + 1)]
        if not any(names <= _named(places, each) for each in leaves):
            yield message
        elif len(leaves) > MOST:
            what = f"more than {MOST:,} notifications may be there"
            raise SourceError(f"{printable(message.place)}: {what}: take some out of its oneOf or anyOf")
        else:
            yield from leaves


def _leaves(places: Places, message: Message) -> Iterator[Message]:
    """Yield a message for each of the schemas of which its own allows one."""
    waiting, known = deque([message]), dict[int, Any]()  # which are kept, for others could get their ids
    while waiting:
        each = waiting.popleft()
        schema = places.followed(each.schema)
        keyword = next((one for one in ("oneOf", "anyOf") if isinstance(inside(schema, one), list)), None)
        if id(schema) in known or _wraps(schema):
            continue
        known[id(schema)] = schema
        if keyword is None:
            yield each
            continue
        rest = {name: value for name, value in schema.items() if name != keyword}
        waiting.extendleft(
            replace(each, schema=_both(rest, branch), branch=f"{each.branch}/{keyword}/{number}")
            for number, branch in reversed([*enumerate(schema[keyword])])
        )


def _both(rest: Mapping[str, Any], branch: Any) -> Any:
    """Return the schema that asks for what stands beside the branches, and for one of these."""
    if not {*rules_in(rest)} - {"type"}:
        return branch
    both = rest.get("allOf")
    return {**rest, "allOf": [*(both if isinstance(both, list) else ()), branch]}


def _named(places: Places, message: Message) -> set[str]:
    """Return the properties of which the schemas of a content speak."""
    stated = (part.schema.get("properties") for part in all_parts(places, message.schema, message.place))
    return {name for each in stated if isinstance(each, Mapping) for name in each}


def _wraps(schema: Any) -> bool:
    """Whether a schema is that of format 2.0, which has the notification as text in it."""
    properties = inside(schema, "properties")
    return isinstance(properties, Mapping) and MESSAGE_KEY in properties
