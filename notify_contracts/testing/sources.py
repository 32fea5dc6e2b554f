"""The sources of notifications in a test: emitters in this process, and what they log."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Literal

from notify_contracts._untrusted import printable, shortened
from notify_contracts.drivers.log import LOGGER_BASE
from notify_contracts.emitting import Emission, Emitted, Undelivered, observing
from notify_contracts.testing.children import Take, hearing_children
from notify_contracts.testing.reading import notification_in
from notify_contracts.wire import FormatVersion

Source = Literal["notifier", "oslo.messaging", "logging"]

_OSLO_FAILURES = ("oslo_messaging.notify.messaging", "oslo_messaging.notify.notifier")
"""Where oslo.messaging logs, at level ERROR, what it could not deliver; it never raises it."""

_OSLO_DRIVERS = "stevedore.named"
"""Where is logged, at level WARNING, which of a notifier's drivers there are not; it may be gone when it is asked."""


@contextmanager
def listening(  # noqa: PLR0913  # all but the first three by name
    source: Source,
    take: Take,
    wire: FormatVersion = "2.0",
    *,
    late: Take | None = None,
    mine: Callable[[], bool] = lambda: True,
    forks_only: bool = False,
    is_shared: bool = False,
) -> Iterator[None]:
    """Call `take`, in the thread that emits, with everything that comes from `source` while the context lasts.

    What child processes emit that are started meanwhile is taken at the end, or when `hear_children` is called; what
    they emit after the end goes to `late`. A child that is no fork is heard if it has this process's environment and
    emits with `Notifier` or oslo.messaging's driver ``contracts``. `wire` is the format whose consumers' view is taken
    of what oslo.messaging sends. `mine` is asked where something is emitted, in a fork too; if it says no, that is
    somebody else's. A child that is no fork cannot be asked: with `forks_only` it is not heard. While somebody listens
    who `is_shared`, it is told of nobody else.
    """
    with ExitStack() as stack:
        hear = stack.enter_context(
            hearing_children(take, source, wire, late, forks_only=forks_only, is_shared=is_shared)
        )

        def take_mine(emitted: Emitted) -> None:
            if mine():
                hear(emitted)

        if source == "logging":
            stack.enter_context(_enabled(LOGGER_BASE))
            stack.enter_context(_handled(LOGGER_BASE, logging.DEBUG, lambda record: take_mine(notification_in(record))))
        else:
            stack.enter_context(observing(lambda emission: _pass_on(emission, source, take_mine, wire)))
        if source == "oslo.messaging":
            for name in _OSLO_FAILURES:
                stack.enter_context(_handled(name, logging.ERROR, lambda record: take_mine(_swallowed(record))))
            stack.enter_context(_handled(_OSLO_DRIVERS, logging.WARNING, lambda record: _split(record, take_mine)))
        yield


def deafness(source: Source | None, *, has_heard: bool) -> str | None:
    """Return why not all can have come from `source`, None where nothing is known to be wrong.

    All objects are gone through for notifiers of oslo.messaging, which takes long: only where nothing was heard.
    """
    if source == "logging":
        return _muted()
    if source != "oslo.messaging" or has_heard or "oslo_messaging.notify.notifier" not in sys.modules:
        return None
    from notify_contracts.oslo import split_setting

    return split_setting()


def _muted() -> str | None:
    """Return why Python's logging passes no notification on to us, None where nothing is known to be wrong."""
    manager, logger = logging.root.manager, logging.getLogger(LOGGER_BASE)
    if manager.disable >= logging.INFO:
        return "logging is disabled: leave out logging.disable where notifications are recorded"
    for name, one in list(manager.loggerDict.items()):
        if not name.startswith(f"{LOGGER_BASE}.") or not isinstance(one, logging.Logger):
            continue
        if one.disabled:
            return f"the logger {printable(name)} is disabled: configure logging with disable_existing_loggers=False"
        if not one.propagate:
            return f"the logger {printable(name)} does not propagate: what it logs comes no further"
        if one.level > logging.INFO:
            least = printable(logging.getLevelName(one.level))
            return f"the logger {printable(name)} passes on nothing below {least}: leave its level as it is"
    is_heard = logger.getEffectiveLevel() <= logging.INFO and any(
        isinstance(handler, _Handler) for handler in logger.handlers
    )
    if _levels.get(LOGGER_BASE) and not is_heard:
        return f"the logger {LOGGER_BASE} was configured anew: configure logging before notifications are recorded"
    return None


def _pass_on(emission: Emission, source: Source, take: Take, wire: FormatVersion) -> None:
    if emission.emitter == source:
        take(emission.arriving(wire))


def _split(record: logging.LogRecord, take: Take) -> None:
    if "oslo_messaging.notify.notifier" in sys.modules and isinstance(record.args, tuple):
        from notify_contracts.oslo import split_names

        names = sorted({name for each in record.args for name in str(each).split(", ")})
        if (split := split_names(names)) is not None:
            take(Undelivered(split))


def _swallowed(record: logging.LogRecord) -> Undelivered:
    error = record.exc_info[1] if record.exc_info else None
    reason = record.getMessage() if error is None else f"{type(error).__name__}: {error}"
    return Undelivered(shortened(printable(reason), 300))


_lock = Lock()
os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)
_levels: dict[str, list[int]] = {}
"""The level of a logger when each of those who listen to it began, by its name."""


@contextmanager
def _enabled(name: str) -> Iterator[None]:
    """Have a logger pass on everything, until the last who wants it does not any more."""
    logger = logging.getLogger(name)
    with _lock:
        _levels.setdefault(name, []).append(logger.level)
        if logger.getEffectiveLevel() > logging.DEBUG:
            logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        with _lock:
            level = _levels[name].pop()  # the first is the logger's own
            if not _levels[name]:
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
