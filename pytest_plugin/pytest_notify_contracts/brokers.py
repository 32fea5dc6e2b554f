"""The brokers of a session's tests, and a bus on one of them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from notify_contracts._untrusted import redacted
from notify_contracts.broker import Broker, obtain
from notify_contracts.errors import BrokerUnavailableError, NotifyContractsError
from notify_contracts.testing import Bus, tapped
from pytest_notify_contracts import options
from pytest_notify_contracts.asked import broker_url
from pytest_notify_contracts.belonging import ATTEMPT
from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.recorders import BROKER
from pytest_notify_contracts.recording import attached, catalog_of, late_of, strictness_of, verified

_ORIGINS = {"url": "", "docker": "a container, ", "local": "a private node, "}


@contextmanager
def session_broker(config: pytest.Config) -> Iterator[Broker]:
    """Give the broker that the session has chosen; skip the test, or fail it, where there is none."""
    preference = options.chosen(config, options.BROKER)
    with skipping_without_broker(config):
        if preference == "off":
            raise BrokerUnavailableError(f"it is off ({options.BROKER.name})")
        broker = obtain(preference, url=broker_url(config))
    config.stash[BROKER] = f"{_ORIGINS[broker.origin]}{redacted(broker.url)}"
    with broker:
        yield broker
        late_of(config).settle()


@contextmanager
def skipping_without_broker(config: pytest.Config) -> Iterator[None]:
    """Skip the test if there turns out to be no broker, or fail it where one is required."""
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


@contextmanager
def bus_of(item: pytest.Item, broker: Broker) -> Iterator[Bus]:
    """Give a test a recorder of what passes a broker on an exchange of its own, verified at its end."""
    catalog, strictness = catalog_of(item), strictness_of(item)
    closing = ExitStack()
    try:
        bus = closing.enter_context(tapped(broker.url, catalog, strictness=strictness))
    except NotifyContractsError as error:
        fail(str(error))
    attached(item, bus)
    with late_of(item.config).lingering(item.stash[ATTEMPT], bus, closing):
        yield bus
        verified(bus)
