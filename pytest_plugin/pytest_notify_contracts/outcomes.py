"""What the tests of a session come to that were held against its catalog, as their last reports tell."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from notify_contracts._checking import Summary
from notify_contracts._report import Outcome, coverage_lines, formatted, write_whole
from notify_contracts.testing import Coverage
from pytest_notify_contracts import options
from pytest_notify_contracts.asked import excusing, percent, reports
from pytest_notify_contracts.catalogs import catalog_named

Told = Mapping[str, Sequence[Mapping[str, Any]]]
"""The id of a test → the coverage of its recorders, as JSON values."""


def outcome_of(config: pytest.Config, told: Told) -> tuple[Outcome, Coverage]:
    """Return what the tests came to that were held against the session's catalog, and their coverage."""
    catalog = catalog_named(config)
    of_catalog = (values for each in told.values() for values in each if values["catalog"] == catalog.name)
    coverage = Coverage(catalog.name).merge(*map(Coverage.from_json, of_catalog))
    outcome = Outcome(catalog, ("pytest",), coverage.summary, coverage=coverage)
    excuse = excusing(config)
    return outcome if excuse is None else excuse.applied(outcome), coverage


def ignored(told: Told) -> tuple[str, ...]:
    """Return what is to be said of the notifications that were ignored, whatever their catalog."""
    found = (Coverage.from_json(values).summary for each in told.values() for values in each)
    return Summary().merge(*found).ignored_notes


def shortfall(config: pytest.Config, told: Told) -> str | None:
    """Return what the tests lack of the share of contracts that must be covered, None if nothing."""
    wanted = percent(config)
    if wanted is None:
        return None
    outcome, coverage = outcome_of(config, told)
    covered = coverage.percent(outcome.catalog)
    if covered >= wanted:
        return None
    return f"{covered:.1f} % of the contracts were seen and kept; at least {wanted:g} % are required"


def show(config: pytest.Config, told: Told, terminal: "pytest.TerminalReporter") -> None:
    """Show the coverage at the end of the session."""
    outcome, coverage = outcome_of(config, told)
    terminal.section("contract coverage")
    for line in coverage_lines(outcome, coverage, colour=terminal.hasmarkup):
        terminal.write_line(line)


def write(config: pytest.Config, told: Told) -> None:
    """Write every report of the coverage that was asked for; raise `pytest.UsageError` where one cannot be."""
    outcome, _ = outcome_of(config, told)
    for name, file in reports(config):
        try:
            write_whole(file, formatted(outcome, name))
        except OSError as error:
            raise pytest.UsageError(f"{options.REPORT.name} {file!r}: {error.strerror}") from None
