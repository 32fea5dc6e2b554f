import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pika
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pika import spec
from pika.frame import Method

from notify_contracts._untrusted import redacted
from notify_contracts.broker import Broker, LocalNode, obtain
from notify_contracts.broker.installation import Installation
from notify_contracts.errors import BrokerError, BrokerUnavailableError, UsageError
from tests.inside_node import told
from tests.telling import examples

ROOT = Path(__file__).parent.parent
SECRET = "s3cr3t"
READABLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=6)


# Redaction


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("amqp://user:s3cr3t@host:5672/vhost", "amqp://user:***@host:5672/vhost"),
        ("amqps://user:s3%40cr3t@[::1]:5671/%2F", "amqps://user:***@[::1]:5671/%2F"),
        ("amqp://user@host", "amqp://user@host"),
        ("amqp://host:5672/a/b?heartbeat=60&locale=en_US", "amqp://host:5672/a/b?heartbeat=60&locale=en_US"),
        ("amqp://[::1]:5672", "amqp://[::1]:5672"),
        ("amqp://host?heartbeat=60&password=s3cr3t", "amqp://host?***"),
        ("amqps://host?ssl_options={'password': 's3cr3t'}", "amqps://host?***"),
        ("amqp://user:a@b/s3cr3t@host", "amqp://user:***@host"),
        ("amqp://user:1?s3cr3t@host", "amqp://user:***"),
        ("amqp://user:s3cr3t", "amqp://user:***"),
        ("amqp://host/vhost?password=s3@cr3t", "amqp://host/vhost?***"),
        ("user:s3cr3t@host", "user:***@host"),
        ("amqp://user%3As3cr3t@host", "amqp://user%3A***@host"),
        ("amqp://user:s3cr3t\n@ho\x1bst", "amqp://user:***@ho\\x1bst"),
        ("docker", "docker"),
        ("", ""),
    ],
)
def test_a_url_is_shown_without_its_password(url, shown):
    """A URL loses its password, wherever it stands, and keeps the rest."""
    assert redacted(url) == shown


@settings(deadline=None, max_examples=examples())
@given(user=READABLE, one=st.text(min_size=1), other=st.text(min_size=1))
def test_what_is_shown_does_not_depend_on_the_password(user, one, other):
    """Two well-formed URLs that differ in the password only are shown alike."""
    template = f"amqp://{quote(user, safe='')}:{{}}@host:5672/vhost?heartbeat=60"
    assert redacted(template.format(quote(one, safe=""))) == redacted(template.format(quote(other, safe="")))


@settings(deadline=None, max_examples=examples())
@given(password=st.lists(st.sampled_from([SECRET, *"@:/?#%[]&= \n1"]), min_size=1).map("".join))
def test_a_password_that_was_not_encoded_is_not_shown_either(password):
    """However a password breaks the URL that it stands in, no piece of it is shown."""
    assert SECRET not in redacted(f"amqp://user:{password}@host:5672/vhost")
    assert SECRET not in redacted(f"user:{password}@host")
    assert SECRET not in redacted(f"amqp://host/vhost?password={password}")


@settings(deadline=None, max_examples=examples())
@given(st.text())
def test_any_text_can_be_shown(text):
    """Text that is no URL at all is shown on one line."""
    assert len(redacted(text).splitlines()) <= 1


def test_a_broker_is_printed_without_its_password():
    """Neither repr nor str of a broker shows the password that its url holds."""
    broker = Broker(f"amqp://user:{SECRET}@host", "url")
    assert SECRET in broker.url
    assert repr(broker) == str(broker) == "Broker('amqp://user:***@host', origin='url')"


# The order of the ways, and the reasons


@pytest.fixture
def nothing_here(monkeypatch, tmp_path):
    """No URL, no Docker engine, no server."""
    monkeypatch.delenv("NOTIFY_CONTRACTS_AMQP_URL", raising=False)
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/no.sock")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("notify_contracts.broker.installation.ADMIN_FOLDERS", ())


