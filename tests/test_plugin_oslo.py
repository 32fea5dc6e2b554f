"""A real ``oslo_messaging.Notifier`` in the process, recorded by its own driver ``contracts``."""

import subprocess
import sys
import warnings
from importlib.metadata import entry_points
from textwrap import dedent

import pytest

with warnings.catch_warnings():  # oslo.messaging warns of eventlet, whether it is used or not
    warnings.simplefilter("ignore")
    pytest.importorskip("oslo_messaging")

SERVICE = """
        import warnings
        warnings.simplefilter("ignore")
        import oslo_messaging
        from oslo_config import cfg

        @pytest.fixture
        def oslo(tmp_path):
            def notifier(url="fake://", drivers=("contracts",), **options):
                lines = "".join(f"driver = {name}\\n" for name in drivers)
                file = tmp_path / "service.conf"
                file.write_text(f"[oslo_messaging_notifications]\\n{lines}")
                conf = cfg.ConfigOpts()
                conf(["--config-file", str(file)])
                transport = oslo_messaging.get_notification_transport(conf, url=url)
                return oslo_messaging.Notifier(transport, "image.host", **options)
            return notifier
"""


@pytest.fixture
def service(project):
    """Run tests of a service that configures oslo.messaging."""
    return lambda tests, *arguments: project(SERVICE + tests).run("-Wignore", *arguments)


def test_registered():
    """oslo.messaging finds the driver by its own entry-point group."""
    (point,) = entry_points(group="oslo.messaging.notify.drivers", name="contracts")
    assert point.value == "notify_contracts.oslo:ContractsDriver"


def test_recorded(service):
    """A line of configuration is all: what the service emits is recorded, with the context beside it."""
    service("""
        def test_it(oslo, oslo_notifications, notifications):
            oslo().info({"project_domain": "default"}, "image.delete", ID)
            oslo().error({}, "image.create", "the disk is full")
            sent = oslo_notifications.sequence("image.delete", "image.create")
            assert sent[0].payload == ID
            assert sent[0].publisher_id == "image.host"
            assert notifications == []
    """).assert_outcomes(passed=1)


def test_copied(service):
    """What the caller changes afterwards is recorded as it was when it was sent."""
    service("""
        @pytest.mark.notifications(strictness="off")
        def test_it(oslo, oslo_notifications):
            payload = {"a": [1]}
            oslo().info({}, "image.create", payload)
            payload["a"].append(2)
            assert oslo_notifications.one("image.create").payload == {"a": [1]}
    """).assert_outcomes(passed=1)


def test_violations(service):
    """What breaks its contract fails the test; what oslo.messaging could not write as JSON, too."""
    result = service("""
        def test_broken(oslo, oslo_notifications):
            oslo().info({}, "image.delete", "not-an-id")
    """)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["image.delete-INFO is broken at /payload: *"])


