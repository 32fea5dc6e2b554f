"""The seven priorities of a real oslo.messaging notifier, through each of its drivers: what each way to look says."""

import json
import logging
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pika
import pytest

from notify_contracts import load
from notify_contracts.drivers.log import LogDriver
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting import Notifier
from notify_contracts.errors import ArrivalError
from notify_contracts.tap import Tap
from notify_contracts.testing import recording, tapped
from notify_contracts.wire import PRIORITIES
from tests.telling import telling
from tests.watching import lines_of

with warnings.catch_warnings():  # oslo.messaging warns of eventlet, whether it is used or not
    warnings.simplefilter("ignore")
    cfg = pytest.importorskip("oslo_config.cfg")
    oslo_messaging = pytest.importorskip("oslo_messaging")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SENSORS = Path(__file__).parent / "catalogs" / "sensors"
MESSAGING = ("messaging", "messagingv2")

SERVICE = """
import os, sys, warnings
warnings.simplefilter("ignore")
import oslo_messaging
from oslo_config import cfg

def send(url, exchange, topic, driver, payload):
    conf = cfg.ConfigOpts()
    conf([])
    oslo_messaging.set_transport_defaults(exchange)
    transport = oslo_messaging.get_notification_transport(conf, url="rabbit" + url.removeprefix("amqp"))
    oslo_messaging.set_transport_defaults("openstack")
    notifier = oslo_messaging.Notifier(transport, "house.cellar", driver=driver, topics=[topic])
    for method in ("audit", "debug", "info", "warn", "error", "critical", "sample"):
        getattr(notifier, method)({}, "sensor.read", payload(method))
    transport.cleanup()

GOOD = {"warn": "It is too warm", "error": "It is too warm"}

def good(method):
    return GOOD.get(method, {"value": 21})

def garbage(method):
    return {"garbage": method}
"""

COMMAND = f"""{SERVICE}
send(os.environ["NOTIFY_CONTRACTS_AMQP_URL"], sys.argv[1], sys.argv[2], sys.argv[3], globals()[sys.argv[4]])
"""

WAYS = ("recorder", "log", "bus", "verify", "watch")
# What each of these says, in this order, of a notification of each priority that keeps its contract.
TABLE = {
    "AUDIT": ("conforms", "nothing: a warning", "conforms", "conforms", "conforms"),
    "DEBUG": ("conforms", "conforms", "conforms", "conforms", "conforms"),
    "INFO": ("conforms", "conforms", "conforms", "conforms", "conforms"),
    "WARN": ("conforms", "conforms", "conforms", "conforms", "conforms"),
    "ERROR": ("conforms", "conforms", "conforms", "conforms", "conforms"),
    "CRITICAL": ("conforms", "conforms", "conforms", "conforms", "conforms"),
    "SAMPLE": ("conforms", "nothing: a warning", "conforms", "conforms", "conforms"),
}


def _column(way):
    return {priority: said[WAYS.index(way)] for priority, said in TABLE.items()}


@pytest.fixture(scope="module")
def service():
    """Give the functions of the service."""
    functions = {}
    exec(SERVICE, functions)
    return functions


@pytest.fixture
def names(broker_url):
    """Give an exchange and a topic, and remove what was declared for them."""
    exchange, topic = f"exchange-{uuid4().hex}", f"topic-{uuid4().hex}"
    yield exchange, topic
    with pika.BlockingConnection(pika.URLParameters(broker_url)) as connection:
        for priority in PRIORITIES:
            connection.channel().queue_delete(f"{topic}.{priority.lower()}")
        connection.channel().exchange_delete(exchange)


def _notifier(driver):
    conf = cfg.ConfigOpts()
    conf([])
    transport = oslo_messaging.get_notification_transport(conf, url="fake:/")
    return oslo_messaging.Notifier(transport, "house.cellar", driver=driver, topics=["house"])


def _said(verdicts):
    return {
        verdict.content.priority: "conforms" if verdict.conforms else verdict.violations[0].keyword
        for verdict in verdicts
    }


def _send(notifier, payload):
    for priority in PRIORITIES:
        getattr(notifier, priority.lower())({}, "sensor.read", payload(priority.lower()))


