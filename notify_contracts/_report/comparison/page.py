"""The comparison as one HTML file: whole without a network, and running nothing."""

from collections.abc import Iterator

from notify_contracts._comparison import Direction, Kind, State
from notify_contracts._report.comparison.cells import matrix
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.comparison.detail import detail
from notify_contracts._report.comparison.sentences import (
    direction_line,
    further_lines,
    headline,
    undecided_line,
    version_line,
    words_lines,
)
from notify_contracts._report.html.parts import footer, heading, notice, section, totals
from notify_contracts._report.html.theme import theme
from notify_contracts._untrusted.markup import Content, asset, element, page

_MOST_WORDS = 500
_MOST_DETAILS = 300


def html(compared: Compared) -> str:
    """Return the comparison as one HTML document."""
    old, new = compared.comparison.old, compared.comparison.new
    title = f"{headline(compared)} · {old.name} {old.version} and {new.name} {new.version}"
    skip = element("a", "To the breaks", href=f"#{Direction.NEW_SENDS.value}", class_="skip")
    parts = (
        skip,
        element("header", theme(), *_head(compared)),
        element("main", *_main(compared)),
        footer("notify-contracts catalog diff."),
    )
    style = asset("notify_contracts._report.html", "report.css") + asset(
        "notify_contracts._report.comparison", "comparison.css"
    )
    return page(title, style, *parts)


def _head(compared: Compared) -> Iterator[Content]:
    comparison = compared.comparison
    for name, side in (("OLD", comparison.old), ("NEW", comparison.new)):
        called = element("code", side.called)
        yield element("p", element("strong", name), called, f" {side.name} {side.version}", class_="catalog")
    yield heading("unwell" if compared.status else "well", headline(compared))
    yield totals(_totals(compared))
    yield notice("problem" if compared.is_version_too_low else "note", "Version", version_line(compared))
    yield from (notice("problem", "Problem", problem) for problem in compared.problems)
    yield from (notice("note", "Note", note) for note in (*further_lines(compared), *compared.notes))


def _totals(compared: Compared) -> Iterator[tuple[str, int]]:
    yield "contracts", len(compared.comparison.states)
    yield "compatible both ways", compared.count(State.PROVED)
    yield "breaking", compared.count(State.BREAKING)
    yield "undecided", compared.count(State.UNDECIDED)
    yield "breaks", len(compared.comparison.findings)


def _main(compared: Compared) -> Iterator[Content]:
    comparison = compared.comparison
    yield section("contracts", "Contracts", matrix(compared))
    for direction in Direction:
        yield section(direction.value, _capital(direction.words), _breaks(compared, direction))
    if comparison.undecided:
        items = (
            element("li", f"{one.direction.words}: {undecided_line(compared, number)}")
            for number, one in enumerate(comparison.undecided)
        )
        yield section("undecided", "Undecided", element("ul", *items))
    if comparison.reworded:
        items = (element("li", line) for line in words_lines(compared, _MOST_WORDS))
        yield section("words", "Changed, and allows the same", element("ul", *items))


def _breaks(compared: Compared, direction: Direction) -> Iterator[Content]:
    findings = [pair for pair in enumerate(compared.comparison.findings) if pair[1].direction is direction]
    known = direction_line(compared, direction).removeprefix(f"{direction.words}: ")
    yield element("p", _capital(known), class_="faint")
    rules = [number for number, finding in findings if finding.kind is Kind.RULE]
    first = next(iter((*rules, *(number for number, _ in findings))), None)
    for number, _ in findings[:_MOST_DETAILS]:
        yield detail(compared, number, opened=number == first)
    if len(findings) > _MOST_DETAILS:
        yield element("p", f"and {len(findings) - _MOST_DETAILS:,} breaks more: --format json has them", class_="faint")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
