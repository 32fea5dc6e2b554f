"""An object's schema made wider: properties that may be missing, and properties that were not declared."""

from dataclasses import replace

from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import said
from notify_contracts._drafting.inference.kin import Kin
from notify_contracts._drafting.inference.maps import is_map
from notify_contracts._drafting.inference.names import is_attached
from notify_contracts._drafting.inference.rules import Rules
from notify_contracts._drafting.inference.seen import Objects

_MOST_NAMED = 6


def allow_missing(schema: Schema, name: str, count: int, total: int) -> None:
    """Have a property no longer be required, which was missing `count` times."""
    left = [required for required in schema["required"] if required != name]
    if left:
        schema["required"] = left
    else:
        del schema["required"]
    stated = schema.get("properties", {}).get(name)
    holder = stated if isinstance(stated, dict) else schema
    whose = "" if holder is stated else f"{name} "
    what = f"{whose}seen in {max(total, count) - count:,} of {max(total, count):,}"
    holder["$comment"] = f"{holder['$comment']}; {what}" if "$comment" in holder else what


def allow_properties(schema: Schema, objects: Objects, total: int, rules: Rules, of: str = "") -> str:
    """Have a closed object, of the name `of`, have the properties that were seen, or any where their names are data.

    Return which in words.
    """
    attached = of if is_attached(of) and not schema.get("required") else ""
    if attached or is_map(objects):
        values, _ = objects.together()
        schema.pop("additionalProperties", None)
        if stated := rules.of_named(values, attached):
            schema["additionalProperties"] = stated
        return "any other property, for their names are data"
    properties = dict(schema.get("properties", {}))
    for name, seen in sorted(objects.properties.items(), key=lambda item: (rules.ranks.get(item[0], 0), item[0])):
        kin = rules.kin.of(name, seen.kinds)
        has_others = kin is not None and kin.count > seen.count
        drafted = (rules if has_others else replace(rules, kin=Kin())).schema(seen, name)
        if seen.count < total:
            drafted["$comment"] = f"{said(seen.count, total)}; {drafted['$comment']}"
        properties[name] = drafted
    items = [(keyword, value) for keyword, value in schema.items() if keyword != "properties"]
    where = next((n for n, keyword in enumerate(schema) if keyword == "properties"), None)
    if where is None:
        where = next(n for n, (keyword, _) in enumerate(items) if keyword == "additionalProperties")
    schema.clear()
    schema.update([*items[:where], ("properties", properties), *items[where:]])
    names = sorted(objects.properties)
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"also {', '.join(names[:_MOST_NAMED])}{more}"
