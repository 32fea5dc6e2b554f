"""What pika reports, as one line that says what happened and what to do next."""

import socket
import ssl
from collections.abc import Iterator
from typing import NamedTuple

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


def connection_problem(error: BaseException, where: str) -> Problem:
    """Return the problem behind pika's `error` while connecting to `where` or being connected."""
    causes = list(_causes(error))
    for cause in causes:
        problem = _recognised(cause, where)
        if problem is not None:
            return problem
    said = printable(str(causes[-1]) or type(causes[-1]).__name__)
    return Problem(BrokerError(f"the broker at {where} cannot be reached: {said}"))


def _recognised(cause: BaseException, where: str) -> Problem | None:  # noqa: PLR0911 - one return for each kind
    text = str(cause)
    if isinstance(cause, ssl.SSLCertVerificationError):
        advice = "give the authority's certificate (cafile) or correct the host name"
        message = f"the certificate of {where} is not trusted: {cause.verify_message}; {advice}"
        return Problem(BrokerError(message), suspicious=True)
    if isinstance(cause, ssl.SSLError):
        message = f"TLS with {where} failed: {cause.reason or text}; is this its port for amqps://?"
        return Problem(BrokerError(message), suspicious=True)
    if isinstance(cause, socket.gaierror):
        return Problem(BrokerError(f"the host of {where} is unknown: {cause.strerror}; check the URL"))
    if isinstance(cause, pika_errors.ProbableAuthenticationError) or "ACCESS_REFUSED - Login" in text:
        return Problem(BrokerError(f"the broker at {where} refused the user name or password"), refused=True)
    if isinstance(cause, pika_errors.ProbableAccessDeniedError):
        return _vhost_problem(text, where)
    if isinstance(cause, pika_errors.IncompatibleProtocolError):
        message = f"what listens at {where} does not speak AMQP 0-9-1; check the port (5672 plain, 5671 TLS)"
        return Problem(BrokerError(message), suspicious=True)
    if isinstance(cause, pika_errors.ConnectionClosed):
        return _closed_problem(cause, where)
    if isinstance(cause, pika_errors.ConnectionOpenAborted):
        return Problem(BrokerError(f"what listens at {where} did not answer in time; is it a broker?"))
    if isinstance(cause, pika_errors.AMQPHeartbeatTimeout):
        return Problem(BrokerError(f"the broker at {where} fell silent (no heartbeat)"))
    if isinstance(cause, pika_errors.StreamLostError):
        return Problem(BrokerError(f"the connection to the broker at {where} was lost"))
    if isinstance(cause, ConnectionRefusedError):
        return Problem(BrokerError(f"nothing listens at {where}; start the broker or correct the URL"))
    if isinstance(cause, OSError):
        return Problem(BrokerError(f"the broker at {where} cannot be reached: {cause.strerror or text}"))
    return None


def _vhost_problem(text: str, where: str) -> Problem:
    if "not found" in text:
        message = f"the broker at {where} has no such virtual host; create it (rabbitmqctl add_vhost) or correct the URL"
        return Problem(BrokerError(message), refused=True)
    if "access to vhost" in text:
        message = f"the broker at {where} refused the user this virtual host; give permissions (rabbitmqctl set_permissions)"
        return Problem(BrokerError(message), refused=True)
    return Problem(BrokerError(f"the broker at {where} closed the connection while opening the virtual host"))


def _closed_problem(cause: "pika_errors.ConnectionClosed", where: str) -> Problem:
    code, text = cause.reply_code, printable(cause.reply_text)
    return Problem(BrokerError(f"the broker at {where} closed the connection: {code} {text}"), refused=code in _REFUSALS)


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
