"""What every driver is: something that takes notifications and is closed in the end."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from notify_contracts.model import Notification


@runtime_checkable
class Driver(Protocol):
    """Carries notifications somewhere; must be safe to use from several threads.

    A call returns when everything it was given is where it belongs, and raises `DeliveryError` naming
    what is not. A notification may be wrong on purpose (to test a consumer): carry it all the same.
    """

    def send(self, notification: Notification) -> None:
        """Carry one notification; raise `DeliveryError` if it could not be delivered."""

    def send_many(self, notifications: Iterable[Notification]) -> None:
        """Carry several in the order given; raise `DeliveryError` naming those not delivered.

        They may come from a generator that builds them as they are taken.
        """

    def close(self) -> None:
        """Give back what the driver holds; a second call does nothing."""
