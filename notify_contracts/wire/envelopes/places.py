"""Places in an event, by the names of objects' members on the way there: looked up, taken out, put in."""

from collections.abc import Mapping
from typing import Any

Path = tuple[str, ...]

MISSING = object()
"""What is at a place that is not there."""


def path_of(pointer: str) -> Path:
    """Return the names in a JSON Pointer. Source: RFC 6901, section 4."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def value_at(event: Any, path: Path) -> Any:
    """Return what is at a place in an event, `MISSING` for nothing."""
    for name in path:
        if not isinstance(event, Mapping) or name not in event:
            return MISSING
        event = event[name]
    return event


def take_out(event: dict[str, Any], path: Path) -> None:
    """Take the value at a place out of an event, which is copied as far as it changes; so is what is left empty."""
    name, *inner = path
    if name not in event or (inner and not isinstance(event[name], dict)):
        return  # it was in what is taken out already
    if inner:
        event[name] = dict(event[name])
        take_out(event[name], tuple(inner))
        if event[name]:
            return
    del event[name]


def put(event: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value at a place in an event; what is on the way there is copied, or made."""
    *outer, last = path
    for name in outer:
        inner = event.get(name)
        event[name] = event = dict(inner) if isinstance(inner, Mapping) else {}
    event[last] = value