@contextmanager
def listening(answer):
    """Listen on a port of loopback; answer every connection and close it, or leave it open if the answer is None."""
    connections = []

    def accept():
        while True:
            try:
                connections.append(server.accept()[0])
            except OSError:
                return
            if answer is not None:
                connections[-1].sendall(answer)
                connections[-1].close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in connections:
                connection.close()


@pytest.mark.usefixtures("nothing_here")
def test_without_any_broker_every_reason_is_told():
    """Where no way leads to a broker, one line says of each of the three ways why."""
    with pytest.raises(BrokerUnavailableError) as failure:
        obtain()
    assert re.fullmatch(
        r"no RabbitMQ to be had: NOTIFY_CONTRACTS_AMQP_URL is not set \| "
        r"Docker: (no Docker engine answers|testcontainers 4.15 or later is not installed).* \| "
        r"local: no rabbitmq-server on the PATH; .*",
        str(failure.value),
    )


@pytest.mark.usefixtures("nothing_here")
def test_auto_takes_the_first_way_that_leads_to_a_broker(monkeypatch):
    """A container comes before a private node, a private node before nothing."""
    node = Broker("amqp://node", "local")
    monkeypatch.setattr("notify_contracts.broker.obtaining.start_local_node", lambda: node)
    assert obtain() is node
    container = Broker("amqp://container", "docker")
    monkeypatch.setattr("notify_contracts.broker.obtaining.start_container", lambda: container)
    assert obtain() is container
    assert obtain("docker") is container
    assert obtain("local") is node


@pytest.mark.usefixtures("nothing_here")
@pytest.mark.parametrize("way", ["docker", "local"])
def test_a_way_that_was_asked_for_is_the_only_one_tried(way, monkeypatch):
    """With docker or local, neither a URL in the environment nor the other way takes its place."""
    monkeypatch.setenv("NOTIFY_CONTRACTS_AMQP_URL", "amqp://127.0.0.1:1")
    with pytest.raises(BrokerUnavailableError) as failure:
        obtain(way)
    assert ("Docker" in str(failure.value)) == (way == "docker")


@pytest.mark.parametrize("preference", ["", "podman", f"http://user:{SECRET}@host", "an amqp:// or amqps:// URL"])
def test_an_unknown_preference_is_told_the_good_ones(preference):
    """A preference that does not exist is a usage error that lists those which do."""
    with pytest.raises(UsageError, match=r"expected auto, docker, local or an amqp:// or amqps:// URL$") as failure:
        obtain(preference)
    assert SECRET not in str(failure.value)


@pytest.mark.parametrize("preference", ["docker", "local", "amqp://other"])
def test_a_url_and_another_preference_contradict_each_other(preference):
    """A URL together with a preference that is not this URL is a usage error."""
    with pytest.raises(UsageError, match="found"):
        obtain(preference, url="amqp://host")


