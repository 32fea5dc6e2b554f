"""``notify-contracts verify``: the reference emitter, or any command, end to end through a real RabbitMQ."""

import json
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pika
import pytest

from notify_contracts import Notification, Notifier, Unreadable, load
from notify_contracts._amqp.scratch_names import Scratch
from notify_contracts._live.verification import verify_drivers
from notify_contracts._live.verification.differences import differences, wire_differences
from notify_contracts._report.writers import FORMATS
from notify_contracts.drivers import Driver
from notify_contracts.drivers.memory import MemoryDriver
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.testing import tapped
from tests.inside_node import told
from tests.removing import removing

SENSORS = Path(__file__).parent / "catalogs" / "sensors"

SEND = """
import os, sys
from notify_contracts import Notifier
from notify_contracts.drivers.messaging import MessagingDriver
driver = MessagingDriver(os.environ["NOTIFY_CONTRACTS_AMQP_URL"], sys.argv[1], [sys.argv[1]])
with Notifier("image.example.org", [driver]) as notifier:
    notifier.error("image.upload", "the disk is full")
    if "wrong" in sys.argv:
        notifier.info("image.upload", "the disk is full")
sys.exit("failing" in sys.argv)
"""

# What there is, once the broker has written down everything that it has to say.
DECLARED = """
[catch Module:filesync(Id) || #{id := Id, module := Module} <- logger:get_handler_config()],
{lists:sort(rabbit_amqqueue:list_names()), lists:sort(rabbit_exchange:list_names())}.
"""


@pytest.fixture
def verify(command, broker_url, request):
    """Verify a Python program that sends on an exchange and topic of its own."""
    name = f"test-{request.node.name}"

    def verify(program, *words, options=()):
        where = ["--url", broker_url, "--exchange", name, "--topic", name, *options]
        return command("verify", *where, "--", sys.executable, "-c", program, name, *words)

    with removing(broker_url, name, name):
        yield verify


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
def test_reference_emitter(catalog, run, broker_url):
    """Every example of every contract passes every driver unchanged: status 0, no difference."""
    verified = run("verify", "--url", broker_url, "--catalog", catalog)
    assert (verified.status, verified.err) == (0, "")
    lines = verified.out.splitlines()[-6:-1]
    assert [line.split()[0] for line in lines] == ["noop", "memory", "log", "messaging", "messaging"]
    assert all(line.endswith(" 0 differences") for line in lines)
    contracts = len(load(catalog).contracts)
    assert f"{contracts} of {contracts} contracts seen" in verified.out


def test_an_envelope_of_another_kind(run, broker_url, tmp_path):
    """What the reference emitter cannot send is said, and that a command can be verified."""
    root = copytree(SENSORS, tmp_path / "sensors")
    document = json.loads((root / "notification.json").read_text())
    document["properties"]["timestamp"] |= {"title": "day", "maxLength": 10}
    (root / "notification.json").write_text(json.dumps(document))
    verified = run("verify", "--url", broker_url, "--catalog", root)
    assert (verified.status, verified.out, verified.err.count("\n")) == (2, "", 1)
    assert "is broken at /timestamp: expected text of at most 10 characters, found" in verified.err
    assert verified.err.endswith("; verify what does emit: -- COMMAND\n")


def test_secrets_in_a_log(tmp_path):
    """The driver log hides secrets, as oslo.messaging's does: that is no difference."""
    root = copytree(SENSORS, tmp_path / "sensors")
    for file in root.glob("events/*.json"):
        file.write_text(file.read_text().replace('"value"', '"token_value"'))
    passages = verify_drivers(load(root), "amqp://nobody.invalid/")
    logged = next(passage for passage in passages if passage.driver == "log")
    assert any("***" in str(content) for content in logged.received)
    assert logged.differences == ()


def test_consumers(run, broker_url, tmp_path):
    """An example that keeps its contract and fails a consumer is a violation; one that reads nothing is an error."""
    needs = tmp_path / "needs.json"
    content = {
        "consumer": "billing",
        "needs": [{"event_types": ["image.upload"], "reads": [{"places": ["$.payload.id"]}]}],
    }
    needs.write_text(json.dumps(content))
    verified = run("verify", "--url", broker_url, "--catalog", "glance-emitted", "--needs", needs)
    assert verified.status == 1
    assert "keeps its contract, and billing loses it: $.payload.id is absent or of another form" in verified.out
    needs.write_text(json.dumps(content).replace("image.upload", "image.uplaod"))
    verified = run("verify", "--url", broker_url, "--needs", needs)
    assert (verified.status, verified.err.count("\n")) == (2, 1)
    assert "billing reads nothing of glance-documented: see its event_types" in verified.err


