"""What pika reports, as one line that says what happened and what to do next."""

import socket
import ssl
from collections.abc import Iterator
from typing import Any, NamedTuple

from pika import exceptions as pika_errors

from notify_contracts.errors import BrokerError
from notify_contracts.text import printable

# Reply codes of AMQP 0-9-1 (section 1.2) that no waiting can cure.
NOT_FOUND = 404
RESOURCE_LOCKED = 405
PRECONDITION_FAILED = 406
ACCESS_REFUSED = 403
NOT_ALLOWED = 530
_REFUSALS = frozenset((ACCESS_REFUSED, RESOURCE_LOCKED, PRECONDITION_FAILED, NOT_ALLOWED))


class Problem(NamedTuple):
    """An error for the user; `refused` means that the broker decided so and will decide so again.

    `suspicious` means that it is a mistake in the URL, unless the broker has been reached before.
    """

    error: BrokerError
    refused: bool = False
    suspicious: bool = False


def reply(code: int, text: str, doing: str, where: str) -> Problem:
    """Return the problem that the broker at `where` stated with an AMQP reply while we were `doing` something."""
    advice = {
        ACCESS_REFUSED: "; give the user this permission on the virtual host (rabbitmqctl set_permissions)",
        NOT_FOUND: "; declare it first",
        RESOURCE_LOCKED: "; another connection holds it exclusively",
        PRECONDITION_FAILED: "; use the same durable, auto_delete and queue_type, or delete it first",
    }.get(code, "")
    message = f"the broker at {where} refused {doing}: {printable(text)}{advice}"
    return Problem(BrokerError(message), refused=code in _REFUSALS)


def nacked(where: str) -> BrokerError:
    """Return the error for a message that the broker did not accept."""
    return BrokerError(f"the broker at {where} did not accept it (nack); is its queue full or its disk broken?")


def unroutable(routing_key: str, where: str) -> BrokerError:
    """Return the error for a message that no queue took although one had been declared and bound."""
    message = f"the broker at {where} found no queue for routing key {routing_key!r}; who removes the binding?"
    return BrokerError(message)


def blocked(seconds: float, reason: str, where: str) -> BrokerError:
    """Return the error for a broker that has blocked publishers for `seconds`."""
    message = f"the broker at {where} has blocked publishers for {seconds:g} s ({printable(reason)})"
    return BrokerError(f"{message}; free its disk or memory")


class _Kind(NamedTuple):
    """What an exception of pika's or of Python's means."""

    exception: type[BaseException]
    message: str
    refused: bool = False
    suspicious: bool = False


_KINDS = (
    _Kind(
        ssl.SSLCertVerificationError,
        "the certificate of {where} is not trusted: {cause.verify_message}; "
        "give its authority's certificate (cafile) or correct the host name",
        suspicious=True,
    ),
    _Kind(ssl.SSLError, "TLS with {where} failed: {cause.reason}; is this its port for amqps://?", suspicious=True),
    _Kind(socket.gaierror, "the host of {where} is unknown: {cause.strerror}; check the URL"),
    _Kind(
        pika_errors.ProbableAuthenticationError,
        "the broker at {where} refused the user name or password",
        refused=True,
    ),
    _Kind(
        pika_errors.IncompatibleProtocolError,
        "what listens at {where} does not speak AMQP 0-9-1; check the port (5672 plain, 5671 TLS)",
        suspicious=True,
    ),
    _Kind(pika_errors.ConnectionOpenAborted, "what listens at {where} did not answer in time; is it a broker?"),
    _Kind(pika_errors.AMQPHeartbeatTimeout, "the broker at {where} fell silent (no heartbeat)"),
    _Kind(pika_errors.StreamLostError, "the connection to the broker at {where} was lost"),
    _Kind(ConnectionRefusedError, "nothing listens at {where}; start the broker or correct the URL"),
    _Kind(OSError, "the broker at {where} cannot be reached: {cause}"),
)
"""The first that fits counts."""


def connection_problem(error: BaseException, where: str) -> Problem:
    """Return the problem behind pika's `error` while connecting to `where` or being connected."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, pika_errors.ProbableAccessDeniedError):
            return _vhost_problem(str(cause), where)
        if isinstance(cause, pika_errors.ConnectionClosed):
            return _closed_problem(cause, where)
        for kind in _KINDS:
            if isinstance(cause, kind.exception):
                message = printable(kind.message.format(where=where, cause=cause))
                return Problem(BrokerError(message), kind.refused, kind.suspicious)
    said = printable(str(causes[-1]) or type(causes[-1]).__name__)
    return Problem(BrokerError(f"the broker at {where} cannot be reached: {said}"))


def _vhost_problem(said: str, where: str) -> Problem:
    if "not found" in said:
        advice = "has no such virtual host; create it (rabbitmqctl add_vhost) or correct the URL"
    elif "access to vhost" in said:
        advice = "refused the user this virtual host; give permissions (rabbitmqctl set_permissions)"
    else:
        return Problem(BrokerError(f"the broker at {where} closed the connection while opening the virtual host"))
    return Problem(BrokerError(f"the broker at {where} {advice}"), refused=True)


def _closed_problem(cause: Any, where: str) -> Problem:
    said = printable(f"{cause.reply_code} {cause.reply_text}")
    message = f"the broker at {where} closed the connection: {said}"
    return Problem(BrokerError(message), refused=cause.reply_code in _REFUSALS)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and everything that pika's connection workflow wrapped in it, outermost first."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        cause = waiting.pop()
        if any(cause is other for other in seen):
            continue
        seen.append(cause)
        yield cause
        inner = [getattr(cause, "exception", None), cause.__cause__, *getattr(cause, "exceptions", ()), *cause.args]
        waiting += [item for item in inner if isinstance(item, BaseException)]
