"""Needs made of what was seen, in recordings or in tests: a kind of notification, and the places in it."""

import glob
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notify_contracts._comparison.needs.matching import Pattern
from notify_contracts._comparison.needs.model import Need, Read
from notify_contracts._comparison.needs.paths import Index, Items, Name, Path
from notify_contracts.catalog import PRIORITY

Steps = tuple[str | int | None, ...]
"""The way to a place: names of members, indexes of items, None for whichever item."""

Kind = tuple[str, str]
"""An event type, and a priority; empty where all are meant."""


def path_of(steps: Steps) -> Path:
    """Return the path that leads there."""
    return Path(
        tuple(Items() if step is None else Index(step) if isinstance(step, int) else Name(step) for step in steps)
    )


def form_of(types: Iterable[str]) -> Mapping[str, Any]:
    """Return the schema that a value keeps whose type is one of these; null is nothing that is read."""
    found = {*types} - {"null"}
    return {"type": type_of(found)} if found else {}


def type_of(types: Iterable[str]) -> str | list[str]:
    """Return these types as the keyword ``type`` has them: one, or several; a number may be an integer."""
    several = {*types}
    found = sorted(several - {"integer"} if "number" in several else several)
    return found[0] if len(found) == 1 else found


def composed(reads: Mapping[Kind, tuple[Read, ...]]) -> Iterator[Need]:
    """Yield the needs for these kinds, in order; priorities of which the same is read share one."""
    for event_type in sorted({event_type for event_type, _ in reads}):
        shared: dict[tuple[Read, ...], list[str]] = {}
        by_priority = {priority: found for (name, priority), found in reads.items() if name == event_type}
        for priority, found in sorted(by_priority.items()):
            if found:
                shared.setdefault(found, []).append(priority)
        pattern = Pattern(glob.escape(event_type))
        for found, priorities in shared.items():
            every = not all(map(PRIORITY.fullmatch, priorities))  # what a file of needs cannot say stands for all
            yield Need((pattern,), found, priorities=frozenset(() if every else priorities))
