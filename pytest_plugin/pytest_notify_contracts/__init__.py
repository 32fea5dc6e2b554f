"""The pytest plugin of notify-contracts: hooks and fixtures that load the library when a test first asks for it."""

from pytest_notify_contracts.configuration import pytest_configure, pytest_generate_tests, pytest_report_header
from pytest_notify_contracts.fixtures import (
    assert_conforms,
    bus,
    contract,
    fuzz_consumer,
    logged_notifications,
    notification_broker,
    notification_catalog,
    notification_contracts,
    notification_reads,
    notifications,
    oslo_notifications,
)
from pytest_notify_contracts.options import pytest_addoption
from pytest_notify_contracts.recorders import (
    pytest_collection_finish,
    pytest_fixture_setup,
    pytest_itemcollected,
    pytest_pycollect_makeitem,
    pytest_runtest_call,
    pytest_runtest_makereport,
)

__all__ = [
    "assert_conforms",
    "bus",
    "contract",
    "fuzz_consumer",
    "logged_notifications",
    "notification_broker",
    "notification_catalog",
    "notification_contracts",
    "notification_reads",
    "notifications",
    "oslo_notifications",
    "pytest_addoption",
    "pytest_collection_finish",
    "pytest_configure",
    "pytest_fixture_setup",
    "pytest_generate_tests",
    "pytest_itemcollected",
    "pytest_pycollect_makeitem",
    "pytest_report_header",
    "pytest_runtest_call",
    "pytest_runtest_makereport",
]
