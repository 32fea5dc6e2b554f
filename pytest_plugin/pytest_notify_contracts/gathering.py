"""The plugin gathers the data that reports of tests carry, where all arrive: in one process, or xdist's controller."""

from typing import TYPE_CHECKING, Any

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.belonging import LATE
from pytest_notify_contracts.recorders import BROKER, REPORTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_notify_contracts.partial import Selecting

_OUTPUT = "notify_contracts_late"
_BROKER = "notify_contracts_broker"


class Gathering:
    """Gathers coverage, and reports what came too late against the test that caused it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._is_worker = hasattr(config, "workerinput")
        self.told: dict[str, list[Mapping[str, Any]]] = {}
        self._brokers: dict[str, None] = {}
        self._selecting: Selecting | None = None
        if options.chosen(config, options.FAIL_UNDER):
            from pytest_notify_contracts.partial import selecting_of

            self._selecting = selecting_of(config)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the data on a test's last report; of a test that is run again, the last attempt's."""
        told = getattr(report, REPORTED, None)
        if told is not None and not self._is_worker:
            self.told[report.nodeid] = told["coverage"]
            self._report(told["late"])

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Take the data that came after the last report, write the coverage; fail the session if it is too low."""
        late = self._config.stash.get(LATE, None)
        if late is not None:
            late.close()
            self._hand_on(late.pop())
        self._note_broker(self._config.stash.get(BROKER, None))
        if self._is_worker:
            return
        if options.several(self._config, options.REPORT):
            from pytest_notify_contracts.outcomes import write

            write(self._config, self.told)
        if session.exitstatus == pytest.ExitCode.OK and (session.testsfailed or self._fails()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take the data of one of xdist's workers that came too late for any report, and its broker."""
        output = getattr(node, "workeroutput", {})
        self._report(output.get(_OUTPUT, []))
        self._note_broker(output.get(_BROKER))

    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter") -> None:
        """Show the coverage if that was asked for, and what it lacks."""
        if options.is_chosen(self._config, options.COVERAGE):
            from pytest_notify_contracts.outcomes import show

            show(self._config, self.told, terminalreporter)
        if terminalreporter.verbosity >= 0:
            for broker in self._brokers:
                terminalreporter.write_line(f"notify-contracts: broker {broker}")
        shortfall, part = self._shortfall(), self._selecting and self._selecting.by
        if shortfall and part:
            not_judged = f"{shortfall} of a whole run: not judged, for only a part was asked for ({part})"
            terminalreporter.write_line(not_judged, yellow=True)
        elif shortfall:
            terminalreporter.write_line(shortfall, red=True, bold=True)

    def _shortfall(self) -> str | None:
        if self._selecting is None or self._config.getoption("collectonly"):
            return None
        from pytest_notify_contracts.outcomes import shortfall

        return shortfall(self._config, self.told)

    def _fails(self) -> bool:
        return self._selecting is not None and self._shortfall() is not None and self._selecting.by is None

    def _note_broker(self, broker: str | None) -> None:
        if broker is not None:
            self._brokers[broker] = None
            if self._is_worker:
                self._config.workeroutput[_BROKER] = broker  # type: ignore[attr-defined]  # as below

    def _hand_on(self, late: list[dict[str, Any]]) -> None:
        if self._is_worker:
            self._config.workeroutput[_OUTPUT] = late  # type: ignore[attr-defined]  # xdist's way back
        else:
            self._report(late)

    def _report(self, late: list[dict[str, Any]]) -> None:
        for entry in late:
            report = pytest.TestReport(
                entry["test"], tuple(entry["location"]), {}, "failed", entry["message"], "teardown"
            )
            self._config.hook.pytest_runtest_logreport(report=report)
