"""What pika reports, as one line that says what happened and what to do next."""

import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pika import exceptions as pika_errors
from pika.adapters.utils.connection_workflow import AMQPConnectorStackTimeout

from notify_contracts._untrusted import printable
from notify_contracts.errors import BrokerError

# Reply codes of AMQP 0-9-1 (section 1.2) that no waiting can cure.
NOT_FOUND = 404
RESOURCE_LOCKED = 405
PRECONDITION_FAILED = 406
ACCESS_REFUSED = 403
NOT_ALLOWED = 530
INTERNAL_ERROR = 541
_REFUSALS = frozenset((ACCESS_REFUSED, RESOURCE_LOCKED, PRECONDITION_FAILED, NOT_ALLOWED))

# RabbitMQ 4 ends the connection of whoever uses what it has come to refuse, and calls that an internal error.
_TRANSIENT = "transient_nonexcl_queues"

SILENT = (pika_errors.ConnectionOpenAborted, AMQPConnectorStackTimeout)
"""What pika raises where nothing has answered in time: to AMQP, or to TLS or TCP before it."""

_GUESSES = (
    pika_errors.IncompatibleProtocolError,
    pika_errors.ProbableAuthenticationError,
    pika_errors.ProbableAccessDeniedError,
)
_CLOSED_WHILE_OPENING = re.compile(r"ConnectionClosedByBroker: \((?P<code>\d+)\) ['\"](?P<text>.*)['\"]", re.DOTALL)


class Problem(NamedTuple):
    """An error for the user; `refused` means that the broker decided so and will decide so again.

    `suspicious` means that it is a mistake in the URL, unless the broker has been reached before.
    """

    error: BrokerError
    refused: bool = False
    suspicious: bool = False


def telling(problems: Sequence[Problem]) -> Problem:
    """Return, of what each of several hosts had, the problem that tells most: what a broker has refused, if one did.

    It is final only if no waiting cures any of them.
    """
    chosen = next((each for each in problems if each.refused), problems[-1])
    return chosen._replace(
        refused=all(each.refused for each in problems),
        suspicious=all(each.refused or each.suspicious for each in problems),
    )


class _Advice(NamedTuple):
    """What to do about a refusal with this reply code whose text says `words`; any text does where there are none."""

    code: int
    words: str
    advice: str


_ADVICE = (
    _Advice(ACCESS_REFUSED, "access to topic", "give the user this permission (rabbitmqctl set_topic_permissions)"),
    _Advice(
        ACCESS_REFUSED,
        "refused for user",
        "give the user this permission on the virtual host (rabbitmqctl set_permissions)",
    ),
    _Advice(ACCESS_REFUSED, "exclusive use", "another consumer has it for itself"),
    *(
        _Advice(ACCESS_REFUSED, words, "name another exchange")
        for words in ("internal exchange", "reserved prefix", "default exchange")
    ),
    _Advice(NOT_FOUND, "", "declare it first"),
    _Advice(RESOURCE_LOCKED, "", "another connection holds it exclusively"),
    *(
        _Advice(
            PRECONDITION_FAILED, f"inequivalent arg '{what}' for exchange", "name another exchange, or delete it first"
        )
        for what in ("type", "internal")
    ),
    _Advice(PRECONDITION_FAILED, "max size", "send a smaller payload, or raise the broker's max_message_size"),
    _Advice(PRECONDITION_FAILED, "inequivalent arg 'x-queue-type'", "use the same queue_type, or delete it first"),
    _Advice(
        PRECONDITION_FAILED,
        "inequivalent arg 'x-",
        "such arguments are not given here: have a policy say the same, and delete it first",
    ),
    _Advice(
        PRECONDITION_FAILED, "inequivalent", "use the same durable, auto_delete and queue_type, or delete it first"
    ),
)
"""The first that fits counts; where none does, the broker's own words must do."""


def reply(code: int, text: str, doing: str, where: str) -> Problem:
    """Return the problem that the broker at `where` stated with an AMQP reply while we were `doing` something."""
    fitting = (f"; {each.advice}" for each in _ADVICE if each.code == code and each.words in text)
    message = f"the broker at {where} refused {doing}: {printable(text)}{next(fitting, '')}"
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


def unanswered(seconds: float, where: str) -> BrokerError:
    """Return the error for a broker that is there, and has not answered for `seconds`."""
    return BrokerError(
        f"the broker at {where} has not answered for {seconds:g} s; see its log: has a queue hung there?"
    )


class _Kind(NamedTuple):
    """What an exception of pika's or of Python's means."""

    exceptions: type[BaseException] | tuple[type[BaseException], ...]
    message: str
    refused: bool = False
    suspicious: bool = False


