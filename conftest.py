"""The brokers that tests, examples and benchmarks share, and what happens where there is none.

``NOTIFY_CONTRACTS_BROKER`` says which kind to run on (auto, docker, local or a URL; auto if it is not set).
``NOTIFY_CONTRACTS_REQUIRE_BROKER=1`` makes a test fail that would otherwise be skipped for lack of a broker.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest

from notify_contracts.errors import BrokerUnavailableError

if TYPE_CHECKING:
    from notify_contracts.broker import LocalNode


@contextmanager
def _skip_without_broker() -> Iterator[None]:
    try:
        yield
    except BrokerUnavailableError as error:
        reason = f"no broker: {error}"
    else:
        return
    if os.environ.get("NOTIFY_CONTRACTS_REQUIRE_BROKER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for a broker, so that those can be run alone: ``-m broker``."""
    for item in items:
        if {"broker_url", "local_node", "skip_without_broker"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("broker")


@pytest.fixture(scope="session")
def skip_without_broker() -> Callable[[], AbstractContextManager[None]]:
    """Return the context in which a broker that is not to be had skips the test, or fails it where one is required."""
    return _skip_without_broker


@pytest.fixture(scope="session")
def broker_url() -> Iterator[str]:
    """Give the AMQP URL of the broker that the whole run shares; use names of your own on it."""
    from notify_contracts.broker import obtain

    with _skip_without_broker():
        broker = obtain(os.environ.get("NOTIFY_CONTRACTS_BROKER") or "auto")
    with broker:
        yield broker.url


@pytest.fixture(scope="session")
def _shared_node() -> Iterator["LocalNode"]:
    from notify_contracts.broker import LocalNode

    with _skip_without_broker():
        node = LocalNode().start()
    with node:
        yield node


@pytest.fixture
def local_node(_shared_node: "LocalNode") -> "LocalNode":
    """Give a private node for faults, running: kill it, block it, change it; undo what would outlive a restart."""
    return _shared_node.start()
