"""The broker that all processes of a run share: one, wherever it is asked for, and none after the run."""

import os
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from notify_contracts.broker import obtain
from notify_contracts.broker.installation import Installation
from notify_contracts.errors import BrokerError, BrokerUnavailableError
from tests.shared_broker import Holder, url_from

ROOT = Path(__file__).parent.parent
TESTS = """
import os, pika, pytest

@pytest.mark.parametrize("number", range(4))
def test_it(notification_broker, number):
    with open("urls", "a") as urls:
        print(notification_broker.url, file=urls)

def test_that_leaves_something(notification_broker):
    with pika.BlockingConnection(pika.URLParameters(notification_broker.url)) as connection:
        connection.channel().exchange_declare("left behind")

def test_that_ends_its_process(notification_broker):
    os._exit(1)
"""


@pytest.fixture
def holder():
    """Give a function that makes a holder, which is closed at the end."""
    held = []
    yield lambda preference: held.append(Holder(preference)) or held[0]
    for each in held:
        each.close()


def test_every_process_is_told_the_same(holder, broker_url):
    """Whoever asks is told one URL; one that dies before it has asked takes nothing from the others."""
    address = holder(broker_url).address
    Client(address, "AF_UNIX").close()
    assert [url_from(address) for _ in range(3)] == [broker_url] * 3


def test_why_there_is_none(holder, monkeypatch, tmp_path):
    """Where there is no broker, each is told the reason, for it to skip its tests with."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/no.sock")
    address = holder("docker").address
    for _ in range(2):
        with pytest.raises(BrokerUnavailableError, match=r"no Docker engine answers|testcontainers .* not installed"):
            url_from(address)


@pytest.mark.exhaustive
def test_a_run_in_which_a_process_dies(downstream, skip_without_broker, monkeypatch):
    """The processes of a run use one broker, also in place of one that died; what is left there is told."""
    pytest.importorskip("xdist")
    with skip_without_broker():
        Installation.find()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (ROOT, ROOT / "pytest_plugin"))))
    downstream.makeconftest((ROOT / "conftest.py").read_text(encoding="utf-8"))
    downstream.makepyfile(TESTS)
    downstream.makeini("[pytest]\nmarkers = broker")
    result = downstream.runpytest_subprocess("-pxdist", "-n2", "--notify-broker=local", "--max-worker-restart=1")
    result.assert_outcomes(passed=5, failed=1)
    urls = downstream.path.joinpath("urls").read_text().split()
    assert (len(urls), len(set(urls))) == (4, 1)
    assert [line for line in result.outlines if line.startswith("exchange ")] == ["exchange left behind"]
    with pytest.raises(BrokerError, match="no broker answered"):
        obtain(urls[0])
