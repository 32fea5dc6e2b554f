"""The driver that carries notifications nowhere."""

from collections.abc import Iterable

from notify_contracts.model import Notification


class NoopDriver:
    """Takes everything and does nothing: the default, as a service that nobody has configured."""

    def send(self, notification: Notification) -> None:
        """Do nothing."""

    def send_many(self, notifications: Iterable[Notification]) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
