"""A comparison of two catalogs for readers: one outcome, several forms."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._report.comparison.accepted import Accepted, accepted_from, accepted_text, read_accepted
    from notify_contracts._report.comparison.compared import FAILING, NEEDS, VERSION, Compared
    from notify_contracts._report.comparison.evidence import witness_content, witness_files
    from notify_contracts._report.comparison.writers import COMPARISON_FORMATS, changelog, formatted_comparison

__all__ = [
    "COMPARISON_FORMATS",
    "FAILING",
    "NEEDS",
    "VERSION",
    "Accepted",
    "Compared",
    "accepted_from",
    "accepted_text",
    "changelog",
    "formatted_comparison",
    "read_accepted",
    "witness_content",
    "witness_files",
]