@pytest.mark.parametrize("url", [f"amqp://user:{SECRET}/x@host", f"amqp://u:{SECRET}@[::1", f"amqp://h?{SECRET}=1"])
def test_a_malformed_url_is_not_quoted_with_its_password(url):
    """What cannot be read as a URL is a usage error that says what was expected and gives nothing away."""
    with pytest.raises(UsageError, match="expected amqp://user:password@host:port/vhost") as failure:
        obtain(url)
    assert SECRET not in str(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__


def test_a_named_broker_that_is_not_there_is_not_replaced(monkeypatch):
    """A URL that leads nowhere is an error, even where another broker could be started: it was asked for."""
    monkeypatch.setattr("notify_contracts.broker.obtaining.URL_SECONDS", 0.2)
    monkeypatch.setenv("NOTIFY_CONTRACTS_AMQP_URL", f"amqp://user:{SECRET}@127.0.0.1:1")
    with pytest.raises(BrokerError, match=r"at amqp://user:\*\*\*@127.0.0.1:1 within .*refused \(NOTIFY_") as failure:
        obtain()
    assert not isinstance(failure.value, BrokerUnavailableError)


@pytest.mark.parametrize(
    ("scheme", "answer", "reason"),
    [
        ("amqp", b"HTTP/1.1 400 Bad Request\r\n\r\n", "speak AMQP"),
        ("amqp", b"", "speak AMQP"),
        ("amqp", None, "say a word"),
        ("amqps", None, "say a word"),
    ],
    ids=["http", "closes", "silent", "silent for TLS"],
)
def test_a_port_that_is_not_a_broker_s_is_told_from_a_broker(scheme, answer, reason, monkeypatch):
    """Whatever listens there, without an AMQP handshake within the time there is no broker."""
    seconds = 0.3 if answer is None else 1  # what answers must be heard in it once, on a busy machine, too
    monkeypatch.setattr("notify_contracts.broker.obtaining.URL_SECONDS", seconds)
    with listening(answer) as port, pytest.raises(BrokerError, match=reason):
        obtain(f"{scheme}://127.0.0.1:{port}")


def test_a_broker_that_does_not_agree_to_the_end(monkeypatch):
    """Whoever lets us in is a broker, whether it answers our goodbye or not."""
    monkeypatch.setattr("notify_contracts.broker.obtaining.URL_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_let_in, args=[server], daemon=True)
        thread.start()
        with obtain(f"amqp://127.0.0.1:{server.getsockname()[1]}"):
            thread.join()


def _let_in(server):
    """Open a connection of AMQP, and answer nothing more."""
    with server.accept()[0] as connection:
        start = spec.Connection.Start(server_properties={}, mechanisms="PLAIN", locales="en_US")
        for answer in (start, spec.Connection.Tune(0, 131072, 0), spec.Connection.OpenOk()):
            connection.recv(4096)
            connection.sendall(Method(0, answer).marshal())
        while connection.recv(4096):
            """Read what else is said."""


def test_importing_the_library_loads_no_client():
    """`import notify_contracts` loads neither pika nor testcontainers, nor does the broker package the latter."""
    code = (
        "import sys, notify_contracts; assert 'pika' not in sys.modules;"
        "import notify_contracts.broker; assert 'testcontainers' not in sys.modules; assert 'docker' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


# A private node


def call(url, use):
    """Connect to `url` and return what `use` does with a channel."""
    connection = pika.BlockingConnection(pika.URLParameters(url))
    try:
        return use(connection.channel())
    finally:
        connection.close()


def processes_of(folder):
    """Return the ids of all processes that run on behalf of the node in `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"HOME={folder}\0".encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def listening_addresses(pids):
    """Return the addresses on which these processes listen, as the kernel tells them."""
    sockets = set()
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                sockets.add(str(descriptor.readlink()))
            except OSError:
                continue
    addresses = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                addresses.append(fields[1].partition(":")[0])
    return addresses


def wait_until(condition, seconds=10.0):
    """Return whether `condition` came true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_private_node_answers_a_handshake(local_node):
    """Its URL leads to a broker, and obtain takes that URL as it is."""
    with obtain(local_node.url) as broker:
        assert broker.origin == "url"
        assert call(broker.url, lambda channel: channel.is_open)
    assert local_node.pid is not None


def test_a_named_broker_is_left_running(local_node):
    """Closing a broker that was named does not end it."""
    obtain(local_node.url).close()
    assert call(local_node.url, lambda channel: channel.is_open)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda url: url.replace("@", "x@"), "refused the user name or password; correct them in the URL"),
        (lambda url: url + "/nowhere", "has no such virtual host; create it"),
        (lambda url: url.replace("amqp:", "amqps:"), "TLS with amqps://"),
    ],
    ids=["password", "vhost", "tls"],
)
def test_a_broker_that_refuses_is_not_waited_for(change, reason, local_node):
    """A refusal is told at once and as what it is: waiting would not change it."""
    url = change(local_node.url)
    begin = time.monotonic()
    with pytest.raises(BrokerError, match=reason) as failure:
        obtain(url)
    assert time.monotonic() - begin < 2
    assert pika.URLParameters(url).credentials.password not in str(failure.value)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads what listens from Linux's /proc")