def test_a_swallowed_failure(service):
    """What oslo.messaging could not deliver, and only logged, fails the test, without the broker's password."""
    result = service(
        """
        def test_it(oslo, oslo_notifications):
            notifier = oslo("rabbit://me:secret@127.0.0.1:1/", ["contracts", "messagingv2"], retry=0)
            notifier.info({}, "image.delete", ID)
    """,
        "--show-capture=no",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a notification was not delivered, and its emitter went on: *Connection*"])
    assert "secret" not in result.stdout.str().replace('me:secret@127.0.0.1:1/"', "")


def test_late(distributed):
    """A thread left behind by a test is found out here, too."""
    tests = """
        def test_late(oslo, oslo_notifications):
            later(oslo().info, {}, "image.delete", ID)

        def test_next(oslo_notifications):
            join()
            assert oslo_notifications == []
    """
    result = distributed(SERVICE + tests).run("-Wignore")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_late*"])


def test_through_rabbitmq(service, broker_url):
    """The same notifier through the real broker, seen by the bus as by the driver."""
    service(
        """
        def test_it(oslo, oslo_notifications, bus):
            oslo_messaging.set_transport_defaults(bus.exchange)
            notifier = oslo(f"rabbit{bus.url.removeprefix('amqp')}", ["contracts", "messagingv2"], topics=[bus.topic])
            notifier.info({}, "image.delete", ID)
            arrived = bus.one("image.delete")
            assert arrived.envelope == oslo_notifications.one("image.delete").envelope
            assert arrived.format_version == "2.0"
    """,
        f"--notify-broker={broker_url}",
    ).assert_outcomes(passed=1)


# What oslo.messaging hands over


@pytest.fixture
def run_service(run_tests):
    """Run tests of such a service in this process, and return what passed, was skipped and failed."""
    return lambda tests, *options: run_tests(HEAD + dedent(SERVICE) + dedent(tests), *options)


def test_a_real_context(run_service):
    """A RequestContext, which is what the default serializer hands over, is recorded beside the notification."""
    passed, _, failed = run_service("""
        def test_it(oslo, oslo_notifications):
            from oslo_context.context import RequestContext
            oslo().info(RequestContext(user_id="somebody", auth_token="secret"), "image.delete", ID)
            arrived = oslo_notifications.one("image.delete")
            assert arrived.context["_context_user"] == "somebody"
            assert "secret" not in str(arrived.context)
    """)
    assert (len(passed), failed) == (1, {})


def test_any_context(run_service):
    """A context that is no dict and cannot be made one is a notification that nobody gets, as in production."""
    _, _, failed = run_service("""
        class Context:
            def redacted_copy(self):
                return self

        def test_it(oslo, oslo_notifications):
            oslo().info(Context(), "image.delete", ID)
    """)
    assert "a notification was not delivered" in failed["test_it"]
    assert "its context, a Context, cannot be made a dict" in failed["test_it"]


def test_after_a_messaging_driver(run_service):
    """What a messaging driver that ran before has put into the message is the transport's and breaks no contract."""
    passed, _, failed = run_service("""
        RABBIT = {"_unique_id": "0" * 32, "_context_user": "somebody", "_context_roles": ["member"]}
        KAFKA = {"_context": {"user": "somebody", "roles": ["member"]}}
        SENT = {"message_id": ID, "publisher_id": "image.host", "event_type": "image.delete", "priority": "INFO",
                "timestamp": "2026-10-03 08:15:30", "payload": ID}

        @pytest.mark.parametrize("added", [RABBIT, KAFKA])
        def test_it(oslo, oslo_notifications, added):
            ContractsDriver(None, [], None).notify({}, {**SENT, **added}, "INFO", None)
            assert oslo_notifications.one("image.delete").context == added
    """)
    assert (len(passed), failed) == (2, {})


VALUES = """
        import datetime, decimal, pathlib
        PARIS = datetime.timezone(datetime.timedelta(hours=2))
        NAME = "image.create"

        @pytest.fixture
        def sent(oslo, oslo_notifications):
            def sent(value):
                oslo().info({}, NAME, {"value": value})
                return oslo_notifications.one(NAME).payload["value"]
            return sent
"""


HEAD = """
import pytest
from notify_contracts.oslo import ContractsDriver
ID = "dc78c8d5-10bb-4452-9d15-613728fd7fba"
"""


def _tagged(kind, value):
    return {"__type__": kind, "__value__": value}


ARRIVING = {
    "{1}": {"2.0": [1]},
    "(1, 2)": {"1.0": [1, 2], "2.0": [1, 2]},
    "datetime.datetime(2026, 1, 2, tzinfo=PARIS)": {
        "1.0": _tagged("datetime", "2026-01-02T00:00:00+02:00"),
        "2.0": "2026-01-02T00:00:00.000000",
    },
    "decimal.Decimal('1.50')": {"1.0": _tagged("decimal", "1.50"), "2.0": "1.50"},
    "b'x'": {"1.0": _tagged("bytes", "x"), "2.0": "x"},
    "{1: None}": {"1.0": {"1": None}, "2.0": {"1": None}},
}
LOST = {
    "{1}": {"1.0": "a value of type set"},
    "{'__type__': 'x', '__value__': 1}": {"1.0": "a value of type dict"},
    "range(2)": {"1.0": "a value of type range"},
    "ValueError('x')": {"1.0": "a value of type ValueError"},
    "{(1, 2): 1}": {"1.0": "a key of type tuple", "2.0": "a key of type tuple"},
    "pathlib.Path('/')": {"1.0": "a value of type PosixPath", "2.0": "a value of type PosixPath"},
    "b'\\xff'": {"2.0": "a value of type bytes"},
    "datetime.time(1)": {"2.0": "a value of type time"},
}


@pytest.mark.parametrize("wire", ["1.0", "2.0"])
def test_what_each_format_makes_of_a_value(run_service, wire):
    """A value is recorded as the format that production has would carry it."""
    cases = ", ".join(f"({value}, {arrives[wire]!r})" for value, arrives in ARRIVING.items() if wire in arrives)
    tests = f"""
        @pytest.mark.parametrize(("value", "arrives"), [{cases}])
        @pytest.mark.notifications(strictness="off")
        def test_it(sent, value, arrives):
            assert sent(value) == arrives
    """
    passed, _, failed = run_service(VALUES + tests, f"--notify-wire={wire}")
    assert (len(passed) >= 5, failed) == (True, {})


@pytest.mark.parametrize(("wire", "driver"), [("1.0", "messaging"), ("2.0", "messagingv2")])
def test_what_the_real_driver_makes_of_a_value(run_service, broker_url, wire, driver):
    """Payload and context are recorded as the messaging driver beside it brings them to a consumer."""
    values = ", ".join(value for value, arrives in ARRIVING.items() if wire in arrives)
    tests = f"""
        from oslo_context.context import RequestContext

        @pytest.mark.notifications(strictness="off")
        def test_it(oslo, oslo_notifications, bus):
            oslo_messaging.set_transport_defaults(bus.exchange)
            url = "rabbit" + bus.url.removeprefix("amqp")
            notifier = oslo(url, ["contracts", "{driver}"], topics=[bus.topic])
            for value in [{values}]:
                notifier.info(RequestContext(user_id="somebody"), NAME, {{"value": value}})
            arrived = bus.sequence(*[NAME] * len([{values}]))
            assert list(oslo_notifications) == arrived
            for ours, theirs in zip(oslo_notifications, arrived):
                assert ours.context == {{name: theirs.context[name] for name in ours.context}}
                assert theirs.context.keys() - ours.context.keys() <= {{"_unique_id"}}
                assert ours.format_version == theirs.format_version
    """
    options = (f"--notify-wire={wire}", f"--notify-broker={broker_url}")
    passed, _, failed = run_service(VALUES + tests, *options)
    assert (len(passed), failed) == (1, {})


@pytest.mark.parametrize("wire", ["1.0", "2.0"])
def test_what_a_format_cannot_carry(run_service, wire):
    """A notification that oslo.messaging loses is recorded, and fails the test with the place and a kind of its own."""
    cases = {value: lost[wire] for value, lost in LOST.items() if wire in lost}
    tests = f"""
        @pytest.mark.parametrize("value", [{", ".join(cases)}], ids=range({len(cases)}))
        def test_it(sent, oslo_notifications, value):
            sent(value)
            (verdict,) = oslo_notifications.verdicts
            assert "lost" in [violation.kind for violation in verdict.violations]
    """
    _, _, failed = run_service(VALUES + tests, f"-onotify_wire={wire}")
    assert len(failed) == len(cases)
    for message, what in zip(failed.values(), cases.values(), strict=True):
        assert f"is broken at /payload/value: oslo.messaging's format {wire} cannot carry {what}: " in message


def test_what_holds_itself(run_service):
    """A payload without an end is not delivered, as in production, and ends no test run."""
    _, _, failed = run_service("""
        def test_it(oslo, oslo_notifications):
            payload = {}
            payload["payload"] = payload
            oslo().info({}, "image.delete", payload)
    """)
    assert "a notification was not delivered" in failed["test_it"]


# Settings under which nothing is recorded


@pytest.mark.parametrize(
    "set_",
    [
        "monkeypatch.setenv('OS_OSLO_MESSAGING_NOTIFICATIONS__DRIVER', 'contracts')",
        "conf.set_override('driver', 'contracts', 'oslo_messaging_notifications')",
    ],
    ids=["environment", "override"],
)
def test_a_setting_that_was_split(run_service, set_):
    """Where the setting became a driver for each letter, no assertion passes, and the message says what to write."""
    _, _, failed = run_service(f"""
        @pytest.fixture
        def letters(monkeypatch):
            conf = cfg.ConfigOpts()
            conf([])
            transport = oslo_messaging.get_notification_transport(conf, url="fake://")
            {set_}
            return oslo_messaging.Notifier(transport, "image.host")

        def test_none(letters, oslo_notifications):
            letters.info({{}}, "image.delete", "no id")
            oslo_notifications.none("image.delete")

        def test_one(letters, oslo_notifications):
            letters.info({{}}, "image.delete", ID)
            oslo_notifications.one("image.delete")
    """)
    assert "nothing could be recorded: " in failed["test_none"]
    assert "expected one image.delete, found none; " in failed["test_one"]
    assert all("'c', 'o', 'n'" in message and "driver = contracts" in message for message in failed.values())


def test_a_setting_that_was_split_for_what_is_gone(run_service):
    """So it is where the notifier is gone when the test ends, or of a class of the service's own."""
    _, _, failed = run_service("""
        class Own(oslo_messaging.Notifier):
            pass

        def sent(kind):
            conf = cfg.ConfigOpts()
            conf([])
            transport = oslo_messaging.get_notification_transport(conf, url="fake://")
            conf.set_override("driver", "contracts", "oslo_messaging_notifications")
            notifier = kind(transport, "image.host")
            notifier.info({}, "image.delete", "no id")
            return notifier

        kept = sent(Own)

        def test_gone(oslo_notifications):
            sent(oslo_messaging.Notifier)
            oslo_notifications.none("image.delete")

        def test_own(oslo_notifications):
            oslo_notifications.none("image.delete")
    """)
    assert failed.keys() == {"test_gone", "test_own"}
    assert all("which there are not" in message and "driver = contracts" in message for message in failed.values())


IN_PRODUCTION = """
import logging, sys, warnings
warnings.simplefilter("ignore")
import oslo_messaging
from oslo_config import cfg

conf = cfg.ConfigOpts()
conf([])
transport = oslo_messaging.get_notification_transport(conf, url="fake://")
notifier = oslo_messaging.Notifier(transport, "image.host", driver="contracts")
logging.basicConfig(format="%(levelname)s %(message)s")
for _ in range(3):
    notifier.info({}, "image.delete", "x")
"""


def test_nobody_listens():
    """Left in a service that is no test, the driver says once, as an error, that what it is given is lost."""
    ran = subprocess.run([sys.executable, "-c", IN_PRODUCTION], capture_output=True, text=True, check=True)
    (line,) = [line for line in ran.stderr.splitlines() if line.startswith("ERROR")]
    assert "notifications are LOST" in line
    assert "set driver = messagingv2 in [oslo_messaging_notifications]" in line
