import io
import logging
import re
import secrets
import socket
import ssl
import threading
import traceback
from contextlib import contextmanager, suppress
from urllib.parse import quote
from uuid import uuid4

import pika
import pytest
from pika.exceptions import (
    AMQPConnectionError,
    AMQPHeartbeatTimeout,
    ConnectionClosedByBroker,
    IncompatibleProtocolError,
    ProbableAccessDeniedError,
    ProbableAuthenticationError,
    StreamLostError,
)

from notify_contracts._amqp.errors import connection_problem, reply
from notify_contracts._amqp.url import Tls
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting import Notifier
from notify_contracts.errors import BrokerError, DeliveryError, UsageError
from notify_contracts.model import Notification
from notify_contracts.tap import Tap
from tests.inside_node import add_user, told

NOTIFICATION = Notification({"event_type": "image.delete", "priority": "INFO", "message_id": "id-1", "payload": "x"})
PASSWORD = "h:u@s/h!" + secrets.token_hex(4)


@pytest.fixture(autouse=True)
def _no_password_anywhere():
    """Whatever is logged, by us or by pika, at any level, the password is not in it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield
    root.removeHandler(handler)
    root.setLevel(level)
    for form in (PASSWORD, quote(PASSWORD, safe="")):
        assert form not in stream.getvalue()


def _failure(driver):
    """Return the one line that sending with `driver` fails with."""
    with pytest.raises(DeliveryError) as caught:
        driver.send(NOTIFICATION)
    driver.close()
    assert caught.value.undelivered == (NOTIFICATION,)
    assert isinstance(caught.value.__cause__, BrokerError)
    shown = "".join(traceback.format_exception(caught.value)) + repr(driver)
    for form in (PASSWORD, quote(PASSWORD, safe="")):
        assert form not in shown
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    beginning = "image.delete INFO id-1 was not confirmed: "
    assert message.startswith(beginning)
    return message.removeprefix(beginning)


def _driver(url, **options):
    return MessagingDriver(url, f"exchange-{uuid4().hex}", (f"topic-{uuid4().hex}",), **options)


def _url(url, **changes):
    """Return `url` with our password, or with another user, vhost or scheme."""
    parts = pika.URLParameters(url)
    user = changes.get("user", parts.credentials.username)
    vhost = quote(changes.get("vhost", "/"), safe="")
    port = changes.get("port", parts.port)
    host = changes.get("host", parts.host)
    return f"{changes.get('scheme', 'amqp')}://{user}:{quote(PASSWORD, safe='')}@{host}:{port}/{vhost}"


# What the broker refuses


def test_a_wrong_password(broker_url):
    """A wrong password is refused at once, however many attempts are allowed."""
    assert re.fullmatch(
        r"the broker at amqp://\w+:\*\*\*@[^ ]+ refused the user name or password; correct them in the URL",
        _failure(_driver(_url(broker_url))),
    )


@pytest.fixture
def users(local_node):
    """Make users with our password and some permissions; they go with the node."""

    def user(*permissions):
        name = f"user-{uuid4().hex}"
        add_user(local_node, name, PASSWORD, *permissions)
        return _url(local_node.url, user=name)

    return user


def test_no_such_virtual_host(users):
    """A virtual host that does not exist is named by the URL, with the command that makes one."""
    message = _failure(_driver(users(".*", ".*", ".*").removesuffix("%2F") + "nowhere"))
    assert message.endswith("has no such virtual host; create it (rabbitmqctl add_vhost) or correct the URL")


def test_no_access_to_the_virtual_host(users):
    """A user without any permission on the virtual host is told so."""
    assert _failure(_driver(users())).endswith(
        "refused the user this virtual host; give permissions (rabbitmqctl set_permissions)"
    )


@pytest.mark.parametrize(
    ("permissions", "doing"),
    [
        (("^$", ".*", ".*"), r"exchange 'exchange-\w+'"),
        (("^exchange.*", ".*", ".*"), r"queue 'topic-\w+\.info'"),
        ((".*", "^topic.*", "^topic.*"), r"to bind queue 'topic-\w+\.info' to exchange 'exchange-\w+'"),
        ((".*", "^topic.*", ".*"), r"to publish to exchange 'exchange-\w+'"),
    ],
    ids=["exchange", "queue", "bind", "publish"],
)
def test_no_permission(users, permissions, doing):
    """What a user may not do, declare, bind or publish, is named, with the command that allows it."""
    message = _failure(_driver(users(*permissions)))
    assert re.search(rf" refused {doing}: ACCESS_REFUSED - .*\(rabbitmqctl set_permissions\)$", message)


IN_USE = "ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use"
INTERNAL = "ACCESS_REFUSED - cannot publish to internal exchange 'x' in vhost '/'"
TOPIC = "ACCESS_REFUSED - access to topic 'a.info' in exchange 'x' in vhost '/' refused for user 'u'"
OTHER_TYPE = "PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'x' in vhost '/': received 'topic'"


@pytest.mark.parametrize(
    ("code", "text", "advice"),
    [
        (403, IN_USE, "another consumer has it for itself"),
        (403, INTERNAL, "name another exchange"),
        (403, "ACCESS_REFUSED - operation not permitted on the default exchange", "name another exchange"),
        (403, "ACCESS_REFUSED - exchange name 'amq.x' contains reserved prefix 'amq.*'", "name another exchange"),
        (403, TOPIC, "give the user this permission (rabbitmqctl set_topic_permissions)"),
        (403, "ACCESS_REFUSED - something new", None),
        (406, OTHER_TYPE, "name another exchange, or delete it first"),
        (
            406,
            "inequivalent arg 'x-expires' for queue 'q'",
            "such arguments are not given here: have a policy say the same, and delete it first",
        ),
        (406, "PRECONDITION_FAILED - queue limit in vhost '/' (0) is reached", None),
    ],
)
def test_the_advice_helps(code, text, advice):
    """Only what cures a refusal is advised: no permission opens what somebody has for himself, or what is internal."""
    problem = reply(code, text, "to do it", "amqp://host")
    assert str(problem.error) == f"the broker at amqp://host refused to do it: {text}{f'; {advice}' if advice else ''}"
    assert problem.refused


def test_other_arguments(broker_url):
    """What was declared with other arguments is named, with the options that must agree."""
    driver = _driver(broker_url, durable=True)
    connection = pika.BlockingConnection(pika.URLParameters(broker_url))
    connection.channel().exchange_declare(driver.exchange, "topic")
    message = _failure(driver)
    connection.channel().exchange_delete(driver.exchange)
    connection.close()
    assert re.search(r" refused exchange 'exchange-\w+': PRECONDITION_FAILED - inequivalent arg 'durable'", message)
    assert message.endswith("use the same durable, auto_delete and queue_type, or delete it first")


def test_too_large(local_node):
    """A message over the broker's limit is said to be that, and the advice is about its size, not its queue."""
    told(local_node, "application:set_env(rabbit, max_message_size, 1000).")
    try:
        with Notifier("p", [_driver(local_node.url)]) as notifier, pytest.raises(DeliveryError) as failure:
            notifier.info("image.delete", "x" * 2000)
    finally:
        told(local_node, "application:set_env(rabbit, max_message_size, 134217728).")
    assert re.search(
        r"PRECONDITION_FAILED - message size \d+ is larger than configured max size 1000", str(failure.value)
    )
    assert str(failure.value).endswith("send a smaller payload, or raise the broker's max_message_size")