def test_a_private_node_listens_on_loopback_only(local_node):
    """The broker, Erlang's distribution and its name server: no socket is open to other machines."""
    addresses = listening_addresses(processes_of(local_node.folder))
    assert len(addresses) >= 3
    assert set(addresses) <= {"0100007F", "00000000000000000000000001000000"}


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # in a process that has threads
def test_a_private_node_outlives_a_fork(local_node):
    """A private node is ended by the process that started it, not by a fork that leaves its context."""
    child = os.fork()
    if child == 0:
        local_node.close()
        os._exit(0)
    os.waitpid(child, 0)
    pika.BlockingConnection(pika.URLParameters(local_node.url)).close()


def test_a_private_node_is_told_what_to_do(local_node):
    """`rabbitmqctl` gives what it prints, and an error in one line that holds none of its arguments."""
    assert local_node.rabbitmqctl("list_vhosts").split() == ["name", "/"]
    with pytest.raises(BrokerError, match=r'^rabbitmqctl change_password failed: User "nobody" does not exist$'):
        local_node.rabbitmqctl("change_password", "nobody", SECRET)
    with pytest.raises(BrokerError, match=r"^rabbitmqctl add_user failed: .*too many arguments") as failure:
        local_node.rabbitmqctl("add_user", "somebody", SECRET, SECRET)
    assert SECRET not in str(failure.value)


def test_a_persistent_message_survives_a_crash(local_node):
    """A node that was killed is noticed and starts anew with its ports and user; a durable queue has its message."""
    url, pid = local_node.url, local_node.pid

    def publish(channel):
        channel.confirm_delivery()
        channel.queue_declare("crash", durable=True)
        channel.basic_publish("", "crash", b"still here", pika.BasicProperties(delivery_mode=2), mandatory=True)

    call(url, publish)
    told(local_node, "mnesia:sync_log().")  # RabbitMQ itself may lose a queue declared a moment before
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: local_node.pid is None)
    local_node.start()
    assert (local_node.url, local_node.pid in (None, pid)) == (url, False)
    _, _, body = call(url, lambda channel: channel.basic_get("crash", auto_ack=True))
    assert body == b"still here"
    call(url, lambda channel: channel.queue_delete("crash"))


@pytest.mark.exhaustive
def test_closing_leaves_nothing_behind(skip_without_broker, tmp_path, monkeypatch):
    """`close` ends every process, removes the folder, wherever that is, and may be called twice.

    A port that somebody took between choosing and starting costs a second try, not the start, and leaves nothing.
    """
    from notify_contracts.broker import local_node as module

    temporary = tmp_path / ("a b;$HOME `id` \\ %d (é) *\n#" + "x" * 150)
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    free_ports = module.free_ports
    with skip_without_broker(), listening(b"") as taken:
        choices = [(free_ports(1)[0], taken)]
        monkeypatch.setattr(module, "free_ports", lambda number: choices.pop() if choices else free_ports(number))
        node = LocalNode()
        begin = time.monotonic()
        node.start()
    assert time.monotonic() - begin < 30
    assert not choices
    assert call(node.url, lambda channel: channel.is_open)
    folder = node.folder
    assert folder.stat().st_mode & 0o077 == 0
    node.close()
    node.close()
    assert not folder.exists()
    assert wait_until(lambda: not processes_of(folder))
    assert wait_until(lambda: not [*temporary.iterdir()])
    with pytest.raises(BrokerError, match=r"call start\(\) first"):
        _ = node.url


READY = "node.start()"
STARTING = "Thread(target=node.start, daemon=True).start()\nwhile node.pid is None: time.sleep(0.01)"


