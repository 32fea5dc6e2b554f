"""A run that judged nothing is not all well: what it says instead."""

from notify_contracts._checking import Question, Summary
from notify_contracts.catalog import Catalog


def why_nothing_was_judged(summary: Summary, catalog: Catalog, question: Question) -> str | None:
    """Return why no contract was asked about notifications that conform, None if one was or none conforms."""
    if not summary.conforming_without_contract or summary.passed or summary.failed:
        return None
    found = f"none of the event types in {summary.notifications} notifications is in {catalog.name}"
    allowed = "which --allow-unknown lets pass" if question.allow_unknown else "which lets them pass"
    return f"{found}, {allowed}: no contract was asked; give the catalog that has them with --catalog"
