"""The catalog and the contracts that the running test is about, by its markers and the options."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from notify_contracts._checking import require_done
from notify_contracts.catalog import Case, Catalog, Contract, cases_of
from notify_contracts.errors import CatalogError, UsageError


def catalog_of(request: pytest.FixtureRequest) -> Catalog:
    """Return the catalog that the test is held against."""
    catalog: Catalog = request.getfixturevalue("notification_catalog")
    return catalog


def contracts_of(request: pytest.FixtureRequest) -> tuple[Contract, ...]:
    """Return the contracts that the test's marker ``contracts`` leaves, all at once."""
    contracts: tuple[Contract, ...] = request.getfixturevalue("notification_contracts")
    return contracts


def cases_about(catalog: Catalog, event_type: str) -> tuple[Case, ...]:
    """Return the cases of an event type."""
    try:
        return cases_of(catalog, event_type)
    except CatalogError as error:
        fail(str(error))


def done(returned: object) -> None:
    """Fail for what a function returned that has not run: a coroutine."""
    __tracebackhide__ = True
    try:
        require_done(returned)
    except UsageError as error:
        fail(str(error))


def fail(*lines: str) -> NoReturn:
    """Fail the test with a message alone: a traceback would lead into our own code."""
    raise pytest.fail.Exception("\n".join(lines), pytrace=False) from None


def missing(test: object, fixture: str, call: str) -> Callable[..., Any]:
    """Fail for want of the fixture that a derived class must have."""
    fail(f"{type(test).__name__} needs a fixture {fixture} that returns {call}: give it one, decorated @pytest.fixture")