def test_durable(run, broker_url):
    """What verify declares is durable where that is asked for."""
    assert run("verify", "--url", broker_url, "--durable").status == 0


@pytest.mark.parametrize("key", ["{topic}.{priority}", "{event_type}.{priority}", "v1.{topic}.{event_type}"])
def test_reference_emitter_of_other_routing_keys(key, run, broker_url, tmp_path):
    """Whatever the priorities and event types of a catalog, and however it makes its routing keys: all is well."""
    root = copytree(SENSORS, tmp_path / "sensors")
    manifest = json.loads((root / "catalog.json").read_bytes())
    manifest["transport"]["routing_key"] = key
    (root / "catalog.json").write_text(json.dumps(manifest))
    verified = run("verify", "--url", broker_url, "--catalog", root)
    assert (verified.status, verified.err) == (0, "")
    assert "44 notifications, 44 conform" in verified.out
    assert "log            8 sent, 8 read back, 0 differences" in verified.out


def test_leaves_nothing(local_node):
    """Nothing that verify or a bus declared is left on the broker, and no error in its log."""
    (log,) = (path for path in local_node.folder.glob("log/*.log") if "upgrade" not in path.name)
    before, size = told(local_node, DECLARED), log.stat().st_size
    passages = [passage.driver for passage in verify_drivers(load(), local_node.url)]
    with tapped(local_node.url) as bus:
        bus.none()
        driver = MessagingDriver(bus.url, bus.exchange, [bus.topic])
        with Notifier("image.example.org", [driver]) as notifier:
            notifier.error("image.upload", "the disk is full")
        bus.one("image.upload")
    assert "messaging 2.0" in passages
    assert told(local_node, DECLARED) == before
    assert "[error]" not in log.read_text()[size:]


def test_command_conforms(verify):
    """What a command sends is read and checked: status 0 if all of it conforms."""
    verified = verify(SEND)
    assert (verified.status, verified.err) == (0, "")
    assert "1 notifications, 1 conform, 0 do not" in verified.out


def test_command_violates(verify):
    """A command that sends what breaks its contract: status 1, and the place of the violation."""
    verified = verify(SEND, "wrong")
    assert verified.status == 1
    assert "image.upload-INFO /payload (type)" in verified.out
    assert "2 notifications, 1 conform, 1 do not" in verified.out


MISTYPED = """
import json, os, sys
import pika
from notify_contracts import load
catalog, where = load("glance-documented"), sys.argv[1]
with pika.BlockingConnection(pika.URLParameters(os.environ["NOTIFY_CONTRACTS_AMQP_URL"])) as connection:
    channel = connection.channel()
    channel.confirm_delivery()
    for topic in (where, f"{where}s"):
        notification = catalog.contract("image.delete", "INFO").example()
        channel.basic_publish(where, f"{topic}.info", json.dumps(notification).encode())
"""


@pytest.mark.parametrize("is_shared", [False, True])
def test_another_routing_key(is_shared, verify, broker_url, request):
    """What is sent under another topic breaks a rule; on an exchange that others may use it is not heard."""
    name = f"test-{request.node.name}"
    if is_shared:
        with pika.BlockingConnection(pika.URLParameters(broker_url)) as connection:
            connection.channel().exchange_declare(name, "topic")
    verified = verify(MISTYPED)
    if is_shared:
        assert (verified.status, "1 notifications, 1 conform, 0 do not" in verified.out) == (0, True)
        assert f"listened on the exchange {name} under {name}.#" in verified.out
    else:
        assert (verified.status, "2 notifications, 1 conform, 1 do not" in verified.out) == (1, True)
        assert f'expected topic "{name}", found "{name}s"' in verified.out
    every = verify(MISTYPED, options=["--topic", "#"])
    assert (every.status, "2 notifications, 2 conform" in every.out) == (0, True)


DECLARING = """
import json, os, sys
import pika
from notify_contracts import load
with pika.BlockingConnection(pika.URLParameters(os.environ["NOTIFY_CONTRACTS_AMQP_URL"])) as connection:
    channel = connection.channel()
    channel.exchange_declare(sys.argv[1], "topic", durable="durable" in sys.argv)
    catalog = load(sys.argv[2])
    event = catalog.sent(catalog.contract("sensor.read", "INFO").example())
    channel.basic_publish(sys.argv[1], f"{sys.argv[1]}.info", json.dumps(event).encode())
"""


