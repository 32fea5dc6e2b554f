"""Verdicts for readers: one outcome, several forms."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._report.baseline import Baseline, baseline_of, known_lines, read_baseline, write_baseline
    from notify_contracts._report.coverage import coverage_lines
    from notify_contracts._report.document import VERDICT_BEGINNING, verdict_line
    from notify_contracts._report.growing_file import GrowingFile
    from notify_contracts._report.interrupts import deferred_interrupts
    from notify_contracts._report.known import renewed
    from notify_contracts._report.outcome import Outcome
    from notify_contracts._report.reading import merged
    from notify_contracts._report.shared_lines import broken_at, counted, found_at, ranked
    from notify_contracts._report.whole_file import WholeFile, write_whole
    from notify_contracts._report.writers import FORMATS, PROBLEM_FORMATS, VERDICTS, formatted, formatted_problems

__all__ = [
    "FORMATS",
    "PROBLEM_FORMATS",
    "VERDICTS",
    "VERDICT_BEGINNING",
    "Baseline",
    "GrowingFile",
    "Outcome",
    "WholeFile",
    "baseline_of",
    "broken_at",
    "counted",
    "coverage_lines",
    "deferred_interrupts",
    "formatted",
    "formatted_problems",
    "found_at",
    "known_lines",
    "merged",
    "ranked",
    "read_baseline",
    "renewed",
    "verdict_line",
    "write_baseline",
    "write_whole",
]
