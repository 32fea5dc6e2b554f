"""Notifications found among others, by their event and priority."""

from collections.abc import Sequence
from typing import cast

from notify_contracts._checking import Selection
from notify_contracts._schema import did_you_mean, quoted
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog
from notify_contracts.errors import UsageError
from notify_contracts.model import Notification, Unreadable
from notify_contracts.testing.strictness import Strictness

Content = Notification | Unreadable


def selected(contents: Sequence[Content], event: str, priority: str | None) -> list[Notification]:
    """Return the notifications of an event, by its type or a glob, and of a priority, in their order."""
    selection = Selection((event,), () if priority is None else (priority,))
    return [content for content in contents if isinstance(content, Notification) and content in selection]


def in_order(contents: Sequence[Content], events: Sequence[str], priority: str | None) -> list[Notification]:
    """Return the first notifications that are of these events in this order, as far as there are."""
    found: list[Notification] = []
    for content in contents:
        if len(found) < len(events) and selected([content], events[len(found)], priority):
            found.append(cast("Notification", content))
    return found


def written(event: str, priority: str | None) -> str:
    """Return an event and a priority as the arguments of an assertion."""
    return f'"{event}", priority="{priority}"' if priority else f'"{event}"'


def described(event: str, priority: str | None) -> str:
    """Return an event and a priority in words."""
    named = event or '""'
    return f"{named} of priority {priority}" if priority else named


def require_sense(events: Sequence[object], priority: object, catalog: Catalog, strictness: Strictness) -> None:
    """Raise UsageError for events that are none, or a priority: to assert them could never fail, or never hold.

    Where event types may come that the catalog does not have, only what it has is held against it, or nothing.
    """
    __tracebackhide__ = True
    if not events:
        raise UsageError("expected event types or globs of them, found none: a sequence of nothing always holds")
    if not isinstance(priority, str | None):
        raise UsageError(f"expected a priority or None, found a {type(priority).__name__}: ask for one at a time")
    for event in events:
        if not isinstance(event, str):
            raise UsageError(f"expected an event type or a glob, found a {type(event).__name__}: name each by itself")
        is_known = strictness == Strictness.KNOWN and event in catalog.event_types
        if is_known or strictness == Strictness.STRICT:
            _require_contract(catalog, event, priority)


def _require_contract(catalog: Catalog, event: str, priority: str | None) -> None:
    __tracebackhide__ = True
    known = catalog.priorities
    if priority is not None and priority not in known:
        meant = did_you_mean(priority, known) or f"; choose from {', '.join(map(printable, known))}"
        raise UsageError(f"{catalog.name} has no priority {quoted(priority)}{meant}")
    catalog.selected(event, priority)