@pytest.mark.parametrize("declares", ["durable", "transient"])
@pytest.mark.parametrize(
    ("has_envelope", "option"), [(False, ""), (True, ""), (False, "--durable"), (True, "--no-durable")]
)
def test_an_emitter_that_declares_its_exchange(has_envelope, declares, option, verify, tmp_path):
    """The exchange is declared as the catalog's services do; to one that does it otherwise it is said how to go on."""
    root = copytree(SENSORS, tmp_path / "sensors")
    if has_envelope:
        manifest = json.loads((root / "catalog.json").read_bytes())
        names = ("message_id", "publisher_id", "event_type", "priority", "timestamp", "payload")
        envelope = {name: f"{{/of/{name}}}" for name in names}
        (root / "catalog.json").write_text(json.dumps({**manifest, "envelope": envelope}))
    is_durable = option == "--durable" or (has_envelope and not option)
    verified = verify(DECLARING, str(root), declares, options=["--catalog", root, *([option] if option else [])])
    if is_durable == (declares == "durable"):
        assert (verified.status, "1 notifications, 1 conform" in verified.out) == (0, True)
    else:
        assert (verified.status, "ended with status 1" in verified.out) == (2, True)
        how, remedy = ("durable", "--no-durable") if is_durable else ("not durable", "--durable")
        refused = "if COMMAND says 406 PRECONDITION_FAILED, it declares it otherwise"
        assert f"was not there and was declared {how}: {refused}: {remedy}\n" in verified.out


def test_the_other_exchanges_of_a_catalog(command, broker_url, tmp_path):
    """Where a catalog names several exchanges, it is said which of them was not listened to."""
    root = copytree(SENSORS, tmp_path / "sensors")
    manifest = json.loads((root / "catalog.json").read_bytes())
    manifest["transport"]["exchange"] = ["test-sensors-first", "test-sensors-second"]
    (root / "catalog.json").write_text(json.dumps(manifest))
    verified = command("verify", "--url", broker_url, "--catalog", root, "--", "true")
    assert (verified.status, "nothing arrived on the exchange test-sensors-first under #" in verified.out) == (2, True)
    assert "nothing was heard on test-sensors-second, which sensors names, too: see to that with" in verified.out


def test_every_format(verify, tmp_path):
    """What arrived is told in every format, and where, without the broker's password."""
    options = [f"--report={form}:{tmp_path / form}" for form in FORMATS]
    assert verify(SEND, "wrong", options=options).status == 1
    for form in FORMATS:
        written = (tmp_path / form).read_text()
        assert "image.upload-INFO" in written
        assert ('"unit":"message","number":2' if form == "json" else "message 2") in written
        assert "guest:guest" not in written


@pytest.mark.parametrize(
    ("program", "words", "said"),
    [
        (SEND, ["failing"], "ended with status 1"),
        ("", [], "nothing arrived on the exchange"),
        ("import time; time.sleep(60)", [], "did not end within 1 seconds"),
    ],
)
def test_command_that_cannot_be_verified(program, words, said, verify):
    """A command that fails, hangs or sends nothing has not been verified: status 2, and why."""
    options = ["--timeout", "1"] if "sleep" in program else []
    verified = verify(program, *words, options=options)
    assert (verified.status, said in verified.out) == (2, True)


@pytest.mark.parametrize("has_file", [False, True])
def test_what_a_command_writes(has_file, verify, tmp_path):
    """What a command writes is not in the report: on standard output there is one or the other."""
    file = tmp_path / "report.json"
    options = ["--format", "json", *(["--output", file] if has_file else [])]
    verified = verify(f"print('chatter', flush=True)\n{SEND}", options=options)
    assert verified.status == 0
    said, report = (verified.out, file.read_text()) if has_file else (verified.err, verified.out)
    assert said == "chatter\n"
    assert json.loads(report)["totals"]["conforming"] == 1


def test_nothing_is_awaited_of_what_failed(verify):
    """Of a command that has failed nothing more is awaited."""
    verified = verify(SEND, "failing", options=["--expect", "2"])
    assert (verified.status, "1 notifications, 1 conform" in verified.out) == (2, True)
    assert "within 60 s" not in verified.out


LEAVING = f"""
import subprocess, sys
quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(5)"], close_fds=False, **quiet)
{SEND}
"""
ONLY_MARKED = LEAVING.replace("close_fds=False", "start_new_session=True")
has_processes = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to see processes")


