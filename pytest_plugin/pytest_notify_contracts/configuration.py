"""The start of a session declares the markers, validates the options, sets up the gathering, and says what counts."""

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.belonging import Belonging
from pytest_notify_contracts.gathering import Gathering
from pytest_notify_contracts.recorders import MARKERS
from pytest_notify_contracts.remembered import note_of


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers, and refuse what cannot be used before anything runs."""
    for declared, _ in MARKERS.values():
        config.addinivalue_line("markers", declared)
    if mistyped := options.unknown(config):
        _refuse(mistyped)
    is_any_given = options.is_any_given(config)
    if is_any_given:
        _require_usable(config)
    session = _Session(config)
    config.pluginmanager.register(session, "notify_contracts_session")
    if is_any_given:
        _register_what_was_asked_for(config, session)


class _Session(Belonging, Gathering):
    """The hooks that every session has, as one plugin: pytest looks at each attribute of each, which takes time."""


def _register_what_was_asked_for(config: pytest.Config, gathering: Gathering) -> None:
    from pytest_notify_contracts.asked import excusing

    if options.chosen(config, options.NEEDS):
        from pytest_notify_contracts.needing import Needing

        config.pluginmanager.register(Needing(config), "notify_contracts_needing")
    if excusing(config) is not None:
        from pytest_notify_contracts.excused import Excused

        config.pluginmanager.register(Excused(config, gathering), "notify_contracts_excused")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say which contracts the session's tests are held against, and which settings are not read."""
    chosen = options.chosen(config, options.CATALOG)
    lines = f"catalog {chosen if chosen.isprintable() else ascii(chosen)}", note_of(config)
    return [f"notify-contracts: {line}" for line in lines if line]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for our fixture ``contract`` once for each contract that its marker ``contracts`` leaves."""
    if "contract" in metafunc.fixturenames:
        from pytest_notify_contracts.generated import generate

        generate(metafunc)


def _refuse(mistyped: str) -> None:
    """Raise `pytest.UsageError` for an option in pytest's file that there is not."""
    from pytest_notify_contracts.validating import what_was_meant

    raise pytest.UsageError(f"no such option in pytest's file: {what_was_meant(mistyped)}")


def _require_usable(config: pytest.Config) -> None:
    """Raise `pytest.UsageError` for an option that is given and cannot be used."""
    from pytest_notify_contracts.asked import excusing
    from pytest_notify_contracts.validating import validate

    validate(config)
    if options.chosen(config, options.CATALOG) != options.CATALOG.default:
        _require_catalog(config)
    excusing(config)


def _require_catalog(config: pytest.Config) -> None:
    from notify_contracts.errors import NotifyContractsError
    from pytest_notify_contracts.catalogs import catalog_named

    try:
        catalog_named(config)
    except NotifyContractsError as error:
        raise pytest.UsageError(f"{options.CATALOG.name}: {error}") from None
