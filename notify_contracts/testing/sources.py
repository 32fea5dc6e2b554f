"""The sources of notifications in a test: emitters in this process, and what they log."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Literal

from notify_contracts._untrusted import printable, shortened
from notify_contracts.drivers.log import LOGGER_BASE
from notify_contracts.emitting import Emission, Undelivered, observing
from notify_contracts.model import Notification, Unreadable
from notify_contracts.testing.reading import notification_in

Source = Literal["notifier", "oslo.messaging", "logging"]
Take = Callable[[Notification | Unreadable | Undelivered], None]

_OSLO_FAILURES = ("oslo_messaging.notify.messaging", "oslo_messaging.notify.notifier")
"""Where oslo.messaging logs, at level ERROR, what it could not deliver; it never raises it."""


@contextmanager
def listening(source: Source, take: Take) -> Iterator[None]:
    """Call `take`, in the thread that emits, with everything that comes from `source` while the context lasts."""
    with ExitStack() as stack:
        if source == "logging":
            stack.enter_context(_enabled(LOGGER_BASE))
            stack.enter_context(_handled(LOGGER_BASE, logging.DEBUG, lambda record: take(notification_in(record))))
        else:
            stack.enter_context(observing(lambda emission: _pass_on(emission, source, take)))
        if source == "oslo.messaging":
            for name in _OSLO_FAILURES:
                stack.enter_context(_handled(name, logging.ERROR, lambda record: take(_swallowed(record))))
        yield


def _pass_on(emission: Emission, source: Source, take: Take) -> None:
    if emission.emitter == source:
        take(emission.content)


def _swallowed(record: logging.LogRecord) -> Undelivered:
    error = record.exc_info[1] if record.exc_info else None
    reason = record.getMessage() if error is None else f"{type(error).__name__}: {error}"
    return Undelivered(shortened(printable(reason), 300))


@contextmanager
def _enabled(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    level = logger.level
    if logger.getEffectiveLevel() > logging.DEBUG:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.setLevel(level)


class _Handler(logging.Handler):
    def __init__(self, level: int, take: Callable[[logging.LogRecord], None]) -> None:
        super().__init__(level)
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record."""
        self._take(record)


@contextmanager
def _handled(name: str, level: int, take: Callable[[logging.LogRecord], None]) -> Iterator[None]:
    logger, handler = logging.getLogger(name), _Handler(level, take)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