# What cannot be reached


@contextmanager
def _server(answer):
    """Serve one connection: send `answer` to what comes first, and hang up; None says nothing until the end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    client.recv(1024)
                    if answer is None:
                        client.recv(1024)
                    else:
                        client.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_nothing_listens():
    """A port on which nothing listens."""
    message = _failure(_driver(f"amqp://user:{quote(PASSWORD, safe='')}@127.0.0.1:1/", retry=0))
    assert message == "nothing listens at amqp://user:***@127.0.0.1:1/; start the broker or correct the URL"


def test_an_unknown_host():
    """A host name that does not exist."""
    message = _failure(_driver(f"amqp://user:{quote(PASSWORD, safe='')}@nowhere.invalid/", retry=0))
    assert re.fullmatch(r"the host of amqp://user:\*\*\*@nowhere\.invalid/ is unknown: .*; check the URL", message)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"AMQP\x00\x01\x00\x00", b""])
def test_not_amqp(answer):
    """Something else on that port is a mistake in the URL: no further attempt is made, however many are allowed."""
    with _server(answer) as port:
        message = _failure(_driver(f"amqp://user:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/"))
    assert message.endswith("does not speak AMQP 0-9-1; check the port (5672 plain, 5671 TLS)")


@pytest.mark.parametrize("scheme", ["amqp", "amqps"])
def test_no_answer(scheme):
    """Something that accepts and says nothing is given up after the time that the URL says."""
    with _server(None) as port:
        url = f"{scheme}://user:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/?stack_timeout=0.3&socket_timeout=0.2"
        message = _failure(_driver(url, retry=0))
    assert message.endswith("did not answer in time; is it a broker?")


CLOSED = "ConnectionClosedByBroker: ({}) '{}'"
# RabbitMQ 4.0.5.
TRANSIENT = (
    "INTERNAL_ERROR - Feature `transient_nonexcl_queues` is deprecated.\n"
    "Its use is not permitted per the configuration (overriding the default, which is permitted):\n"
    '    "deprecated_features.permit.transient_nonexcl_queues = false"\nIts use will not be permit...'
)


@pytest.mark.parametrize(
    ("error", "refused", "suspicious", "said"),
    [
        (ProbableAuthenticationError(CLOSED.format(403, "ACCESS_REFUSED - Login was refused")), True, False, "name or"),
        (ProbableAuthenticationError(CLOSED.format(320, "CONNECTION_FORCED - bye")), False, False, "320 CONNECTION_FO"),
        (ProbableAuthenticationError("StreamLostError: ('Transport indicated EOF',)"), False, True, "hung up during"),
        (ProbableAccessDeniedError(CLOSED.format(530, "NOT_ALLOWED - vhost x not found")), True, False, "no such virt"),
        (ProbableAccessDeniedError(CLOSED.format(541, "INTERNAL_ERROR - vhost is down")), False, False, "541 INTERNAL"),
        (ConnectionClosedByBroker(541, TRANSIENT), True, False, "ask for durable ones"),
        (ConnectionClosedByBroker(541, TRANSIENT.replace("transient_", "x_")), True, False, "541 INTERNAL"),
        (IncompatibleProtocolError(CLOSED.format(320, "CONNECTION_FORCED - bye")), False, False, "320 CONNECTION_FO"),
        (IncompatibleProtocolError("StreamLostError: ('Transport indicated EOF',)"), False, True, "not speak AMQP"),
        (ConnectionClosedByBroker(320, "FORCED - by\nbye"), False, False, "320 FORCED - by\\nbye"),
        (StreamLostError("lost"), False, False, "was lost"),
        (AMQPHeartbeatTimeout("late"), False, False, "fell silent"),
        (AMQPConnectionError("strange\x1b"), False, False, "strange\\x1b"),
    ],
)
def test_what_pika_reports_is_understood(error, refused, suspicious, said):
    """Only what the broker said itself is final; a guess of pika's at why a connection ended counts as suspicious."""
    problem = connection_problem(error, "amqp://host")
    assert (problem.refused, problem.suspicious) == (refused, suspicious)
    assert said in str(problem.error)
    assert len(str(problem.error).splitlines()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "kafka://user:{}@host",
        "user:{}@host",
        "amqp://user:{}@host:port/",
        "amqp://user:{}@host/?heartbeat=often",
        "amqp://user:{}@host/?colour=red",
        "",
    ],
)
def test_not_a_url(url):
    """What is not an AMQP URL is a usage error that says what one looks like."""
    with pytest.raises(UsageError, match="not a broker's URL; expected amqp://user:password@host:port/vhost") as caught:
        MessagingDriver(url.format(quote(PASSWORD, safe="")))
    assert quote(PASSWORD, safe="") not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format_version": "3.0"}, "'3.0'; choose from 1.0, 2.0"),
        ({"topics": "notifications"}, "topics is a list"),
        ({"topics": ()}, "topics is a list"),
        ({"topics": ("notifications", "")}, "a topic has no name"),
        ({"topics": ("t" * 250,)}, "is too long; AMQP allows 255 bytes"),
        ({"exchange": "\u00e9" * 128}, "is too long; AMQP allows 255 bytes"),
        ({"queue_type": "stream"}, "'stream'; choose from classic, quorum"),
        ({"queue_type": "quorum", "auto_delete": True}, "cannot be auto-deleted"),
        ({"priority": 256}, "priority is 256"),
        ({"window": 0}, "window is 0"),
        ({"retry": -2}, "retry is -2"),
        ({"tls": Tls()}, "write amqps:// to use them"),
        (
            {"url": "amqps://localhost", "tls": Tls(cafile="/no/such/file")},
            "TLS file /no/such/file .cafile. cannot be used: No such",
        ),
    ],
)
def test_options_that_make_no_sense(options, message):
    """A bad option is a usage error, before anything is connected."""
    with pytest.raises(UsageError, match=message):
        MessagingDriver(**options)