def test_the_methods_are_oslos():
    """Our notifier has the methods of oslo.messaging's, and no priority of its is missing."""
    methods = {name for name in vars(oslo_messaging.Notifier) if not name.startswith("_")}
    priorities = methods - {"prepare", "is_enabled", "warning"}
    assert priorities == {priority.lower() for priority in PRIORITIES}
    assert all(hasattr(Notifier, name) for name in priorities)


def test_recorder(service):
    """The recorder of the driver `contracts` has all seven, and their verdicts are those of the catalog."""
    with recording(SENSORS, source="oslo.messaging") as recorder:
        _send(_notifier("contracts"), service["good"])
    assert _said(recorder.verdicts) == _column("recorder")


@pytest.mark.parametrize("catalog", [SENSORS, "glance-documented"], ids=["sensors", "glance"])
def test_recorder_of_garbage(catalog, service):
    """Garbage of any priority is a violation of each, whether the catalog allows the priority or not."""
    with recording(catalog, source="oslo.messaging", strictness="off") as recorder:
        _send(_notifier("contracts"), service["garbage"])
    assert [verdict.conforms for verdict in recorder.verdicts] == [False] * 7


@pytest.fixture
def log_file(tmp_path):
    """Give a file that has what is logged about notifications, as a service's log has it."""
    logger, file = logging.getLogger("oslo.messaging.notification"), tmp_path / "service.log"
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s 1 %(levelname)s %(name)s [-] %(message)s"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield file
    logger.setLevel(level)
    logger.removeHandler(handler)
    handler.close()


def test_log(service, log_file, run):
    """The log has five of seven, at the level of their name; of the others oslo.messaging warns, and so do we."""
    with warnings.catch_warnings(record=True) as theirs:
        warnings.simplefilter("always")
        _send(_notifier("log"), service["good"])
    said = dict.fromkeys(PRIORITIES, "nothing: a warning")
    ran = run("check", log_file, "--catalog", SENSORS, "--format", "jsonl")
    verdicts = [line for line in lines_of(ran.out.encode()) if "conforms" in line]
    said |= {line["priority"]: "conforms" if line["conforms"] else "violates" for line in verdicts}
    assert said == _column("log")
    assert sum(issubclass(one.category, UserWarning) and "priority" in str(one.message) for one in theirs) == 2
    before = log_file.read_text().splitlines()
    with warnings.catch_warnings(record=True) as ours, Notifier("house.cellar", [LogDriver()]) as notifier:
        warnings.simplefilter("always")
        for priority in PRIORITIES:
            getattr(notifier, priority.lower())("sensor.read", service["good"](priority.lower()))
    assert sum(issubclass(one.category, UserWarning) and "not logged" in str(one.message) for one in ours) == 2
    after = log_file.read_text().splitlines()[len(before) :]
    levels = [[line.split()[3] for line in lines] for lines in (before, after)]
    assert levels[0] == levels[1] == ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


@pytest.mark.parametrize("driver", MESSAGING)
def test_bus(driver, service, broker_url):
    """A bus hears all seven, cannot prove that none came, and leaves no queue of any of them behind."""
    catalog = load(SENSORS)
    with tapped(broker_url, catalog) as bus:
        service["send"](broker_url, bus.exchange, bus.topic, driver, service["good"])
        assert _said(bus.verdicts) == _column("bus")
        with pytest.raises(ArrivalError):
            bus.none()
    with pika.BlockingConnection(pika.URLParameters(broker_url)) as connection:
        left = []
        for priority in PRIORITIES:
            channel = connection.channel()
            with suppress(pika.exceptions.ChannelClosedByBroker):
                left.append(channel.queue_declare(f"{bus.topic}.{priority.lower()}", passive=True))
        assert left == []


def test_bus_leaves_nothing_of_what_it_never_heard_of(broker_url):
    """What arrived under a routing key that nobody knows is cleaned up like the rest."""
    with tapped(broker_url) as bus, pika.BlockingConnection(pika.URLParameters(broker_url)) as connection:
        bus.ignore_violations()
        channel = connection.channel()
        queue = channel.queue_declare(f"{bus.topic}.fatal.v2").method.queue
        channel.queue_bind(queue, bus.exchange, queue)
        channel.basic_publish(bus.exchange, queue, b"{}")
        channel.queue_declare(queue, passive=True)
    gone = pytest.raises(pika.exceptions.ChannelClosedByBroker, match="NOT_FOUND")
    with pika.BlockingConnection(pika.URLParameters(broker_url)) as connection, gone:
        connection.channel().queue_declare(queue, passive=True)


