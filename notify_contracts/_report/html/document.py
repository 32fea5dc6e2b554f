"""The report's page puts its sections in order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from notify_contracts._report.html.chart import chart
from notify_contracts._report.html.filters import filters
from notify_contracts._report.html.groups import groups
from notify_contracts._report.html.life import ORDER_OF_LIFE
from notify_contracts._report.html.matrix import matrix
from notify_contracts._report.html.overview import headline, overview
from notify_contracts._report.html.parts import footer, section
from notify_contracts._report.html.theme import theme
from notify_contracts._report.html.without_contract import without_contract
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted.markup import Content, Markup, asset, element, page

if TYPE_CHECKING:
    from notify_contracts._checking import Coverage


def html(outcome: Outcome) -> str:
    """Return the outcome as one HTML document."""
    catalog = outcome.catalog
    title = f"{headline(outcome)} · {catalog.name} {catalog.version}"
    skip = element("a", "To the violations", href="#violations", class_="skip")
    parts = (skip, element("header", theme(), *overview(outcome)), element("main", *_main(outcome)), _footer(outcome))
    style, script = (asset("notify_contracts._report.html", name) for name in ("report.css", "report.js"))
    if any(key.keyword in ORDER_OF_LIFE for key in outcome.summary.groups):
        style += asset("notify_contracts._report.html", "life.css")
    return page(title, style, *parts, script=script)


def _main(outcome: Outcome) -> Iterator[Content]:
    yield filters(outcome)
    yield section("contracts", "Contracts", matrix(outcome), without_contract(outcome.summary))
    if outcome.coverage is not None:
        yield section("tests", "Tests", _tests(outcome, outcome.coverage))
    yield section("over-time", "Violations over time", chart(outcome.summary.timeline))
    yield section("violations", "Violations", groups(outcome))


def _tests(outcome: Outcome, coverage: "Coverage") -> Markup:
    from notify_contracts._report.html.asserted import tests

    return tests(outcome, coverage)


def _footer(outcome: Outcome) -> Markup:
    catalog = outcome.catalog
    return footer(f"notify-contracts, catalog {catalog.name} {catalog.version}, engine {catalog.engine}.")
