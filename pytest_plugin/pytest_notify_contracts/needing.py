"""What the consumer under test reads: recorded in each process, and written where all arrive."""

from collections.abc import Generator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.asked import consumer, needs_file
from pytest_notify_contracts.partial import selecting_of

if TYPE_CHECKING:
    from notify_contracts.testing import Reads

READS: "pytest.StashKey[Reads]" = pytest.StashKey()
_OUTPUT = "notify_contracts_needs"
_RECORDING = frozenset(("notification_reads", "fuzz_consumer"))
_KIT = "notify_contracts.conformance.consumer", "test_accepts"
"""Who hands notifications to the consumer that note how they are read: these fixtures, and the kit in this test."""


def reads_of(config: pytest.Config) -> "Reads":
    """Return what records the session's reads; where no needs are written, what one test alone looks at."""
    from notify_contracts.testing import Reads

    return config.stash[READS] if READS in config.stash else Reads(consumer(config))


class Needing:
    """Records the reads of a session, and writes them as needs; xdist's workers hand theirs to the controller.

    A file that says less than the consumer reads would let a change pass that breaks it: where a test has failed,
    only a part of the tests was asked for, or one that records was not run, the file stays as it was.
    """

    def __init__(self, config: pytest.Config) -> None:
        from notify_contracts.testing.needs import Reads, recording_needs

        self._config = config
        self._selecting = selecting_of(config)
        self._recording = ExitStack()
        self._reads = self._recording.enter_context(recording_needs(Reads(consumer(config))))
        config.stash[READS] = self._reads
        self._not_run: dict[str, None] = {}
        self._said = ""
        self._is_written = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note that a test was skipped which would have shown what is read."""
        report = yield
        if report.skipped and not hasattr(report, "wasxfail") and _records(item):
            self._not_run[item.nodeid] = None
        return report

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what one of xdist's workers has recorded, and which tests it has not run."""
        evidence, not_run = getattr(node, "workeroutput", {}).get(_OUTPUT, ([], []))
        self._reads.add(evidence)
        self._not_run.update(dict.fromkeys(not_run))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the needs; fail a session that should have shown some, and did not."""
        if not self._selecting.is_by_option:
            self._not_run.update((item.nodeid, None) for item in self._selecting.left_out if _records(item))
        if hasattr(self._config, "workerinput"):
            output = self._reads.evidence, [*self._not_run]
            self._config.workeroutput[_OUTPUT] = output  # type: ignore[attr-defined]  # xdist's way back
        elif not self._config.getoption("collectonly"):
            self._write(session)

    def _write(self, session: pytest.Session) -> None:
        file, part = options.chosen(self._config, options.NEEDS), self._selecting.by
        if part:
            self._said = f"{file}: not written, for only a part of the tests was asked for ({part})"
        elif session.testsfailed or session.exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            self._said = f"{file}: not written, for not all tests have passed"
        elif self._not_run:
            self._said = f"{file}: not written, for {next(iter(self._not_run))} records what is read, and was not run"
        elif not self._put(file):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _put(self, file: str) -> bool:
        from notify_contracts._report import write_whole
        from notify_contracts.errors import UsageError

        try:
            write_whole(needs_file(self._config), self._reads.needs())
        except UsageError as error:
            self._said = f"{file}: not written, for {error}"
            return False
        except OSError as error:
            raise pytest.UsageError(f"{options.NEEDS.name} {file!r}: {error.strerror}") from None
        self._is_written = True
        self._said = f"{file}: what {self._reads.consumer} reads of notifications"
        return True

    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter") -> None:
        """Say what was written, or why nothing was."""
        if self._said:
            line = self._said if self._said.isprintable() else ascii(self._said)
            terminalreporter.write_line(f"notify-contracts: {line}", yellow=not self._is_written)

    def pytest_unconfigure(self) -> None:
        """Record no more."""
        self._recording.close()


def _records(item: pytest.Item) -> bool:
    """Whether a test shows what is read, if it runs."""
    if _RECORDING & set(getattr(item, "fixturenames", ())):
        return True
    module, test = _KIT
    bases = getattr(getattr(item, "cls", None), "__mro__", ())
    return getattr(item, "originalname", "") == test and any(base.__module__ == module for base in bases)
