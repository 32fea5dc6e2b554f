"""Verdicts for readers: one outcome, several forms."""

from notify_contracts._report.coverage import coverage_lines
from notify_contracts._report.document import verdict_line
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.reading import merged
from notify_contracts._report.writers import FORMATS, VERDICTS, formatted

__all__ = ["FORMATS", "VERDICTS", "Outcome", "coverage_lines", "formatted", "merged", "verdict_line"]