@pytest.mark.parametrize("driver", telling(MESSAGING, ["messagingv2"]))
def test_verify(driver, names, broker_url, command, tmp_path):
    """The command `verify` hears all seven of a service, and says what it bound."""
    exchange, topic = names
    report = tmp_path / "report.json"
    verified = command(
        "verify", "--url", broker_url, "--catalog", SENSORS, "--exchange", exchange, "--topic", topic,
        "--report", f"json:{report}", "--", sys.executable, "-c", COMMAND, exchange, topic, driver, "good",
    )  # fmt: skip
    assert verified.status == 0, verified
    contracts = {contract["contract"]: contract for contract in json.loads(report.read_text())["contracts"]}
    said = {priority: "conforms" if contracts[f"sensor.read-{priority}"]["passed"] else "" for priority in PRIORITIES}
    assert said == _column("verify")
    assert f"listened on the exchange {exchange} under #\n" in verified.out  # it was not there before


def test_verify_of_garbage(names, broker_url, command):
    """Garbage under a priority that the catalog does not allow is no clean pass."""
    exchange, topic = names
    verified = command(
        "verify", "--url", broker_url, "--exchange", exchange, "--topic", topic,
        "--", sys.executable, "-c", COMMAND, exchange, topic, "messagingv2", "garbage",
    )  # fmt: skip
    assert verified.status == 1, verified
    assert "7 notifications, 0 conform, 7 do not" in verified.out
    assert "/priority (enum)" in verified.out


@pytest.fixture
def watch(names, broker_url, start):
    """Watch the test's exchange, and give the process once it watches."""
    exchange, _ = names
    running = []

    def watch(*options):
        process = start("watch", "--url", broker_url, "--exchange", exchange, *options)
        running.append(process)
        said = process.stderr.readline()
        while said and b"watching" not in said:  # before, it may say that nobody has declared the exchange yet
            said = process.stderr.readline()
        return process, said.decode()

    yield watch
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(("driver", "told"), [("messaging", "--topic"), ("messagingv2", "--binding")])
def test_watch(driver, told, names, watch, service, broker_url):  # noqa: PLR0913, PLR0917 - all of them fixtures
    """A watch hears all seven, whether it is told a topic or a binding, and says what it bound."""
    exchange, topic = names
    bound = f"{topic}.#"
    process, said = watch(told, topic if told == "--topic" else bound, "--catalog", SENSORS, "--count", 7)
    assert f"watching exchange {exchange} under {bound} at" in said
    service["send"](broker_url, exchange, topic, driver, service["good"])
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert {line["priority"]: "conforms" if line["conforms"] else "" for line in lines_of(out)} == _column("watch")


def test_watch_of_garbage(names, watch, service, broker_url):
    """Garbage under a priority that the catalog does not allow is seen, and a violation."""
    exchange, topic = names
    process, _ = watch("--topic", topic, "--count", 7)
    service["send"](broker_url, exchange, topic, "messagingv2", service["garbage"])
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert [line["conforms"] for line in lines_of(out)] == [False] * 7


def test_several_bindings(names, watch, broker_url):
    """Every key that is given is bound, and no other; sentinels of taps are not heard."""
    exchange, topic = names
    process, said = watch("--binding", "a.*", "--binding", "notify-contracts.#", "--count", 1)
    assert "under a.* and notify-contracts.# at" in said
    example = load().contract("image.delete", "INFO").example()
    with (
        Tap(broker_url, exchange, [topic]) as tap,
        Notifier("p", [MessagingDriver(broker_url, exchange, ["a"])]) as ours,
    ):
        tap.nothing_more()
        ours.info("image.delete", example["payload"])
    out, _ = process.communicate(timeout=60)
    assert [line["event_type"] for line in lines_of(out)] == ["image.delete"]
    with pika.BlockingConnection(pika.URLParameters(broker_url)) as connection:
        connection.channel().queue_delete("a.info")


def test_a_binding_is_instead_of_a_topic(run):
    """What is bound cannot be said twice."""
    ran = run("watch", "--topic", "x", "--binding", "x.#")
    assert (ran.status, "leave one of them out" in ran.err) == (2, True)
