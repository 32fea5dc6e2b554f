"""A real ``oslo_messaging.Notifier`` in the process, recorded by its own driver ``contracts``."""

import warnings
from importlib.metadata import entry_points

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
def service(distributed):
    """Run tests of a service that configures oslo.messaging."""
    return lambda tests, *arguments: distributed(SERVICE + tests).run("-Wignore", *arguments)


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


def test_late(service):
    """A thread left behind by a test is found out here, too."""
    result = service("""
        def test_late(oslo, oslo_notifications):
            later(oslo().info, {}, "image.delete", ID)

        def test_next(oslo_notifications):
            join()
            assert oslo_notifications == []
    """)
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