@pytest.mark.parametrize(
    "leaving", [pytest.param(LEAVING, id="pipe"), pytest.param(ONLY_MARKED, id="mark", marks=has_processes)]
)
def test_what_a_command_leaves_running(verify, leaving):
    """What still runs when a command has ended may send more: status 2, unless it is said how much is waited for."""
    verified = verify(leaving)
    assert (verified.status, "left something running" in verified.out) == (2, True)
    assert verify(leaving, options=["--expect", "1"]).status == 0
    assert verify(leaving.replace("sleep(5)", "sleep(0.5)")).status == 0


@has_processes
def test_what_a_command_that_does_not_end_has_started(verify, tmp_path):
    """It is ended with the command: what it sent would be heard by nobody."""
    told = tmp_path / "told"
    program = ONLY_MARKED.replace(SEND, f"open({str(told)!r}, 'w').write(str(left.pid)); left.wait()")
    verified = verify(program, options=["--timeout", "2"])
    assert (verified.status, "did not end within 2 seconds" in verified.out) == (2, True)
    with suppress(FileNotFoundError):  # it is gone, or waits for who has adopted it
        assert Path(f"/proc/{told.read_text()}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_expected_number(verify):
    """Where more was expected than came, what came is listed: status 1."""
    verified = verify(SEND, options=["--expect", "2", "--timeout", "5"])
    assert verified.status == 1
    assert "expected 2 notifications within 5 s" in verified.out
    assert "image.upload ERROR" in verified.out


def test_more_than_the_expected_number(verify):
    """Where more came than was expected, all of it is checked, and how much came is told: status 1."""
    sends = 'notifier.error("image.upload", "the disk is full")'
    verified = verify(SEND.replace(sends, f"{sends}; {sends}"), options=["--expect", "1"])
    assert verified.status == 1
    assert "expected 1 notifications, 2 came" in verified.out
    assert "2 notifications, 2 conform" in verified.out


def test_no_such_command(command, broker_url):
    """A command that does not exist: status 2, and the reason, which is not the exchange."""
    verified = command("verify", "--url", broker_url, "--", "./no-such-emitter")
    assert (verified.status, "could not be started: No such file" in verified.out) == (2, True)
    assert "durable" not in verified.out


def _sent(*events):
    memory = MemoryDriver()
    assert isinstance(memory, Driver)
    with Notifier("image.example.org", [memory]) as notifier:
        notifier.notify_many(events)
    return list(memory.notifications)


def test_differences_are_found():
    """Whatever was lost, added, exchanged, changed or spoilt on the way is named."""
    one, two = _sent(("image.delete", "WARN", "a"), ("image.delete", "ERROR", "b"))
    changed, true, number = (Notification({**one.envelope, "payload": value}) for value in ("c", {"a": True}, {"a": 1}))
    assert list(differences([one, two], [one, two])) == []
    (line,) = differences([true], [number])  # which are equal in Python
    assert "with another payload" in line
    assert [line.partition(":")[0] for line in differences([one, two], [two, one])] == ["1", "2"]
    for received, said in [
        ([one], "received nothing"),
        ([one, two, two], "expected nothing more"),
        ([changed, two], "with another payload"),
        ([one, Unreadable("it is broken")], "cannot be read: it is broken"),
    ]:
        (line,) = differences([one, two], received)
        assert said in line


def test_wire_differences_are_found():
    """A wrong exchange, routing key, property, format version or a repeated _unique_id is named."""
    from notify_contracts import Delivery

    (sent,) = _sent(("image.delete", "WARN", "a"))
    names = Scratch("x", "t")
    good = {"content_type": "application/json", "content_encoding": "utf-8", "delivery_mode": 2, "priority": 0}
    right = Delivery("x", "t.warn", {**good, "headers": {}})
    context = {"_unique_id": "0" * 32}

    def said(delivery, context=context, version="2.0"):
        came = Notification(sent.envelope, context, version, delivery)
        return " ".join(wire_differences([came], names, "2.0"))

    assert said(right) == ""
    assert "exchange" in said(replace(right, exchange="y"))
    assert "routing key" in said(replace(right, routing_key="t.info"))
    assert "properties" in said(replace(right, properties={**good, "headers": {}, "type": "z"}))
    assert "format version" in said(right, version="1.0")
    assert "32 hex digits" in said(right, context={})
    twice = Notification(sent.envelope, context, "2.0", right)
    assert "of its own" in " ".join(wire_differences([twice, twice], names, "2.0"))
