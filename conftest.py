"""The brokers that tests, examples and benchmarks share: the plugin's, and a private node to be unkind to.

``NOTIFY_CONTRACTS_BROKER`` says which kind to run on (auto, docker, local or a URL; auto if it is not set).
``NOTIFY_CONTRACTS_REQUIRE_BROKER=1`` makes a test fail that would otherwise be skipped for lack of a broker.
"""

import fcntl
import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from pytest_notify_contracts import options

from tests.telling import leave_out_the_rest

if TYPE_CHECKING:
    from notify_contracts.broker import Broker, LocalNode
    from tests.shared_broker import Holder

HOLDER: "pytest.StashKey[Holder]" = pytest.StashKey()
LEFT = pytest.StashKey[list[str]]()
pytest_plugins = ["pytester", "pytest_notify_contracts"]


def pytest_configure(config: pytest.Config) -> None:
    """Draw fewer random examples where what is exhaustive is left out anyway, as by ``make test``."""
    if config.option.markexpr.startswith("not exhaustive"):
        leave_out_the_rest()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Have the collector of garbage leave alone what is collected here, which stays, and look for the rest less often.

    It is a fifth of a short run, and a tenth of every test that makes many objects.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Have one process at a time load a file of tests: what it compiles, the others, a file behind, find compiled."""
    if not isinstance(collector, pytest.Module):
        return (yield)
    with collector.path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for a broker, so that those can be run alone, and those that are unkind to one.

    ``-m broker``; the unkind start, kill and reconfigure a node of their own, which takes long: ``-m exhaustive``.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if {"notification_broker", "local_node", "skip_without_broker"} & fixtures:
            item.add_marker("broker")
        if "local_node" in fixtures:
            item.add_marker("exhaustive")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist where to ask for the broker that all of them share, which this process holds."""
    node.workerinput["broker_holder"] = _holder(node.config).address


def _holder(config: pytest.Config) -> "Holder":
    """Return what holds the broker of the run, in the process whose end is the run's."""
    if HOLDER not in config.stash:
        from tests.shared_broker import Holder

        config.stash[HOLDER] = holder = Holder(options.chosen(config, options.BROKER))
        config.add_cleanup(holder.close)
    return config.stash[HOLDER]


@pytest.fixture(scope="session")
def notification_broker(
    request: pytest.FixtureRequest,
    pytestconfig: pytest.Config,
    skip_without_broker: Callable[[], AbstractContextManager[None]],
) -> "Broker":
    """Give the plugin's broker; where several processes run the tests, the one that they share."""
    if options.chosen(pytestconfig, options.BROKER) != "off":
        from tests.shared_broker import url_from

        shared = getattr(pytestconfig, "workerinput", {}).get("broker_holder")
        with skip_without_broker():
            pytestconfig.option.notify_broker = url_from(shared or _holder(pytestconfig).address)
    return request.getfixturevalue("notification_broker")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run whose tests have left something on the broker: it may be somebody's."""
    if HOLDER in session.config.stash and (left := session.config.stash[HOLDER].left()):
        session.config.stash[LEFT] = left
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: "pytest.TerminalReporter", config: pytest.Config) -> None:
    """Name what was left there."""
    if left := config.stash.get(LEFT, None):
        terminalreporter.section("FAILED: the tests left this on the broker", red=True)
        terminalreporter.write("".join(f"{each}\n" for each in left))


@pytest.fixture(scope="session")
def skip_without_broker(pytestconfig: pytest.Config) -> Callable[[], AbstractContextManager[None]]:
    """Return the context in which a broker that is not to be had skips the test, or fails it where one is required."""
    from pytest_notify_contracts.brokers import skipping_without_broker

    return partial(skipping_without_broker, pytestconfig)


@pytest.fixture(scope="session")
def broker_url(notification_broker: "Broker") -> str:
    """Give the AMQP URL of the broker that the whole run shares; use names of your own on it."""
    return notification_broker.url


@pytest.fixture(scope="session")
def _shared_node(skip_without_broker: Callable[[], AbstractContextManager[None]]) -> Iterator["LocalNode"]:
    from notify_contracts.broker import LocalNode

    with skip_without_broker():
        node = LocalNode().start()
    with node:
        yield node


@pytest.fixture
def local_node(_shared_node: "LocalNode") -> "LocalNode":
    """Give a private node for faults, running: kill it, block it, change it; undo what would outlive a restart."""
    return _shared_node.start()
