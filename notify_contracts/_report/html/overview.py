"""The head of the page: whether all is well, the totals, and the other problems."""

from collections.abc import Iterator

from notify_contracts._report.html.parts import comma_separated, heading, notice, totals
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.shared_lines import ONLY_A_PART, counted, failing, hints
from notify_contracts._untrusted.markup import Markup, element

_MOST_SOURCES = 3


def headline(outcome: Outcome) -> str:
    """Return the result of the run in a sentence."""
    more = (f"{outcome.duplicates:,} seen before" if outcome.why_duplicates_fail else "", _only(outcome))
    return "; ".join([_headline(outcome), *filter(None, more)])


def _only(outcome: Outcome) -> str:
    return ONLY_A_PART if outcome.summary.is_part else ""


def _headline(outcome: Outcome) -> str:
    summary = outcome.summary
    broken, seen = failing(summary), counted(summary.notifications, "notification")
    if broken:
        return f"{broken:,} of {seen} {'breaks its contract' if broken == 1 else 'break their contracts'}"
    if outcome.problems:
        return "Something went wrong"
    if not summary.notifications:
        return "No notification was seen"
    return "The notification keeps its contract" if summary.notifications == 1 else f"All {seen} keep their contracts"


def overview(outcome: Outcome) -> Iterator[Markup]:
    """Yield the head of the page."""
    catalog = outcome.catalog
    title = str(catalog.manifest.get("title", catalog.name))
    yield element("p", element("strong", title), f"{catalog.name} {catalog.version}", class_="catalog")
    yield heading(("part" if outcome.summary.is_part else "well") if outcome.is_well else "unwell", headline(outcome))
    yield _sources(outcome.sources)
    yield totals(_totals(outcome))
    yield from (notice("problem", "Problem", problem) for problem in outcome.problems)
    yield from (notice("hint", "Hint", hint) for hint in hints(outcome))
    yield from (notice("note", "Note", note) for note in outcome.notes)


def _sources(sources: tuple[str, ...]) -> Markup:
    shown = [element("code", source) for source in sources]
    if len(shown) <= _MOST_SOURCES:
        return element("p", "From " if shown else "", *comma_separated(shown), class_="sources")
    items = element("ul", *(element("li", source) for source in shown))
    return element("details", element("summary", f"From {len(shown):,} sources"), items, class_="sources")


def _totals(outcome: Outcome) -> Iterator[tuple[str, int | str]]:
    summary, contracts = outcome.summary, len(outcome.catalog.contracts)
    yield "notifications", summary.notifications
    yield "conform", summary.conforming
    yield "do not", failing(summary)
    yield "violations", summary.violations
    yield "contracts seen", f"{len(summary.passed.keys() | summary.failed.keys()):,} of {contracts:,}"
    if summary.unreadable:
        yield "unreadable", summary.unreadable
    if summary.undelivered:
        yield "lost", summary.undelivered
    if summary.skipped:
        yield "other lines skipped", summary.skipped