# TLS


class TlsProxy:
    """Speaks TLS, and hands on what comes to the broker."""

    def __init__(self, context, target):
        self.context = context
        self.target = target
        self.server = socket.create_server(("127.0.0.1", 0))
        self.ends = []
        self.thread = threading.Thread(target=self._accept)
        self.thread.start()

    def _accept(self):
        with suppress(OSError):  # the end, when the server is closed
            while True:
                plain, _ = self.server.accept()
                try:
                    client = self.context.wrap_socket(plain, server_side=True)
                except OSError:  # a client that does not trust us
                    plain.close()
                    continue
                broker = socket.create_connection((self.target.host, self.target.port))
                self.ends += [client, broker]
                for pair in ((client, broker), (broker, client)):
                    threading.Thread(target=self._forward, args=pair, daemon=True).start()

    def _forward(self, source, sink):
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def close(self):
        """Hang up."""
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join()
        for end in self.ends:
            end.close()


@pytest.fixture
def tls_port(broker_url, certificates):
    """Start TLS in front of the broker, with one of the certificates; give the port."""
    target = pika.URLParameters(broker_url)
    proxies = []

    def start(name, *, asks_for_client=False):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
        if asks_for_client:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(certificates / "ca.pem")
        proxies.append(TlsProxy(context, target))
        return proxies[-1].server.getsockname()[1]

    yield start
    for proxy in proxies:
        proxy.close()


