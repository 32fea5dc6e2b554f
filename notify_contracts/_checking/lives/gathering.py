"""What is found in lives, counted, but for what is explained by a recording that holds only a part of what was sent."""

from collections.abc import Callable, Container
from dataclasses import field

from notify_contracts._base import dataclass
from notify_contracts._checking.lives.findings import Finding, life_name
from notify_contracts._checking.summary import Summary
from notify_contracts.catalog import Catalog
from notify_contracts.model import Verdict

_MOST_WAITING = 4096  # findings that a later notification may still explain better
_FEWEST_LIVES = 5
_FEWEST_KINDS = 3
_OFTEN = 5  # one of so many steps or more


@dataclass
class Gaps:
    """How often something was missing in a source of so many `steps`, of which those that are `going_on` begin no life.

    `missing` holds the event types of what was missing, `lives` the lives in which it was.
    """

    count: int = 0
    steps: int = 0
    going_on: int = 0
    missing: set[str] = field(default_factory=set)
    lives: set[str] = field(default_factory=set)

    def add(self, finding: Finding) -> None:
        """Count a gap."""
        self.count += 1
        self.missing.update(way.event_type for way in finding.missing)
        if len(self.lives) < _FEWEST_LIVES:
            self.lives.add(life_name(finding.way.lifecycle.name, finding.step.identity))

    @property
    def are_of_the_recording(self) -> bool:
        """Whether so much of all kinds is missing that the recording must have only a part of what was sent."""
        is_often = self.count * _OFTEN >= self.going_on
        return is_often and len(self.lives) >= _FEWEST_LIVES and len(self.missing) >= _FEWEST_KINDS


@dataclass
class Counted:
    """How many findings there are, summed up, and their lines."""

    count: int = 0
    summary: Summary = field(default_factory=Summary)
    lines: list[bytes] = field(default_factory=list)

    def merge(self, other: "Counted") -> None:
        """Add what another one has."""
        self.count += other.count
        self.summary = self.summary.merge(other.summary)
        self.lines += other.lines


class Gathering:
    """Counts what was `found`, source by source. Where `is_whole`, what is missing from a recording was never sent.

    Lives without a beginning wait until all sources are read.
    """

    def __init__(self, catalog: Catalog, line: Callable[[Verdict], bytes] | None, *, is_whole: bool) -> None:
        self.found = Counted()
        self.parts: list[tuple[str, Gaps]] = []
        self.gaps = Gaps()
        self._catalog = catalog
        self._line = line
        self._is_whole = is_whole
        self._waiting: list[Finding] = []
        self._certain, self._aside = Counted(), Counted()
        self._last: object = None
        self._beginnings: dict[str, Counted] = {}  # by lifecycle
        self._beginnings_here: dict[str, Counted] = {}

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
        is_part = self.gaps.are_of_the_recording and not self._is_whole
        if is_part:
            self.parts.append((source, self.gaps))
        else:
            self._certain.merge(self._aside)
        self.found.merge(self._certain)
        for lifecycle, counted in self._beginnings_here.items():
            self._beginnings.setdefault(lifecycle, Counted()).merge(counted)
        self.forget()

    def forget(self) -> None:
        """Leave out what was found in a source that could not be read to its end."""
        self.gaps, self._waiting = Gaps(), []
        self._certain, self._aside, self._beginnings_here = Counted(), Counted(), {}

    def finish(self, begun: Container[str]) -> None:
        """Count the lives without a beginning, where none of so many has one; lives of the kinds `begun` have."""
        for lifecycle, counted in self._beginnings.items():
            if lifecycle not in begun and counted.count >= _FEWEST_LIVES:
                self.found.merge(counted)
        self._beginnings = {}

    def add_verdict(self, verdict: Verdict, *, had_passed: bool) -> None:
        """Count what was found when all was read."""
        self._add(verdict, self.found, had_passed=had_passed)

    def _count(self, finding: Finding) -> None:
        step = finding.step
        if finding.is_gap and not finding.is_beginning:
            self.gaps.add(finding)
        if step.passed is None:  # it was not asked about
            return
        verdict = Verdict(finding.notification, finding.way.contract, (finding.violation,), finding.location)
        counted = self._aside if finding.is_gap else self._certain
        if finding.is_beginning:
            counted = self._beginnings_here.setdefault(finding.way.lifecycle.name, Counted())
        self._add(verdict, counted, had_passed=step.passed and step is not self._last)
        self._last = step

    def _add(self, verdict: Verdict, counted: Counted, *, had_passed: bool) -> None:
        counted.count += 1
        counted.summary.add_found_later(verdict, self._catalog.secrets, self._catalog.numbered, had_passed=had_passed)
        if self._line:
            counted.lines.append(self._line(verdict))
