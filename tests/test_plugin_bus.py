"""The fixture ``bus``: a real broker, with an exchange and a topic that no other test uses."""

from urllib.parse import urlsplit

import pytest

from notify_contracts._untrusted import redacted
from notify_contracts.errors import BrokerError
from notify_contracts.testing import tapped
from tests.inside_node import add_user

EMITTER = """
        from pathlib import Path
        from notify_contracts.drivers.messaging import MessagingDriver

        @pytest.fixture
        def notifier(bus):
            with Notifier("image.host", [MessagingDriver(bus.url, bus.exchange, [bus.topic])]) as notifier:
                yield notifier
"""


@pytest.fixture
def on_bus(distributed, broker_url):
    """Run tests on the broker of our own tests."""

    def run(tests, *arguments):
        return distributed(EMITTER + tests).run(f"--notify-broker={broker_url}", *arguments)

    return run


def test_what_passes_the_broker_is_recorded(on_bus):
    """Assertions wait for what is on its way; every test has an exchange to itself, and sees only its own."""
    on_bus("""
        @pytest.mark.parametrize("n", [1, 2])
        def test_it(bus, notifier, n):
            notifier.info("image.delete", ID)
            notifier.error("image.create", "full")
            sent = bus.one("image.delete")
            assert sent.payload == ID
            assert sent.delivery.exchange == bus.exchange
            assert sent.delivery.routing_key == f"{bus.topic}.info"
            bus.sequence("image.delete", "image.create")
            bus.none("image.upload")
            assert len(bus) == 2
    """).assert_outcomes(passed=2)


def test_assertions_wait(on_bus):
    """What another thread sends a little later is awaited; what never comes fails after the bus's patience."""
    result = on_bus("""
        def test_waits(bus, notifier):
            timer = threading.Timer(0.3, notifier.info, ("image.delete", ID))
            timer.start()
            assert bus.one("image.delete").payload == ID
            timer.join()

        def test_gives_up(bus):
            bus.patience = 0.2
            bus.one("image.delete")
    """)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["E*ArrivalError: expected one image.delete, found none", "E*recorded: nothing"])


def test_violations_fail_the_test(on_bus):
    """What arrives is checked at the end, as everything recorded is; a body that is no notification, too."""
    result = on_bus("""
        import pika

        def test_payload(bus, notifier):
            notifier.info("image.delete", "not-an-id")

        def test_body(bus):
            with pika.BlockingConnection(pika.URLParameters(bus.url)) as connection:
                connection.channel().basic_publish(bus.exchange, f"{bus.topic}.info", b"{broken")
    """)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines_random(
        ["image.delete-INFO is broken at /payload: *", "a notification is broken: the body is not JSON: *"]
    )


def test_another_routing_key_fails_the_test(on_bus):
    """What is sent to the exchange under another topic is recorded, and fails the test, whatever is in it."""
    result = on_bus("""
        @pytest.fixture
        def mistyped(bus):
            with Notifier("image.host", [MessagingDriver(bus.url, bus.exchange, [f"{bus.topic}s"])]) as notifier:
                yield notifier

        def test_none(bus, mistyped):
            bus.ignore_violations()
            mistyped.info("image.delete", ID)
            bus.none("image.delete")

        def test_conforming(bus, mistyped):
            mistyped.info("image.delete", ID)
    """)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["E*ArrivalError: expected no image.delete, found 1"])
    result.stdout.fnmatch_lines(['image.delete-INFO is broken: expected topic "*", found "*s" (topic)'])


