"""A consumer: keeps what notifications say of images.

It looks right, rejects what breaks its contract, and handles every example of its contracts. It is wrong in three ways,
and test_shelf.py finds them: each with a notification of a few lines.
"""

from datetime import UTC, datetime
from typing import Any

from notify_contracts import load

CATALOG = load("glance-documented")


class RejectedError(Exception):
    """The notification breaks its contract."""


class Shelf:
    """Images by id: a label of one letter, tags in order, and the time each was last heard of."""

    def __init__(self) -> None:
        self.images: dict[str, tuple[str, list[str], datetime]] = {}

    def handle(self, notification: dict[str, Any]) -> None:
        """Keep what one notification says; raise `RejectedError` if it breaks its contract."""
        verdict = CATALOG.check(notification)
        if not verdict.conforms:
            raise RejectedError(verdict.violations[0].message)
        image = notification["payload"]
        label = image["name"].strip()[0].upper() if image["name"] else "?"
        image["tags"].sort()
        self.images[image["id"]] = label, image["tags"], _moment(notification["timestamp"])


def _moment(timestamp: str) -> datetime:
    """Read oslo's form or RFC 3339."""
    form = "%Y-%m-%dT%H:%M:%SZ" if "T" in timestamp else "%Y-%m-%d %H:%M:%S.%f"
    return datetime.strptime(timestamp, form).replace(tzinfo=UTC)