_KINDS = (
    _Kind(ssl.SSLError, "TLS with {where} failed: {cause.reason}; is this its port for amqps://?", suspicious=True),
    _Kind(socket.gaierror, "the host of {where} is unknown: {cause.strerror}; check the URL"),
    _Kind(
        (pika_errors.ProbableAuthenticationError, pika_errors.ProbableAccessDeniedError),
        "the broker at {where} hung up during the login; are user name, password and virtual host right?",
        suspicious=True,
    ),
    _Kind(
        pika_errors.IncompatibleProtocolError,
        "what listens at {where} does not speak AMQP 0-9-1; check the port (5672 plain, 5671 TLS)",
        suspicious=True,
    ),
    _Kind(SILENT, "{where} did not answer in time; is it a broker?"),
    _Kind(pika_errors.AMQPHeartbeatTimeout, "the broker at {where} fell silent (no heartbeat)"),
    _Kind(pika_errors.StreamLostError, "the connection to the broker at {where} was lost"),
    _Kind(ConnectionRefusedError, "nothing listens at {where}; start the broker or correct the URL"),
    _Kind(OSError, "the broker at {where} cannot be reached: {cause}"),
)
"""The first that fits counts."""


# What the other side says of a certificate of ours (RFC 8446, section 6.2); pika has it as text only.
_OUR_CERTIFICATE = re.compile("ALERT_(?:CERTIFICATE_(?:REQUIRED|EXPIRED|UNKNOWN)|BAD_CERTIFICATE|UNKNOWN_CA)")
_WANTS_OURS = (
    "wants a certificate of ours that it trusts; give certfile and keyfile (--certfile FILE --keyfile FILE, or in the "
    "URL's query)"
)


def certificate_problem(error: BaseException, where: str) -> Problem | None:
    """Return the problem with a certificate, the broker's or our own, behind pika's `error`; None if it is another."""
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            message = (
                f"the certificate of {where} is not trusted: {printable(cause.verify_message)}; give its authority's "
                "certificate (--cafile FILE, or cafile=FILE in the URL's query) or correct the host name"
            )
            return Problem(BrokerError(message), suspicious=True)
        if _OUR_CERTIFICATE.search(str(cause)):
            return Problem(BrokerError(f"the broker at {where} {_WANTS_OURS}"), suspicious=True)
    return None


def connection_problem(error: BaseException, where: str) -> Problem:
    """Return the problem behind pika's `error` while connecting to `where` or being connected."""
    if (problem := certificate_problem(error, where)) is not None:
        return problem
    found = list(causes(error))
    for cause in found:
        closed = _closed_by_broker(cause)
        if closed is not None:
            return _closed_problem(*closed, where)
        # TLS 1.3 asks for our certificate after its handshake, and what it says may be lost when it hangs up.
        if isinstance(cause, pika_errors.IncompatibleProtocolError) and where.startswith("amqps:"):
            message = f"what listens at {where} hung up behind TLS: it {_WANTS_OURS}, or does not speak AMQP 0-9-1"
            return Problem(BrokerError(message), suspicious=True)
        for kind in _KINDS:
            if isinstance(cause, kind.exceptions):
                message = printable(kind.message.format(where=where, cause=cause))
                return Problem(BrokerError(message), kind.refused, kind.suspicious)
    said = printable(str(found[-1]) or type(found[-1]).__name__)
    return Problem(BrokerError(f"the broker at {where} cannot be reached: {said}"))


def _closed_by_broker(cause: BaseException) -> tuple[int, str] | None:
    """Return code and text with which the broker closed the connection, None if it did not.

    While a connection is being opened, pika turns this into a guess at the cause, of which only the text is true.
    """
    if isinstance(cause, pika_errors.ConnectionClosedByBroker):
        return cause.reply_code, cause.reply_text
    found = _CLOSED_WHILE_OPENING.search(str(cause)) if isinstance(cause, _GUESSES) else None
    return (int(found["code"]), found["text"]) if found else None


def _closed_problem(code: int, text: str, where: str) -> Problem:
    if code == ACCESS_REFUSED and "Login was refused" in text:
        advice = "refused the user name or password; correct them in the URL"
    elif code == NOT_ALLOWED and "not found" in text:
        advice = "has no such virtual host; create it (rabbitmqctl add_vhost) or correct the URL"
    elif code == NOT_ALLOWED and "access to vhost" in text:
        advice = "refused the user this virtual host; give permissions (rabbitmqctl set_permissions)"
    elif code == INTERNAL_ERROR and _TRANSIENT in text:
        advice = f"refuses queues that are not durable ({_TRANSIENT}): ask for durable ones (--durable, durable=True)"
    else:
        advice = printable(f"closed the connection: {code} {text}")
    refused = code in _REFUSALS or (code == INTERNAL_ERROR and "deprecated_features.permit" in text)
    return Problem(BrokerError(f"the broker at {where} {advice}"), refused=refused)


def causes(error: BaseException) -> Iterator[BaseException]:
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
