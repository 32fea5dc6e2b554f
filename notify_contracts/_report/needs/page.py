"""The needs as one HTML file: a table consumer by event by place; whole without a network, and running nothing."""

from collections.abc import Iterator

from notify_contracts._comparison.needs import Answer
from notify_contracts._report.html.document import section
from notify_contracts._report.html.theme import theme
from notify_contracts._report.needs.sentences import EFFECTS, consumer_name, headline, place, why
from notify_contracts._report.needs.standing import Row, Standing
from notify_contracts._untrusted import printable_json
from notify_contracts._untrusted.markup import Content, Markup, asset, dotted, element, page

_MOST_ROWS = 3000
_CLASSES = {
    Answer.GUARANTEED: ("✓", "passed"),
    Answer.POSSIBLE: ("?", "asserted"),
    Answer.IMPOSSIBLE: ("✕", "failed"),
    Answer.CANNOT_TELL: ("·", "never"),
}
_TITLES = ("Event", "Read", "Answer", "Otherwise", "Why", "Said in")


def html(standing: Standing) -> str:
    """Return the needs as one HTML document."""
    style = asset("notify_contracts._report.html", "report.css")
    parts = (element("header", theme(), *_head(standing)), element("main", *_main(standing)), _footer())
    return page(f"{headline(standing)} · needs", style, *parts)


def _head(standing: Standing) -> Iterator[Content]:
    yield element("p", element("code", standing.called), class_="catalog")
    state, sign = ("well", "✓") if standing.status == 0 else ("unwell", "✕")
    yield element("h1", element("span", sign, aria_hidden="true", class_=f"sign {state}"), headline(standing))
    counts = {answer: sum(len(row.contracts) for row in standing.rows if row.answer is answer) for answer in Answer}
    totals = (element("div", element("dt", one.value), element("dd", f"{count:,}")) for one, count in counts.items())
    yield element("dl", *totals, class_="totals")
    for kind, label, texts in (("problem", "Problem", standing.problems), ("note", "Note", standing.notes)):
        yield from (element("p", element("strong", label), text, class_=f"notice {kind}") for text in texts)


def _main(standing: Standing) -> Iterator[Content]:
    for number, held in enumerate(standing.held):
        rows = [(contract, row) for row in standing.rows if row.consumer is held.consumer for contract in row.contracts]
        head = element("tr", *(element("th", title, scope="col") for title in _TITLES))
        body = (_row(standing, contract, row) for contract, row in rows[:_MOST_ROWS])
        table = element("table", element("thead", head), element("tbody", *body), class_="matrix")
        more = len(rows) - _MOST_ROWS
        rest = element("p", f"and {more:,} more: --format json has them", class_="faint") if more > 0 else ""
        title = f"consumer-{number}"
        wide = element("div", table, class_="wide", role="group", tabindex="0", aria_labelledby=f"{title}-title")
        yield section(title, consumer_name(held.consumer), [wide, rest])


def _row(standing: Standing, contract: str, row: Row) -> Markup:
    sign, class_ = _CLASSES[row.answer]
    answer = element("span", element("span", sign, aria_hidden="true", class_="sign"), f" {row.answer.value}")
    effect = "" if row.effect is None else f"{row.effect.value}: {EFFECTS[row.effect]}"
    return element(
        "tr",
        element("th", element("code", dotted(contract)), scope="row"),
        element("td", element("code", place(row))),
        element("td", answer, class_=f"cell {class_}"),
        element("td", element("strong", effect) if standing.counts(row) else effect),
        element("td", why(row), *_witness(row)),
        element("td", element("code", row.said_in)),
    )


def _witness(row: Row) -> Iterator[Markup]:
    if row.witness is not None and row.witness.notification is not None:
        shown = element("pre", element("code", printable_json(dict(row.witness.notification))))
        yield element("details", element("summary", "a notification that shows it"), shown)


def _footer() -> Markup:
    return element("footer", element("p", "notify-contracts needs check."))