def _over_tls(broker_url, port):
    parts = pika.URLParameters(broker_url)
    user, password = parts.credentials.username, quote(parts.credentials.password, safe="")
    return f"amqps://{user}:{password}@127.0.0.1:{port}/"


@pytest.mark.parametrize("asks_for_client", [False, True])
def test_tls_with_a_trusted_certificate(broker_url, tls_port, certificates, asks_for_client):
    """With the authority's certificate, and our own where the broker asks for it, driver and tap work over TLS."""
    url = _over_tls(broker_url, tls_port("broker", asks_for_client=asks_for_client))
    tls = Tls(str(certificates / "ca.pem"), str(certificates / "client.pem"), str(certificates / "client.key"))
    driver = _driver(url, auto_delete=True, tls=tls)
    with Tap(url, driver.exchange, driver.topics, tls=tls) as tap:
        pass
    driver.send(NOTIFICATION)
    driver.send_many([NOTIFICATION] * 300)
    driver.close()
    connection = pika.BlockingConnection(pika.URLParameters(broker_url))
    queue = connection.channel().queue_delete(f"{driver.topics[0]}.info")
    connection.close()
    assert queue.method.message_count == 301
    with pytest.raises(UsageError):
        tap.expect(1)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("broker", "unable to get local issuer certificate"), ("other", "IP address mismatch")],
)
def test_tls_with_a_certificate_that_is_not_to_be_trusted(broker_url, tls_port, certificates, name, reason):
    """An unknown authority or another host's certificate is refused at once, with the reason."""
    tls = Tls(cafile=str(certificates / "ca.pem")) if name == "other" else None
    message = _failure(_driver(_over_tls(broker_url, tls_port(name)), tls=tls))
    assert re.search(f"the certificate of amqps://.* is not trusted: .*{reason}.*; give .*cafile", message)


def test_tls_where_there_is_none(broker_url):
    """TLS with a port that does not speak it is named as such."""
    port = pika.URLParameters(broker_url).port
    assert re.search(
        "TLS with .* failed: .*; is this its port for amqps://", _failure(_driver(_over_tls(broker_url, port)))
    )


def test_a_tap_says_the_same(broker_url):
    """A tap that cannot connect raises the same one line as a driver's cause."""
    with pytest.raises(BrokerError, match="refused the user name or password"), Tap(_url(broker_url), "exchange"):
        pass
    with pytest.raises(BrokerError, match="nothing listens"), Tap("amqp://user:x@127.0.0.1:1/", "exchange"):
        pass


def test_tls_that_hangs_up():
    """A broker that wants our certificate may hang up before it is heard that it does: that is said, too."""
    error = IncompatibleProtocolError("StreamLostError: ('Transport indicated EOF',)")
    problem = connection_problem(error, "amqps://host")
    assert "at amqps://host hung up behind TLS: it wants a certificate of ours" in str(problem.error)
    assert str(problem.error).endswith("or does not speak AMQP 0-9-1")
    assert problem.suspicious
