"""Notifications found among others, by their event and priority."""

from collections.abc import Sequence
from typing import cast

from notify_contracts._checking import Selection
from notify_contracts.model import Notification, Unreadable

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
    return f"{event} of priority {priority}" if priority else event
