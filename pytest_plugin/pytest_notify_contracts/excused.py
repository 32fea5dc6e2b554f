"""What fails no test: event types that are ignored, what a baseline knows, all where nothing is judged; it is told."""

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.asked import excusing
from pytest_notify_contracts.catalogs import catalog_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from notify_contracts._report import Baseline, Outcome
    from notify_contracts.catalog import Catalog
    from notify_contracts.model import Verdict
    from notify_contracts.testing import Recorder
    from pytest_notify_contracts.gathering import Gathering


class Excuse:
    """What a session excuses: event types by globs, and what its baseline knows on the day on which it began."""

    def __init__(self, ignored: tuple[str, ...], baseline: "Baseline | None", today: "date") -> None:
        self.ignored = ignored
        self.baseline = baseline
        self.today = today

    def tell(self, recorder: "Recorder") -> None:
        """Have a recorder excuse it, too; a baseline is about one catalog."""
        recorder.ignored = self.ignored
        if self.baseline is not None and self.baseline.catalog == recorder.catalog.name:
            recorder.is_known = partial(self._is_known, recorder.catalog)

    def _is_known(self, catalog: "Catalog", verdict: "Verdict") -> bool:
        return self.baseline is not None and self.baseline.knows(verdict, self.today, catalog.numbered)

    def applied(self, outcome: "Outcome") -> "Outcome":
        """Return what tests came to, with what is known set apart, and with what was ignored."""
        outcome = outcome._replace(notes=(*outcome.notes, *outcome.summary.ignored_notes))
        return outcome if self.baseline is None else self.baseline.applied(outcome, self.today)


def excuse_of(config: pytest.Config, ignored: tuple[str, ...], file: str) -> Excuse:
    """Return what a session excuses; raise `pytest.UsageError` for a baseline that is none."""
    from datetime import UTC, datetime

    from notify_contracts.errors import NotifyContractsError

    baseline = None
    if file:
        from notify_contracts._report import read_baseline

        below_root = config.rootpath / file
        try:
            path = below_root if below_root.is_file() else config.invocation_params.dir / file
            baseline = read_baseline(os.fspath(path))
            baseline.require_about(catalog_named(config).name)
        except (NotifyContractsError, ValueError) as error:
            raise pytest.UsageError(f"{options.BASELINE.name}: {error}") from None
    return Excuse(ignored, baseline, datetime.now(UTC).date())


class Excused:
    """Tells at the end what was excused."""

    def __init__(self, config: pytest.Config, gathering: "Gathering") -> None:
        self._config = config
        self._gathering = gathering

    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter") -> None:
        """Show how many notifications were ignored, which violations are known, and which expired."""
        lines = list(self._lines())
        if lines:
            terminalreporter.section("notifications that fail no test")
        for line in lines:
            terminalreporter.write_line(line)

    def _lines(self) -> "Iterator[str]":
        from pytest_notify_contracts.outcomes import ignored, outcome_of

        if options.chosen(self._config, options.STRICTNESS) == "off" and self._gathering.told:
            yield f"{options.STRICTNESS.name} is off: what was recorded was not judged"
        yield from ignored(self._gathering.told)
        excuse = excusing(self._config)
        if excuse is None or excuse.baseline is None:
            return
        from notify_contracts._report import known_lines

        outcome, _ = outcome_of(self._config, self._gathering.told)
        yield from known_lines(outcome, excuse.baseline)