def test_what_comes_too_late(on_bus):
    """What arrives on a test's exchange after the test is reported against that test."""
    result = on_bus("""
        def test_late(bus):
            def send():
                with Notifier("p", [MessagingDriver(bus.url, bus.exchange, [bus.topic])]) as notifier:
                    notifier.info("image.delete", ID)
            later(send)

        def test_next(bus):
            join()
            assert bus == []
    """)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_late*",
            "a notification came after its test had ended: image.delete INFO *",
            "it came to the bus of the test: wait for it in the test",
        ]
    )
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_nothing_is_left_on_the_broker(on_bus, broker_url, pytester):
    """Exchange and queues of a test are gone after the session."""
    import pika

    result = on_bus("""
        def test_it(bus, notifier):
            notifier.info("image.delete", ID)
            Path("names").write_text(f"{bus.exchange} {bus.topic}")
            bus.one("image.delete")
    """)
    result.assert_outcomes(passed=1)
    assert broker_url.partition("@")[0] not in result.stdout.str()
    with pika.BlockingConnection(pika.URLParameters(broker_url)) as connection:
        exchange, topic = pytester.path.joinpath("names").read_text().split()
        with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="NOT_FOUND"):
            connection.channel().exchange_declare(exchange, passive=True)
        with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="NOT_FOUND"):
            connection.channel().queue_declare(f"{topic}.info", passive=True)


@pytest.mark.usefixtures("local_node")
def test_late_on_a_broker_of_its_own(project):
    """What the last test causes too late is found out before the broker that was started for the session ends."""
    tests = """
        def test_late(bus):
            def send():
                with Notifier("p", [MessagingDriver(bus.url, bus.exchange, [bus.topic])]) as notifier:
                    notifier.info("image.delete", ID)
            later(send)
    """
    result = project(EMITTER + tests).run("--notify-broker=local")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["it came to the bus of the test: wait for it in the test"])


def test_a_broker_that_is_lost(local_node):
    """In one line without frames of our own; whatever is asserted then fails, too, and what is verified does not."""
    with tapped(local_node.url) as bus:
        local_node.kill()
        assert local_node.pid is None
        with pytest.raises(BrokerError, match="was lost") as caught:
            bus.one("image.delete")
        assert "testing" not in str(caught.getrepr(style="short", tbfilter=True))
        bus.clear()
        bus.verify()
        for further in (lambda: bus.none("image.delete"), lambda: bus == []):
            with pytest.raises(BrokerError, match="was lost"):
                further()
    assert bus == []


def test_no_password_beside_a_traceback(on_bus, broker_url):
    """Nor does a traceback with all variables show the password of the URL."""
    result = on_bus(
        """
        from notify_contracts.tap import Tap

        def test_tap(bus):
            Tap(bus.url, "x" * 300)

        def test_driver(bus):
            MessagingDriver(bus.url, "x" * 300)

        def test_url(bus):
            MessagingDriver(bus.url + "&", "x")
    """,
        "--showlocals",
        "--tb=long",
    )
    result.assert_outcomes(failed=3)
    assert f":{urlsplit(broker_url).password}@" not in result.stdout.str()


def test_a_broker_that_allows_nothing(project, local_node):
    """Where the exchange cannot be made, one line says why."""
    add_user(local_node, "weak", "s3cr3t", "^$", "^$", "^$")
    url = local_node.url.replace(urlsplit(local_node.url).netloc.partition("@")[0], "weak:s3cr3t")
    result = project("def test_it(bus): pass").run(f"--notify-broker={url}", "--showlocals", "--tb=long")
    result.assert_outcomes(errors=1)
    said = result.stdout.str()
    assert "ACCESS_REFUSED" in said
    assert "s3cr3t" not in said
    assert "tapped(" not in said


@pytest.mark.parametrize("options", ["", "-p xdist -n1"])
def test_the_broker_is_told_once_it_was_used(options, project, broker_url):
    """At the end stands which broker the tests had, without its password; not where none was asked for."""
    chosen = (*options.split(), f"--notify-broker={broker_url}")
    used = project("def test_it(bus): pass").run(*chosen)
    used.stdout.fnmatch_lines([f"notify-contracts: broker {redacted(broker_url)}"])
    assert "notify-contracts: broker" not in project("def test_it(): pass").run(*chosen).stdout.str()
