"""Which event type the name of a sample means, where classes enumerate what event types are made of.

Nova's ``instance-lock-with-reason.json`` is a sample of instance.lock, its ``instance-power_on_share-start.json`` one
of instance.power_on.start, and Masakari's ``create-host-end.json`` one of host.create.end.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

_MOST = 10_000  # event types that are put together of values

Field = Mapping[str, Any]


def event_type(sample: str, fields: Mapping[str, Field]) -> str | None:
    """Return the event type that a sample's file is named after, None if its name is not made of its values.

    `fields` are those of the event type, in their order.
    """
    text = sample.rpartition("/")[2].removesuffix(".json")
    for more in ("", "(?:_[^-]*)?"):  # what follows a value tells samples of one event type apart
        found = _in_order(text, list(fields.values()), more)
        if found is not None:
            return found
    return _in_any_order(text, list(fields.values()))


def values_of(one: Field) -> Sequence[str]:
    """Return the values that a field enumerates."""
    schema = one.get("schema")
    values = schema.get("enum") if isinstance(schema, dict) else None
    return [value for value in values if isinstance(value, str) and value] if isinstance(values, list | tuple) else ()


def _in_order(text: str, fields: Sequence[Field], more: str) -> str | None:
    pattern = ""
    meant: dict[str, str] = {}
    for each in fields:
        words = {value.replace(".", "-"): value for value in values_of(each)}
        meant |= words
        alternatives = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        one = rf"({alternatives}){more}(?![^-])" if words else r"([^-]+(?:-[^-]+)*?)(?![^-])"
        one = f"-{one}" if pattern else one
        pattern += f"(?:{one})?" if each["nullable"] else one
    matched = re.match(pattern, text) if pattern else None
    if matched is None:
        return None
    return ".".join(meant.get(group, group) for group in matched.groups() if group) or None


def _in_any_order(text: str, fields: Sequence[Field]) -> str | None:
    """Return the longest event type of which each word is in the text, where every field enumerates its values."""
    choices: list[Sequence[str]] = [[*values_of(each), *([""] if each["nullable"] else [])] for each in fields]
    if not choices or not all(map(values_of, fields)) or prod(map(len, choices)) > _MOST:
        return None
    words = Counter(text.split("-"))
    named = [".".join(value for value in values if value) for values in product(*choices)]
    fitting = [name for name in named if Counter(re.split("[.-]", name)) <= words]
    return max(fitting, key=lambda name: (name.count("."), name), default=None)
