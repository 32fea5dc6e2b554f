"""The fixture ``contract`` makes one test for each contract."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.markers import marker_of, of_parameters
from pytest_notify_contracts.recording import catalog_of

if TYPE_CHECKING:
    from notify_contracts import Catalog, Contract

FIXTURE = "contract"


def generate(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for our fixture ``contract`` once for each contract that its marker ``contracts`` leaves."""
    if not _is_ours(metafunc):
        return
    contracts = contracts_of(metafunc.definition)
    metafunc.parametrize(FIXTURE, contracts, ids=[contract.id for contract in contracts], indirect=True)


def contract_of(request: pytest.FixtureRequest) -> "Contract":
    """Return the contract for which a test is run; fail where it was not known that the test asks for one."""
    if marker_of(request.node, "contracts") and of_parameters(request.node, "contracts"):
        fail("the marker contracts of a parameter does nothing: give it to the function, or to the class")
    if not hasattr(request, "param"):
        fail(f"{FIXTURE} runs a test once for each contract: ask for it by an argument; getfixturevalue is too late")
    found: Contract = request.param
    return found


def contracts_of(item: pytest.Item) -> "tuple[Contract, ...]":
    """Return the contracts that the test's marker ``contracts`` leaves; fail where it leaves none."""
    from notify_contracts.errors import UsageError

    try:
        return _narrowed(catalog_of(item), marker_of(item, "contracts"))
    except UsageError as error:
        fail(f"{item.nodeid}: the marker contracts: {error}")


def _is_ours(metafunc: pytest.Metafunc) -> bool:
    """Return whether ``contract`` is our fixture: nobody has a fixture or a parameter of the same name."""
    for marker in metafunc.definition.iter_markers("parametrize"):
        names = marker.args[0] if marker.args else marker.kwargs["argnames"]
        if FIXTURE in (names.replace(" ", "").split(",") if isinstance(names, str) else names):
            return False
    definitions = getattr(metafunc, "_arg2fixturedefs", {}).get(FIXTURE, ())  # there is no public way to ask
    return all(definition.func.__module__.startswith("pytest_notify_contracts") for definition in definitions)


def _narrowed(catalog: "Catalog", marker: pytest.Mark | None) -> "tuple[Contract, ...]":
    if marker is None:
        return catalog.contracts
    from notify_contracts.errors import UsageError

    if set(marker.kwargs) - {"priority"} or not all(isinstance(event, str) for event in marker.args):
        raise UsageError("expected event types or globs, and priority by name; nothing else")
    priorities = _listed(marker.kwargs.get("priority"))
    if not priorities or "" in priorities:
        raise UsageError("no priority at all: name some, or take priority out for all")
    found = {}
    for event in marker.args or ("*",):
        for priority in priorities:
            found.update({contract.id: contract for contract in catalog.selected(event, priority)})
    return tuple(found.values())


def _listed(priority: str | Iterable[str] | None) -> list[str | None]:
    return [priority] if priority is None or isinstance(priority, str) else list(priority)
