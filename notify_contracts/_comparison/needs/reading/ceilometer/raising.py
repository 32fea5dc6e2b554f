"""What jsonpath-rw 1.4 raises for on its way to a place: an item of what has none. The whole notification is lost."""

from functools import reduce
from typing import Any, NamedTuple

from notify_contracts._comparison.needs.paths import Index, Name, Path, Step

Schema = dict[str, Any]


class Guard(NamedTuple):
    """A place, and the form that must be there, if anything is, for nothing to be raised."""

    path: Path
    form: Schema


def guard(path: Path) -> Guard | None:
    """Return what must hold for `path` to be followed to its end; None if nothing can be raised.

    It begins where the first list does, one member before it, for null in place of a list raises, too.
    """
    lists = [position for position, step in enumerate(path.steps) if not isinstance(step, Name)]
    if not lists:
        return None
    before = lists[0] - 1
    form: Schema = reduce(_below, reversed(path.steps[before:]), {})
    return Guard(Path(path.steps[:before]), form) if form else None


def _below(below: Schema, step: Step) -> Schema:
    if isinstance(step, Name):
        return {"properties": {step.key: below}} if below else {}
    if isinstance(step, Index):
        items = {"prefixItems": [*([True] * step.key), below]} if below else {}
        short = {"type": "object", "maxProperties": step.key}  # what has more members is asked for one named 0
        return {"anyOf": [{"type": "array", **items}, {"type": "string"}, short]}
    if step.where is None:  # one thing is a list of one
        one = {"allOf": [{"type": ["object", "string", "boolean", "integer"]}, below]}
        return {"anyOf": [{"type": "array", **({"items": below} if below else {})}, one]}
    return _of_those(step.where, below) if below else {}


def _of_those(where: tuple[tuple[str, ...], bool, Any], below: Schema) -> Schema:
    """Return what items keep of which something holds."""
    names, _, value = where
    fits: Schema = reduce(
        lambda inner, name: {"type": "object", "required": [name], "properties": {name: inner}},
        reversed(names),
        {"const": value},
    )
    return {"items": {"anyOf": [{"not": fits}, below]}}
