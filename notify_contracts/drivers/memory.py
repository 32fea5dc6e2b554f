"""The driver that keeps notifications for a test to look at."""

from collections.abc import Iterable

from notify_contracts.model import Notification


class MemoryDriver:
    """Keeps every notification in the order it came; still readable after `close`."""

    def __init__(self) -> None:
        self._kept: list[Notification] = []

    @property
    def notifications(self) -> tuple[Notification, ...]:
        """Everything sent so far, oldest first."""
        return tuple(self._kept)

    def clear(self) -> None:
        """Forget what was kept."""
        self._kept.clear()

    def send(self, notification: Notification) -> None:
        """Keep one notification."""
        self._kept.append(notification)

    def send_many(self, notifications: Iterable[Notification]) -> None:
        """Keep several, side by side even while other threads send."""
        self._kept.extend(tuple(notifications))

    def close(self) -> None:
        """Do nothing."""
