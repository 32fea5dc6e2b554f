"""What a schema says of some places and of nothing else: contracts often say the same of a place."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from notify_contracts._comparison.needs.paths import Name, Path

Tree = dict[str, "Tree"]
"""Names of members, each with those below it that matter; none where all of the member does."""


def tree_of(paths: Iterable[Path]) -> Tree:
    """Return the members that lead to `paths`, as far as they are reached by names alone."""
    whole: Tree = {}
    ended: set[int] = set()
    for path in paths:
        node = whole
        for step in path.steps:
            if not isinstance(step, Name) or id(node) in ended:
                break
            node = node.setdefault(step.key, {})
        node.clear()
        ended.add(id(node))
    return whole


def part(schema: Any, tree: Tree) -> Any:
    """Return a schema that says what a flattened `schema` says of the members in `tree`: it allows at least as much."""
    if not tree or not isinstance(schema, Mapping):
        return schema
    # What no property is may be one of patternProperties, of which additionalProperties does not speak.
    others = True if "patternProperties" in schema else schema.get("additionalProperties", True)
    members = schema.get("properties", {})
    below = {name: part(members.get(name, others), inner) for name, inner in tree.items()}
    required = sorted(tree.keys() & set(schema.get("required", ())))
    kept = {"type": schema["type"]} if "type" in schema else {}
    return {**kept, "required": required, "properties": below}


def put(value: Any, tree: Tree, found: Any) -> Any:
    """Return `value` with what `found` has of the members in `tree`, or without what it lacks of them."""
    if not tree or not isinstance(value, dict) or not isinstance(found, dict):
        return found
    changed = copy(value)
    for name, inner in tree.items():
        if name not in found:
            changed.pop(name, None)
        else:
            changed[name] = put(value[name], inner, found[name]) if name in value else found[name]
    return changed
