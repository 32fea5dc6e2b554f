"""A consumer: bills owners for the bytes that their pictures take."""

from collections import Counter

from notify_contracts import Notification, load
from notify_contracts.wire import decode


class RejectedError(Exception):
    """A message that cannot be billed; the text says what is wrong with it."""


class Billing:
    """The bytes that every owner has to pay for, at `bytes_of`; handles message bodies as they come off the bus."""

    def __init__(self) -> None:
        self.bytes_of: Counter[str] = Counter()
        self._catalog = load("glance-documented")
        self._uploaded: dict[str, tuple[str, int]] = {}

    def handle(self, body: bytes) -> None:
        """Take a notification into account; raise RejectedError for what breaks its contract."""
        verdict = self._catalog.check(decode(body))
        for violation in verdict.violations:
            raise RejectedError(f"{violation.pointer}: {violation.message}")
        if isinstance(verdict.content, Notification):
            self.account(verdict.content)

    def account(self, notification: Notification) -> None:
        """Take a notification into account that keeps its contract."""
        match notification.event_type, notification.priority:
            case "image.upload", "INFO":
                picture = notification.payload
                owner, size = picture["owner"] or "nobody", picture["size"] or 0
                self._uploaded[picture["id"]] = owner, size
                self.bytes_of[owner] += size
            case "image.delete", "INFO" if notification.payload in self._uploaded:
                owner, size = self._uploaded.pop(notification.payload)
                self.bytes_of[owner] -= size
