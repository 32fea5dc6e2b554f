"""What a reader sees of a notification: no secret, and no value of what must not be there."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from notify_contracts._schema import HIDING, pointer_parts
from notify_contracts._untrusted import MASK, Secrets
from notify_contracts.model import Notification, Violation

FORBIDDEN = "…"
"""What stands in the place of a value that must not be there."""


def shown(notification: Notification, violations: Iterable[Violation], secrets: Secrets) -> Notification:
    """Return a notification as every report shows it; `violations` are all that was found in it."""
    envelope = hidden(notification.envelope, violations, secrets)
    return replace(notification, envelope=envelope) if isinstance(envelope, dict) else notification


def hidden(envelope: Any, violations: Iterable[Violation], secrets: Secrets) -> Any:
    """Return a copy of an envelope without what `shown` hides."""
    copy = secrets.hidden(envelope)
    for violation in violations:
        if violation.keyword in HIDING:
            _hide(copy, violation.pointer)
    return copy


def _hide(copy: Any, pointer: str) -> None:
    *parents, last = pointer_parts(pointer) or ("payload",)
    place = copy
    try:
        for part in parents:
            place = place[int(part)] if isinstance(place, list) else place[part]
        key = int(last) if isinstance(place, list) else last
        if place[key] != MASK:  # a secret by its name stays one when a report is read back
            place[key] = FORBIDDEN
    except (LookupError, TypeError, ValueError):
        return  # it is within what is hidden already
