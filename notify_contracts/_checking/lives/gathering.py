"""What is found in lives, counted; what a recording that holds only a part of all notifications would explain is not."""

from collections.abc import Callable
from dataclasses import dataclass

from notify_contracts._checking.lives.automaton import contract_of
from notify_contracts._checking.lives.findings import Finding
from notify_contracts._checking.summary import Summary
from notify_contracts._untrusted import Secrets
from notify_contracts.model import Verdict

_MOST_WAITING = 4096  # findings that a later notification may still explain better
_FEWEST_GAPS = 10
_FEWEST_KINDS = 4
_OFTEN = 5  # one of so many steps or more


@dataclass
class Gaps:
    """How often something was missing in a source, of which contracts, and how many steps were taken there."""

    steps: int = 0
    count: int = 0

    def __post_init__(self) -> None:
        self.missing: set[str] = set()

    @property
    def are_of_the_recording(self) -> bool:
        """Whether so much of all kinds is missing that the recording must have only a part of what was sent."""
        is_often = self.count * _OFTEN >= self.steps
        return is_often and self.count >= _FEWEST_GAPS and len(self.missing) >= _FEWEST_KINDS


class Gathering:
    """Counts findings, source by source. Where `is_whole`, what is missing from a recording was never sent."""

    def __init__(self, secrets: Secrets, line: Callable[[Verdict], bytes] | None, *, is_whole: bool) -> None:
        self.summary = Summary()
        self.lines: list[bytes] = []
        self.parts: list[tuple[str, Gaps]] = []
        self.gaps = Gaps()
        self._secrets = secrets
        self._line = line
        self._is_whole = is_whole
        self._waiting: list[Finding] = []
        self._set_aside: list[tuple[Verdict, bool]] = []
        self._aside = Summary()
        self._aside_lines: list[bytes] = []
        self._last: object = None

    def add(self, finding: Finding) -> None:
        """Take a finding, which may be changed until more have come."""
        self._waiting.append(finding)
        if len(self._waiting) > 2 * _MOST_WAITING:
            early, self._waiting = self._waiting[:_MOST_WAITING], self._waiting[_MOST_WAITING:]
            for each in early:
                self._count(each)

    def settle(self, source: str) -> None:
        """Count what was found in a source, which has come to its end."""
        for finding in self._waiting:
            self._count(finding)
        self._waiting = []
        if self.gaps.are_of_the_recording and not self._is_whole:
            self.parts.append((source, self.gaps))
        else:
            self.summary = self.summary.merge(self._aside)
            self.lines += self._aside_lines
        self.gaps, self._aside, self._aside_lines = Gaps(), Summary(), []

    def _count(self, finding: Finding) -> None:
        step = finding.step
        if finding.is_gap:
            self.gaps.count += 1
            self.gaps.missing.update(map(contract_of, finding.missing))
        if step.passed is None:  # it was not asked about
            return
        verdict = Verdict(finding.notification, finding.way.contract, (finding.violation,), finding.location)
        had_passed = step.passed and step is not self._last
        self._last = step
        summary, lines = (self._aside, self._aside_lines) if finding.is_gap else (self.summary, self.lines)
        summary.add_found_later(verdict, self._secrets, had_passed=had_passed)
        if self._line:
            lines.append(self._line(verdict))
