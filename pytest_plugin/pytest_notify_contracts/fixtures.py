"""The fixtures; each loads the library when a test first asks for it."""

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.belonging import ATTEMPT
from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.generated import contracts_of
from pytest_notify_contracts.recorders import (
    BROKER,
    COVERAGE,
    SOURCES,
    attached,
    catalog_of,
    late_of,
    recording,
    strictness_of,
    verified,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from notify_contracts import Catalog, Contract, Notification
    from notify_contracts.broker import Broker
    from notify_contracts.testing import Bus, Recorder


_ORIGINS = {"url": "", "docker": "a container, ", "local": "a private node, "}


@pytest.fixture
def notification_catalog(request: pytest.FixtureRequest) -> "Catalog":
    """Give the catalog that this test is held against: its marker's, or that of --notify-catalog."""
    return catalog_of(request.node)


@pytest.fixture
def notification_contracts(request: pytest.FixtureRequest) -> "tuple[Contract, ...]":
    """Give all at once the contracts for each of which ``contract`` would run the test."""
    return contracts_of(request.node)


@pytest.fixture
def notifications(request: pytest.FixtureRequest) -> "Recorder":
    """Record what the code under test emits with notify_contracts.Notifier, and what the test gives to record()."""
    return recording(request.node, SOURCES["notifications"])


@pytest.fixture
def logged_notifications(request: pytest.FixtureRequest) -> "Recorder":
    """Record the notifications that are written to Python's logging, by whatever emitter."""
    return recording(request.node, SOURCES["logged_notifications"])


@pytest.fixture
def oslo_notifications(request: pytest.FixtureRequest) -> "Recorder":
    """Record what a real oslo_messaging.Notifier with the driver "contracts" emits in this process."""
    return recording(request.node, SOURCES["oslo_notifications"])


@pytest.fixture(scope="session")
def notification_broker(pytestconfig: pytest.Config) -> "Iterator[Broker]":
    """Give a real RabbitMQ at .url, chosen by --notify-broker; where there is none, its tests are skipped."""
    from notify_contracts.broker import obtain, redacted

    preference = options.chosen(pytestconfig, options.BROKER)
    with skipping_without_broker(pytestconfig):
        if preference == "off":
            from notify_contracts.errors import BrokerUnavailableError

            raise BrokerUnavailableError(f"it is off ({options.BROKER.name})")
        broker = obtain(preference, url=options.broker_url(pytestconfig))
    pytestconfig.stash[BROKER] = f"{_ORIGINS[broker.origin]}{redacted(broker.url)}"
    with broker:
        yield broker
        late_of(pytestconfig).settle()


@contextmanager
def skipping_without_broker(config: pytest.Config) -> "Iterator[None]":
    """Skip the test if there turns out to be no broker, or fail it where one is required."""
    from notify_contracts.errors import BrokerUnavailableError, NotifyContractsError

    try:
        yield
    except BrokerUnavailableError as error:
        reason = f"no broker: {error}"
    except NotifyContractsError as error:
        fail(str(error))
    else:
        return
    if options.is_chosen(config, options.REQUIRE_BROKER):
        fail(reason)
    pytest.skip(reason)


@pytest.fixture
def bus(request: pytest.FixtureRequest, notification_broker: "Broker") -> "Iterator[Bus]":
    """Record what passes the broker at .url on .exchange for .topic, which no other test uses."""
    from notify_contracts.testing import tapped

    catalog, strictness = catalog_of(request.node), strictness_of(request.node)
    closing = ExitStack()
    bus = closing.enter_context(tapped(notification_broker.url, catalog, strictness=strictness))
    attached(request.node, bus)
    with late_of(request.config).lingering(request.node.stash[ATTEMPT], bus, closing):
        yield bus
        verified(bus)


@pytest.fixture
def assert_conforms(request: pytest.FixtureRequest) -> "Callable[[object], Notification]":
    """Assert that a notification, in whatever form, keeps its contract; return it."""
    from notify_contracts.testing import Recorder

    recorder = attached(request.node, Recorder(catalog_of(request.node), strictness_of(request.node)))
    return recorder.assert_conforms


@pytest.fixture
def contract(request: pytest.FixtureRequest) -> "Contract":
    """Run the test once for each contract of the catalog, or for those of the marker contracts("image.*")."""
    from notify_contracts.testing import Coverage, exercised

    coverage = Coverage(catalog_of(request.node).name)
    request.node.stash[COVERAGE] = coverage
    return exercised(request.param, coverage)
