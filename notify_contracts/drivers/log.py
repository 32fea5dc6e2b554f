"""The driver that writes notifications to the log, one line of JSON each.

Source: oslo.messaging's driver ``log`` as recorded from Glance 33: logger names, levels, masked secrets.
"""

import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

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
    A handler that cannot write the line (a full disk) is a `DeliveryError`, though logging itself goes on without a
    word; what a handler writes later, from a queue or a buffer, is out of sight.
    """

    def send(self, notification: Notification) -> None:
        """Log one notification; raise `DeliveryError` if it cannot be written, or not as JSON."""
        level = level_of(notification.priority)
        if level is None:
            name = f"{notification.event_type} {notification.priority}"
            warnings.warn(
                f"{printable(name)} is not logged: no level of a log has this name", UserWarning, stacklevel=2
            )
            return
        try:
            line = dump(logged_envelope(notification)).decode()
        except NotJsonError as error:
            raise DeliveryError(f"the notification cannot be logged as JSON: {error}", (notification,)) from None
        except RecursionError:
            raise DeliveryError("the notification is nested too deeply to be logged", (notification,)) from None
        logger = logging.getLogger(f"{LOGGER_BASE}.{notification.event_type}")
        failure = _logged(logger, level, line)
        if failure is not None:
            reason = printable(str(getattr(failure, "strerror", None) or failure))
            raise DeliveryError(f"the line was not written to the log: {reason}", (notification,))

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


def logged_envelope(notification: Notification) -> Mapping[str, Any]:
    """Return what is logged of a notification: its envelope without secrets."""
    envelope: Mapping[str, Any] = masked(notification.envelope)
    return envelope


def level_of(priority: object) -> int | None:
    """Return the level at which notifications of a priority are logged, None if they are not."""
    return LEVELS.get(priority.upper()) if isinstance(priority, str) else logging.INFO


class _Failures(threading.local):
    """What went wrong in the handlers of this thread while it was logging."""

    def __init__(self) -> None:
        self.seen: list[BaseException | None] = []


_failures = _Failures()


class _Heard:
    """In the place of a handler's `handleError`: notes what has failed, and has it handled as before."""

    def __init__(self, handle: Callable[[logging.LogRecord], None]) -> None:
        self._handle = handle

    def __call__(self, record: logging.LogRecord) -> None:
        _failures.seen.append(sys.exc_info()[1])
        self._handle(record)


def _logged(logger: logging.Logger, level: int, line: str) -> BaseException | None:
    """Log a line; return what has kept a handler from writing it, None if nothing has."""
    # A handler swallows its error and tells nobody but its own method: that is where it can be heard.
    for handler in _handlers(logger):
        if not isinstance(handler.handleError, _Heard):
            handler.handleError = _Heard(handler.handleError)  # type: ignore[method-assign]
    _failures.seen.clear()
    logger.log(level, "%s", line)
    return next(iter(_failures.seen), None)


def _handlers(logger: logging.Logger) -> Iterator[logging.Handler]:
    """Yield the handlers that a record of this logger comes to."""
    at: logging.Logger | None = logger
    while isinstance(at, logging.Logger):  # what a test has put in its place has parents without end
        yield from at.handlers
        at = at.parent if at.propagate else None
