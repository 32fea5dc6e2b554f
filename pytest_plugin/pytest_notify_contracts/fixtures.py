"""The fixtures; each loads what it gives, and the library, when a test first asks for it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from notify_contracts import Catalog, Contract, Notification
    from notify_contracts.broker import Broker
    from notify_contracts.testing import Bus, Reads, Recorder


@pytest.fixture
def notification_catalog(request: pytest.FixtureRequest) -> "Catalog":
    """Give the catalog that this test is held against: its marker's, or that of --notify-catalog."""
    from pytest_notify_contracts.recording import catalog_of

    return catalog_of(request.node)


@pytest.fixture
def notification_contracts(request: pytest.FixtureRequest) -> "tuple[Contract, ...]":
    """Give all at once the contracts for each of which ``contract`` would run the test."""
    from pytest_notify_contracts.generated import contracts_of

    return contracts_of(request.node)


@pytest.fixture
def notifications(request: pytest.FixtureRequest) -> "Recorder":
    """Record what the code under test emits with notify_contracts.Notifier, and what the test gives to record()."""
    return _recorder(request, "notifications")


@pytest.fixture
def logged_notifications(request: pytest.FixtureRequest) -> "Recorder":
    """Record the notifications that are written to Python's logging, by whatever emitter."""
    return _recorder(request, "logged_notifications")


@pytest.fixture
def oslo_notifications(request: pytest.FixtureRequest) -> "Recorder":
    """Record what a real oslo_messaging.Notifier with the driver "contracts" emits in this process."""
    return _recorder(request, "oslo_notifications")


def _recorder(request: pytest.FixtureRequest, fixture: str) -> "Recorder":
    from pytest_notify_contracts.recorders import SOURCES
    from pytest_notify_contracts.recording import recording

    return recording(request.node, SOURCES[fixture])


@pytest.fixture(scope="session")
def notification_broker(pytestconfig: pytest.Config) -> "Iterator[Broker]":
    """Give a real RabbitMQ at .url, chosen by --notify-broker; where there is none, its tests are skipped."""
    from pytest_notify_contracts.brokers import session_broker

    with session_broker(pytestconfig) as broker:
        yield broker


@pytest.fixture
def bus(request: pytest.FixtureRequest, notification_broker: "Broker") -> "Iterator[Bus]":
    """Record what passes the broker at .url on .exchange for .topic, which no other test uses."""
    from pytest_notify_contracts.brokers import bus_of

    with bus_of(request.node, notification_broker) as bus:
        yield bus


@pytest.fixture
def assert_conforms(request: pytest.FixtureRequest) -> "Callable[[object], Notification]":
    """Assert that a notification, in whatever form, keeps its contract; return it."""
    from notify_contracts.testing import Recorder
    from pytest_notify_contracts.recording import attached, catalog_of, strictness_of

    recorder = attached(request.node, Recorder(catalog_of(request.node), strictness_of(request.node)))
    return recorder.assert_conforms


@pytest.fixture
def contract(request: pytest.FixtureRequest) -> "Contract":
    """Run the test once for each contract of the catalog, or for those of the marker contracts("image.*")."""
    from notify_contracts.testing import Coverage, exercised
    from pytest_notify_contracts.generated import contract_of
    from pytest_notify_contracts.recorders import COVERAGE
    from pytest_notify_contracts.recording import catalog_of

    contract = contract_of(request)
    coverage = Coverage(catalog_of(request.node).name)
    request.node.stash[COVERAGE] = coverage
    return exercised(contract, coverage)


@pytest.fixture
def fuzz_consumer(request: pytest.FixtureRequest) -> "Callable[..., None]":
    """Hold a function that handles a notification against all that its contracts allow, and all that breaks them.

    The catalog is the test's; everything else is as for ``notify_contracts.fuzzing.fuzz_consumer``.
    """
    from pytest_notify_contracts.fuzzed import fuzzing

    return fuzzing(request.node)


@pytest.fixture
def notification_reads(request: pytest.FixtureRequest) -> "Reads":
    """Give what records the places of notifications that the consumer under test reads: noting(), try_without()."""
    from pytest_notify_contracts.needing import reads_of
    from pytest_notify_contracts.recording import catalog_of

    return reads_of(request.config).taking(catalog_of(request.node).envelopes)
