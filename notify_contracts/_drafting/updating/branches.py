"""A condition that reality breaks, taken out of a document with what does nothing without it."""

from collections.abc import Sequence
from typing import Any

from notify_contracts._schema import at

_OF_PEOPLE = frozenset(("title", "description", "$comment"))


def take_out(document: Any, place: Sequence[str]) -> None:
    """Mark the branch at `place`, whose last part is ``then`` or ``else``, as taken out of a condition.

    The condition itself goes with its last branch; `without_empty` takes out what says nothing then.
    """
    try:
        holder = at(document, tuple(place[:-1]))
    except LookupError:  # it stood in another that is gone
        return
    holder.pop(place[-1], None)
    if not holder.keys() & {"then", "else"}:
        holder.pop("if", None)


def without_empty(schema: Any) -> None:
    """Take out of each ``allOf`` in a document what allows everything, in place."""
    if isinstance(schema, list):
        for each in schema:
            without_empty(each)
    if not isinstance(schema, dict):
        return
    for keyword, value in list(schema.items()):
        if keyword in ("examples", "const", "enum"):
            continue
        without_empty(value)
        if keyword == "allOf" and isinstance(value, list):
            left = [each for each in value if not isinstance(each, dict) or each.keys() - _OF_PEOPLE]
            if left:
                schema["allOf"] = left
            else:
                del schema["allOf"]
