"""How a broker is reached that does not let everybody in: over TLS, and with few rights, on a real RabbitMQ."""

import re
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pika
import pytest

from notify_contracts.broker.ports import free_ports
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.errors import BrokerError, DeliveryError
from notify_contracts.model import Notification
from notify_contracts.testing import tapped
from tests.inside_node import close_connections, told
from tests.removing import removing

PAGE = (Path(__file__).parent.parent / "docs" / "how-to" / "brokers.md").read_text(encoding="utf-8")
START = """
rabbit_networking:ensure_ssl(),
[rabbit_networking:start_ssl_listener({{"127.0.0.1", Port}}, [
    {{cacertfile, "{folder}/ca.pem"}}, {{certfile, "{folder}/broker.pem"}}, {{keyfile, "{folder}/broker.key"}},
    {{verify, Verify}}, {{fail_if_no_peer_cert, Verify =:= verify_peer}}], 2)
    || {{Port, Verify}} <- [{{{port}, verify_none}}, {{{strict}, verify_peer}}]].
"""


@pytest.fixture
def tls(local_node, certificates):
    """Have the node speak TLS on two ports, of which the second asks clients for a certificate; give their URLs."""
    port, strict = free_ports(2)
    told(local_node, START.format(folder=certificates, port=port, strict=strict))
    url = local_node.url.replace("amqp://", "amqps://").rpartition(":")[0]
    with removing(local_node.url, "over-tls", "over-tls"):
        yield f"{url}:{port}", f"{url}:{strict}"


def test_tls(tls, certificates, run, monkeypatch):
    """The right authority is enough, by option or in the URL; what is wrong is one line that says what helps."""
    open_to_all, strict = tls
    ca, other = certificates / "ca.pem", certificates / "other.pem"
    mine = ("--certfile", certificates / "client.pem", "--keyfile", certificates / "client.key")
    emit = ("emit", "image.delete", "--example", "--exchange", "over-tls", "--topic", "over-tls")
    wanted = "give its authority's certificate (--cafile FILE, or cafile=FILE in the URL's query)"
    for options, status, said in (
        (("--url", open_to_all, "--cafile", ca), 0, "sent image.delete INFO"),
        (("--url", f"{open_to_all}?cafile={ca}"), 0, "sent image.delete INFO"),
        (("--url", open_to_all), 2, wanted),
        (("--url", open_to_all, "--cafile", other), 2, wanted),
        (("--url", strict, "--cafile", ca, *mine), 0, "sent image.delete INFO"),
        (("--url", strict, "--cafile", ca), 2, "wants a certificate of ours that it trusts; give certfile and keyfile"),
        (("--url", open_to_all, "--cafile", "/no/ca.pem"), 2, "the TLS file /no/ca.pem (cafile) cannot be used"),
        (("--url", open_to_all.replace("amqps", "amqp"), "--cafile", ca), 2, "write amqps:// to use them"),
        (("--url", open_to_all.replace("amqps", "rabbit"), "--cafile", ca), 0, "sent image.delete INFO"),
    ):
        ran = run(*emit, *options, "--retry", "0")
        assert (ran.status, ran.err.count("\n")) == (status, 1), (options, ran)
        assert said in ran.err
    monkeypatch.setenv("NOTIFY_CONTRACTS_AMQP_URL", open_to_all)
    watched = run("watch", "--cafile", ca, "--exchange", "over-tls", "--for", "0.01s", "--allow-none")
    assert watched.status == 0, watched
    told = certificates.parent / "told"
    command = ("sh", "-c", f'printf %s "$NOTIFY_CONTRACTS_AMQP_URL" > {told}')
    verified = run("verify", "--cafile", ca, "--exchange", "over-tls", "--", *command)
    assert told.read_text() == open_to_all
    assert "nothing arrived on the exchange over-tls" in verified.out + verified.err
    asked = run("verify", "--url", f"{strict}?cafile={ca}", "--", "true")
    assert "wants a certificate of ours that it trusts; give certfile and keyfile" in asked.err
    refused = run("verify", *mine, "--", "true")
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert wanted in refused.err
    with tapped(f"{strict}?cafile={ca}&certfile={mine[1]}&keyfile={mine[3]}") as bus:
        assert list(bus) == []


