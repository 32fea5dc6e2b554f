"""The needs as one HTML file: a table consumer by event by place; whole without a network, and running nothing."""

from collections.abc import Iterator, Sequence

from notify_contracts._comparison.needs import Answer
from notify_contracts._report.html.parts import footer, heading, notice, section, sign, table, totals, wide
from notify_contracts._report.html.theme import theme
from notify_contracts._report.needs.sentences import EFFECTS, consumer_name, headline, why
from notify_contracts._report.needs.standing import Row, Standing
from notify_contracts._untrusted import printable_json
from notify_contracts._untrusted.markup import Content, Markup, asset, dotted, element, page

_MOST_ROWS = 3000
_MOST_EVENTS = 4
_ANSWERS = {
    Answer.GUARANTEED: ("✓", "passed"),
    Answer.POSSIBLE: ("?", "asserted"),
    Answer.IMPOSSIBLE: ("✕", "failed"),
    Answer.CANNOT_TELL: ("·", "never"),
}
_TITLES = ("Read", "Of", "Answer", "Why")


def html(standing: Standing) -> str:
    """Return the needs as one HTML document."""
    style = asset("notify_contracts._report.html", "report.css") + asset("notify_contracts._report.needs", "needs.css")
    parts = (
        element("header", theme(), *_head(standing)),
        element("main", *_main(standing)),
        footer("notify-contracts needs check."),
    )
    return page(f"{headline(standing)} · needs", style, *parts)


def _head(standing: Standing) -> Iterator[Content]:
    yield element("p", element("code", standing.called), class_="catalog")
    yield heading("unwell" if standing.status else "well", headline(standing))
    yield totals(
        (answer.value, sum(len(row.contracts) for row in standing.rows if row.answer is answer)) for answer in Answer
    )
    yield from (notice("problem", "Problem", problem) for problem in standing.problems)
    yield from (notice("note", "Note", note) for note in standing.notes)


def _main(standing: Standing) -> Iterator[Content]:
    for number, (held, rows) in enumerate(standing.by_consumer):
        whole = table(_TITLES, (_row(standing, row) for row in rows[:_MOST_ROWS]), class_="needs")
        more = len(rows) - _MOST_ROWS
        rest = [element("p", f"and {more:,} more: --format json has them", class_="faint")] if more > 0 else []
        if held.answers and held.unread:
            rest.append(element("p", "Not read: ", *_events([one.id for one in held.unread]), class_="faint"))
        title = f"consumer-{number}"
        region = wide(whole, aria_labelledby=f"{title}-title")
        yield section(title, consumer_name(held.consumer), [region, *rest])


def _row(standing: Standing, row: Row) -> Markup:
    shown, class_ = _ANSWERS[row.answer]
    answer = element("div", sign(shown), row.answer.value)
    effect = "" if row.effect is None else f"{row.effect.value}: {EFFECTS[row.effect]}"
    said = filter(None, (row.purpose if row.read.paths else "", row.said_in))
    return element(
        "tr",
        element("th", element("code", str(row.read)), *(element("small", one) for one in said), scope="row"),
        element("td", *_events(row.contracts), class_="events"),
        element("td", answer, element("small", effect), class_=f"answer {class_}"),
        element("td", why(row), *_witness(row)),
        class_="counts" if standing.counts(row) else "well",
    )


def _events(contracts: Sequence[str]) -> Iterator[Content]:
    """Yield the contracts, those after the first few folded."""
    shown = [element("code", dotted(one)) for one in contracts]
    more = len(shown) - _MOST_EVENTS
    yield from (each for one in shown[:_MOST_EVENTS] for each in (one, " "))
    if more > 0:
        yield element("details", element("summary", f"and {more} more"), *shown[_MOST_EVENTS:])


def _witness(row: Row) -> Iterator[Markup]:
    if row.witness is not None and row.witness.notification is not None:
        shown = element("pre", element("code", printable_json(dict(row.witness.notification))))
        yield element("details", element("summary", "a notification that lacks it"), shown)
