"""Verdicts for readers: one outcome, several forms."""

from notify_contracts._report.coverage import coverage_lines
from notify_contracts._report.document import VERDICT_BEGINNING, verdict_line
from notify_contracts._report.growing_file import GrowingFile
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.reading import merged
from notify_contracts._report.whole_file import WholeFile, write_whole
from notify_contracts._report.writers import FORMATS, PROBLEM_FORMATS, VERDICTS, formatted, formatted_problems

__all__ = [
    "FORMATS",
    "PROBLEM_FORMATS",
    "VERDICTS",
    "VERDICT_BEGINNING",
    "GrowingFile",
    "Outcome",
    "WholeFile",
    "coverage_lines",
    "formatted",
    "formatted_problems",
    "merged",
    "verdict_line",
    "write_whole",
]
