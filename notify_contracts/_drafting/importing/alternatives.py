"""Messages that may be one of several whole notifications, taken apart."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from notify_contracts._drafting.importing.asyncapi_messages import Message
from notify_contracts._drafting.importing.structured import Places, inside
from notify_contracts._drafting.importing.wholes import all_parts
from notify_contracts.wire import MESSAGE_KEY

_NO_RULE = frozenset(("$comment", "$id", "$schema", "description", "discriminator", "examples", "title", "type"))


def apart(places: Places, messages: Sequence[Message], names: AbstractSet[str]) -> Iterator[Message]:
    """Yield the messages, in the place of one that allows notifications side by side each of these.

    A notification has properties of all the `names`. That of format 2.0, which stands beside one of format 1.0 and has
    it as text in it, is none of its own.
    """
    for message in messages:
        leaves = [*_leaves(places, message)]
        is_apart = any(names <= _named(places, each) for each in leaves)
        yield from leaves if is_apart else (message,)


def _leaves(places: Places, message: Message) -> Iterator[Message]:
    """Yield a message for each of the schemas of which its own allows one."""
    waiting, known = [message], set[int]()
    while waiting:
        each = waiting.pop(0)
        schema = places.followed(each.schema)
        keyword = next((one for one in ("oneOf", "anyOf") if isinstance(inside(schema, one), list)), None)
        if id(schema) in known or _wraps(schema):
            continue
        known.add(id(schema))
        if keyword is None:
            yield each
            continue
        rest = {name: value for name, value in schema.items() if name != keyword}
        waiting[:0] = [
            replace(each, schema=_both(rest, branch), branch=f"{each.branch}/{keyword}/{number}")
            for number, branch in enumerate(schema[keyword])
        ]


def _both(rest: Mapping[str, Any], branch: Any) -> Any:
    """Return the schema that asks for what stands beside the branches, and for one of these."""
    if not rest.keys() - _NO_RULE:
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