def test_what_is_lost_is_found_again_on_another_host(local_node):
    """After a loss every host is tried anew, from the first; nothing that was sent is missing."""
    user, place = local_node.url.removeprefix("amqp://").split("@")
    url = f"rabbit://{user}@127.0.0.1:1,{user}@{place}"
    sent = Notification({"event_type": "image.delete", "priority": "INFO", "message_id": "1"})
    with tapped(url) as bus, closing(MessagingDriver(url, bus.exchange, [bus.topic], retry=5)) as driver:
        driver.send(sent)
        assert len(bus.all("image.delete")) == 1
        close_connections(local_node)
        driver.send(sent)
        with pytest.raises(BrokerError, match="host 2 of rabbit://"):
            bus.none("image.create")


GRANT = """
catch rabbit_auth_backend_internal:add_user(<<"{user}">>, <<"pw">>, <<"tests">>),
rabbit_auth_backend_internal:set_permissions(
    <<"{user}">>, <<"/">>, <<"{configure}">>, <<"{write}">>, <<"{read}">>, <<"tests">>),
"""
ROW = re.compile(r"^\| `(.+?)` \| `(\S+)` \| `(\S+)` \| `(\S+)` \|", re.MULTILINE)
"""What is done, and the three rights that it needs, as the page has them."""

RIGHTS = {what: rights for what, *rights in ROW.findall(PAGE.replace(r"\|", "|"))}
FURTHER = {"watch": "--for 0.01s --allow-none --format text", "emit": "", "verify": "--timeout 5 -- true"}


class User(NamedTuple):
    """A user who may do what a row says, but for one name."""

    what: str
    name: str
    lacking: str | None
    rights: tuple[str, ...]


def users():
    """Yield a user for every row, and one for every name that a row's rights can be without."""
    numbers = count()
    for what, rights in RIGHTS.items():
        yield User(what, f"user{next(numbers)}", None, rights)
        for position, right in enumerate(rights):
            names = right[2:-2].split("|") if right != "^$" else []
            for name in names:
                left = "|".join(other for other in names if other != name)
                lesser = (*rights[:position], f"^({left})$" if left else "^$", *rights[position + 1 :])
                yield User(what, f"user{next(numbers)}", f"{name} ({('configure', 'write', 'read')[position]})", lesser)


@pytest.fixture
def place(local_node):
    """Make the users, the exchange and the queue of the page; give the node's host and port."""
    grants = [
        GRANT.format(user=user.name, **dict(zip(("configure", "write", "read"), user.rights, strict=True)))
        for user in users()
    ]
    told(local_node, f"{''.join(grants)} ok.".replace("\\", "\\\\"))
    with removing(local_node.url, "glance", "notifications", "audited"):
        with pika.BlockingConnection(pika.URLParameters(local_node.url)) as connection:
            channel = connection.channel()
            channel.exchange_declare("glance", "topic")
            channel.queue_declare("audited.info")
        yield local_node.url.rpartition("@")[2]
        with pika.BlockingConnection(pika.URLParameters(local_node.url)) as connection:
            connection.channel().queue_delete("audit")


def test_rights(place, run):
    """With a row's rights all is done; with any name less it is refused, or the proof is said to be missing."""
    assert len(RIGHTS) == 6
    for user in users():
        url = f"amqp://{user.name}:pw@{place}/"
        if user.what == "bus":
            said = said_of_bus(url)
        else:
            command, *arguments = user.what.split()
            ran = run(command, *arguments, "--url", url, *FURTHER[command].split())
            assert ran.status == 0 or user.lacking or "nothing arrived on the exchange" in ran.out, (user, ran)
            said = ran.out + ran.err
        is_refused = "ACCESS_REFUSED" in said or "this user may not bind to the exchange" in said
        assert is_refused == (user.lacking is not None), (user, said)


def said_of_bus(url):
    """Return how a bus was refused."""
    try:
        with tapped(url) as bus, closing(MessagingDriver(url, bus.exchange, [bus.topic], retry=0)) as driver:
            driver.send(Notification({"event_type": "image.delete", "priority": "INFO", "message_id": "1"}))
            assert len(bus.all("image.delete")) == 1
    except (BrokerError, DeliveryError) as error:
        return str(error)
    return ""
