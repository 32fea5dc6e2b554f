"""The contracts, assertions and examples that tests have and have not exercised."""

from notify_contracts._checking import Coverage
from notify_contracts._report.coverage import lacking, share
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted.markup import Content, Markup, element

_MOST = 200


def tests(outcome: Outcome, coverage: Coverage) -> Markup:
    """Return the share of contracts that tests cover, and lists of what they do not."""
    lists = (_listed(title, entries) for title, entries in lacking(outcome, coverage).items())
    return element("div", element("p", share(outcome, coverage)), *lists)


def _listed(title: str, entries: list[str]) -> Content:
    rest = element("li", f"and {len(entries) - _MOST:,} more") if len(entries) > _MOST else ()
    items = element("ul", *(element("li", entry) for entry in entries[:_MOST]), rest)
    return element("details", element("summary", f"{title}: {len(entries):,}".capitalize()), items, class_="more")
