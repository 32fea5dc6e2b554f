"""The driver that writes notifications to the log, one line of JSON each.

Source: oslo.messaging's driver ``log`` as recorded from Glance 33: logger names, levels, masked secrets.
"""

import logging
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from notify_contracts._untrusted import NotJsonError, dump, printable
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

MASK = "***"
SECRETS = (
    "adminpass",
    "credential",
    "encryptedkey",
    "fernetkey",
    "newpass",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pswd",
    "secret",
    "sslkey",
    "token",
)
"""A key that contains one of these, whatever its case, hyphens and underscores, holds a secret."""


class LogDriver:
    """Logs each notification with the logger ``oslo.messaging.notification.<event_type>``.

    The level is that of the priority's name, INFO where there is none. Of a priority that is no level, such as AUDIT
    and SAMPLE, nothing is logged, and a UserWarning says so. The message is the envelope as one line of JSON. Values of
    keys that name a secret become ``***``, at any depth; an object below such a key keeps its shape and is masked
    inside, as oslo.utils does it.
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
            line = dump(_masked(notification.envelope)).decode()
        except NotJsonError as error:
            raise DeliveryError(f"the notification cannot be logged as JSON: {error}", (notification,)) from None
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


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _masked_value(key, item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value


def _masked_value(key: Any, value: Any) -> Any:
    if isinstance(value, Mapping) or not _names_secret(key):
        return _masked(value)
    return MASK


def _names_secret(key: Any) -> bool:
    plain = str(key).lower().replace("_", "").replace("-", "")
    return any(secret in plain for secret in SECRETS)
