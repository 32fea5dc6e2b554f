"""The AMQP handshake tells whether a broker is ready, and tells "not yet" from "never"."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from pika.exceptions import IncompatibleProtocolError

from notify_contracts._amqp import SILENT, Address, Host, causes, certificate_problem, connection_problem, greet
from notify_contracts._untrusted import monotonic, printable, redacted, shortened
from notify_contracts.errors import BrokerError, BrokerUnavailableError

# pika's text of a connection.close that came from the broker.
_REPLY = re.compile(r"""ConnectionClosedByBroker: \(\d+\) ['"](.*)['"]""")

ATTEMPT_SECONDS: Final = 5.0
PAUSE_SECONDS: Final = 0.05


class _NotYetError(Exception):
    """Nothing answers as a broker does, but something may in a moment; ``str()`` is the reason."""


def _do_nothing() -> None:
    """Raise nothing: there is nobody to ask whether waiting makes sense."""


def wait_until_ready(url: str, seconds: float, *, check: Callable[[], None] = _do_nothing) -> None:
    """Return as soon as the broker at `url` lets the URL's user in to the URL's virtual host.

    `check` is called between two attempts and raises once there is nothing left to wait for.

    Of several hosts one is enough.

    Raise `UsageError` if the URL cannot be used, `BrokerUnavailableError` if nothing answered within `seconds`,
    and plain `BrokerError`, at once, if a broker answers and refuses us.
    """
    deadline = monotonic() + seconds
    while True:
        try:
            with _expecting_failures():
                _shake_hands(url, min(ATTEMPT_SECONDS, max(deadline - monotonic(), PAUSE_SECONDS)))
        except _NotYetError as not_yet:
            reason = str(not_yet)
        else:
            return
        check()
        if monotonic() + PAUSE_SECONDS > deadline:
            raise BrokerUnavailableError(f"no broker answered at {redacted(url)} within {seconds:g} seconds: {reason}")
        time.sleep(PAUSE_SECONDS)


@contextmanager
def _expecting_failures() -> Iterator[None]:
    """Keep pika from logging, as errors with tracebacks, that a broker is not there yet."""
    logger = logging.getLogger("pika")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _shake_hands(url: str, seconds: float) -> None:
    """Shake hands with the first host that does so; raise what is most telling if none does."""
    refusals: list[BrokerError] = []
    not_yet = None
    hosts = Address.of(url).hosts
    for host in hosts:
        try:
            _shake_hands_with(host, seconds / len(hosts))
        except _NotYetError as error:
            not_yet = error
        except BrokerError as error:
            refusals.append(error)
        else:
            return
    raise refusals[0] if refusals else not_yet or AssertionError


def _shake_hands_with(host: Host, seconds: float) -> None:
    where, parameters = host
    parameters.socket_timeout = seconds
    parameters.stack_timeout = seconds
    parameters.blocked_connection_timeout = seconds
    error = greet(parameters, seconds)
    if error is not None:
        raise _failure(error, where)


def _failure(error: BaseException, where: str) -> BrokerError | _NotYetError:
    found = tuple(causes(error))
    if any(isinstance(cause, IncompatibleProtocolError) for cause in found) and not certificate_problem(error, where):
        return _NotYetError("what listens there does not speak AMQP 0-9-1")
    problem = connection_problem(error, where)
    if problem.refused or problem.suspicious:
        return problem.error
    if any(isinstance(cause, SILENT) for cause in found):
        return _NotYetError("it does not say a word")
    return _NotYetError(_reason_of(found[-1]))


def _reason_of(cause: BaseException) -> str:
    """Return the message of the broker or of the operating system."""
    text = str(getattr(cause, "strerror", None) or cause) or type(cause).__name__
    replied = _REPLY.fullmatch(text)
    return shortened(printable(replied[1] if replied else text), 200)
