"""The driver that writes notifications to the log, one line of JSON each.

Source: oslo.messaging's driver ``log`` as recorded from Glance 33: logger names, levels, masked secrets.
"""

import logging
import warnings
from collections.abc import Iterable

from notify_contracts._untrusted import NotJsonError, dump, printable
from notify_contracts.drivers.masking import masked
from notify_contracts.errors import DeliveryError
from notify_contracts.model import Notification

LOGGER_BASE = "oslo.messaging.notification"
LEVELS = {
    "DEBUG": logging.DEBUG,
    "INFO": logging.INFO,
    "WARN": logging.WARNING,
    "WARNING": logging.WARNING,
    "ERROR": logging.ERROR,
    "CRITICAL": logging.CRITICAL,
}
"""The level of a priority; of any other, oslo.messaging's driver warns and writes nothing."""


class LogDriver:
    """Logs each notification with the logger ``oslo.messaging.notification.<event_type>``.

    The level is that of the priority's name, INFO where there is none. Of a priority that is no level, such as AUDIT
    and SAMPLE, nothing is logged, and a UserWarning says so. The message is the envelope as one line of JSON. Secrets
    become ``***``: values of keys that name one, at any depth, and what a text names as one, in the event type, too.
    """

    def send(self, notification: Notification) -> None:
        """Log one notification; raise `DeliveryError` if it cannot be written as JSON."""
        level = level_of(notification.priority)
        if level is None:
            name = f"{notification.event_type} {notification.priority}"
            warnings.warn(
                f"{printable(name)} is not logged: no level of a log has this name", UserWarning, stacklevel=2
            )
            return
        try:
            line = dump(masked(notification.envelope)).decode()
        except NotJsonError as error:
            raise DeliveryError(f"the notification cannot be logged as JSON: {error}", (notification,)) from None
        except RecursionError:
            raise DeliveryError("the notification is nested too deeply to be logged", (notification,)) from None
        logger = logging.getLogger(f"{LOGGER_BASE}.{notification.event_type}")
        logger.log(level, "%s", line)

    def send_many(self, notifications: Iterable[Notification]) -> None:
        """Log several in order; raise `DeliveryError` naming those not yet logged when one fails."""
        remaining = iter(notifications)
        for notification in remaining:
            try:
                self.send(notification)
            except DeliveryError as error:
                raise DeliveryError(str(error), (notification, *remaining)) from None

    def close(self) -> None:
        """Do nothing: loggers and handlers belong to the application."""


def level_of(priority: object) -> int | None:
    """Return the level at which notifications of a priority are logged, None if they are not."""
    return LEVELS.get(priority.upper()) if isinstance(priority, str) else logging.INFO