@pytest.mark.parametrize(
    ("start", "end"),
    [(READY, "os.kill(os.getpid(), 9)"), (STARTING, "os._exit(0)"), (STARTING, "sys.exit()")],
    ids=["kill", "exit", "end"],
)
def test_a_node_ends_with_the_process_that_started_it(start, end, skip_without_broker):
    """However the process ends, SIGKILL included, and though nobody closed the node: no process, no folder is left.

    In one of the three it is ready by then, which takes seconds of processor time; in the others it is starting.
    """
    with skip_without_broker():
        Installation.find()
    code = (
        "import os, sys, time; from threading import Thread; from notify_contracts.broker import LocalNode\n"
        f"node = LocalNode()\n{start}\nprint(node.folder, node.pid, flush=True); {end}"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    folder = Path(done.stdout.split()[0])
    assert wait_until(lambda: not processes_of(folder)), processes_of(folder)
    assert wait_until(lambda: not folder.exists())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("it's", "no private node in .*it's/.*: RabbitMQ never starts in a folder whose path has ' in it; set TMPDIR"),
        ('a"b', 'no private node in .*a"b/.*: RabbitMQ never starts in a folder whose path has " in it; set TMPDIR'),
        (
            "a\udcffb",
            r"no private node in .*: RabbitMQ never starts in a folder whose path has \\udcff in it; set TMPDIR",
        ),
        ("missing", "no folder for a private node: No such file or directory; set TMPDIR to another"),
    ],
)
def test_a_folder_in_which_no_server_starts(name, reason, tmp_path, monkeypatch, skip_without_broker):
    """Where RabbitMQ would never start it is not waited for, and the error says which folder is to blame."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / name))
    if name != "missing":
        (tmp_path / name).mkdir()
    with skip_without_broker():
        Installation.find()
    with pytest.raises(BrokerUnavailableError, match=reason):
        obtain("local")
    assert [*tmp_path.glob("*/*")] == []


def test_a_server_that_does_not_come_up_is_quoted(tmp_path, monkeypatch, skip_without_broker):
    """A server that answers nobody is waited for, and the error holds the last line of its output."""
    with skip_without_broker():
        found = Installation.find()
    pause = "read -r _ <fifo"
    for name, text in (("rabbitmq-server", f"#!/bin/sh\necho Starting\nmkfifo fifo\n{pause}"), ("rabbitmq-env", "")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(Installation, "find", lambda: Installation(tmp_path, found.epmd))
    with pytest.raises(BrokerUnavailableError, match=r"within 0\.3 seconds: .*; it said last: Starting$"):
        LocalNode(start_seconds=0.3).start()


def test_a_server_that_gives_up_is_quoted(tmp_path, monkeypatch, skip_without_broker):
    """A server that ends while it starts is not waited for, and the error holds the telling line of its output."""
    with skip_without_broker():
        found = Installation.find()
    for name, text in (("rabbitmq-server", "#!/bin/sh\necho Error: no wonder\necho bye\n"), ("rabbitmq-env", "")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(Installation, "find", lambda: Installation(tmp_path, found.epmd))
    with pytest.raises(BrokerUnavailableError, match=r"ended while it was starting: Error: no wonder$"):
        obtain("local")


# A container


def test_a_container_answers_a_handshake_and_ends(skip_without_broker):
    """A broker in a container is ready when it is given, and gone when it is closed."""
    with skip_without_broker():
        broker = obtain("docker")
    with broker:
        assert broker.origin == "docker"
        assert call(broker.url, lambda channel: channel.is_open)
    broker.close()
    with pytest.raises(pika.exceptions.AMQPError):
        call(broker.url, lambda channel: channel.is_open)


def test_an_image_that_cannot_be_had_is_named(monkeypatch, skip_without_broker):
    """An image that is neither here nor to be pulled is named together with the variable that names another."""
    monkeypatch.setenv("NOTIFY_CONTRACTS_RABBITMQ_IMAGE", "localhost:1/no-such-image:1")
    with pytest.raises(BrokerUnavailableError) as failure:
        obtain("docker")
    with skip_without_broker():
        if "no-such-image" not in str(failure.value):
            raise failure.value
    assert "image localhost:1/no-such-image:1 is not here and cannot be pulled" in str(failure.value)
    assert "NOTIFY_CONTRACTS_RABBITMQ_IMAGE names another" in str(failure.value)
