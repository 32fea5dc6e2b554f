"""What a watch tells Prometheus."""

import re
import socket
import sys
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.watching import BAD, GOOD, Bus, stopped


@pytest.fixture
def bus(broker_url, start):
    """Give an exchange of the test's own."""
    bus = Bus(broker_url, start)
    yield bus
    bus.remove()


def _metrics(url):
    """Return the samples as values by name and labels."""
    with urlopen(url) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value for each in families for sample in each.samples
    }


def test_figures(bus):
    """Notifications by contract and verdict, violations by contract, lag, and what went wrong on the way."""
    with bus.start(
        "watch", "--url", bus.url, "--exchange", bus.exchange, "--topic", bus.topic, "--metrics-port", "0"
    ) as process:
        url = re.search(rb"metrics at (http://127\.0\.0\.1:\d+/metrics)", process.stderr.readline())[1].decode()
        process.stderr.readline()
        bus.send(GOOD, GOOD, BAD, b"not json", *[GOOD | {"event_type": f"made.up.{number}"} for number in range(50)])
        for _ in range(54):
            process.stdout.readline()
        found = _metrics(url)
        stopped(process)
    lag = found.pop(("notify_contracts_lag_seconds",))
    assert lag > 0
    assert found == {
        ("notify_contracts_notifications_total", "conforms", "image.delete-INFO"): 2,
        ("notify_contracts_notifications_total", "image.delete-INFO", "violates"): 1,
        ("notify_contracts_notifications_total", "", "conforms"): 0,
        ("notify_contracts_notifications_total", "", "violates"): 50,
        ("notify_contracts_notifications_total", "", "unreadable"): 1,
        ("notify_contracts_violations_total", "image.delete-INFO"): 1,
        ("notify_contracts_violations_total", ""): 51,
        ("notify_contracts_messages_total",): 54,
        ("notify_contracts_redelivered_total",): 0,
        ("notify_contracts_dropped_total",): 0,
        ("notify_contracts_reconnects_total",): 0,
    }


def test_a_port_that_is_taken(bus, command):
    """A port that somebody else has is one line and status 2, before anything is consumed."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = command("watch", "--url", bus.url, "--metrics-port", taken.getsockname()[1])
    assert ran.status == 2
    assert "nothing can listen on 127.0.0.1, port" in ran.err
    assert ran.err.count("\n") == 1


def test_without_the_package(run, monkeypatch):
    """Where prometheus-client is missing, the error says what to install."""
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    ran = run("watch", "--metrics-port", "0")
    assert ran.status == 2
    assert "pip install 'notify-contracts[metrics]'" in ran.err
