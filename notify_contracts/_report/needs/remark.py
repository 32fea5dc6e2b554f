"""The needs as Markdown, for a comment on a pull request or the summary of a job.

Whatever a catalog or a consumer says stands in code spans, which hold no markup, link, mention or HTML.
"""

from collections.abc import Iterator

from notify_contracts._comparison.needs import Answer
from notify_contracts._report.markdown import SIGNS, Section, code, folded, table, within_limit
from notify_contracts._report.needs.sentences import consumer_name, contracts, guaranteed_lines, headline, place, why
from notify_contracts._report.needs.standing import Row, Standing
from notify_contracts._untrusted import dump

_TITLES = ("Answer", "Otherwise", "Read", "Of", "Why", "Said in")


def markdown(standing: Standing) -> str:
    """Return the needs as Markdown of at most `markdown.LIMIT` characters; it says how much was left out."""
    head = f"{SIGNS[standing.status]} **{len(standing.counting)} not guaranteed**: {code(headline(standing))}\n"
    return within_limit(head, _sections(standing))


def _sections(standing: Standing) -> Iterator[Section]:
    for held, rows in standing.by_consumer:
        lacking = table(_TITLES, (_cells(standing, row) for row in rows if row.answer is not Answer.GUARANTEED))
        yield Section((f"**{code(consumer_name(held.consumer))}**", "", *lacking.before), lacking.rows)
        yield folded("Guaranteed", map(code, guaranteed_lines(rows)))
    yield folded("Witnesses", _witnesses(standing))
    yield folded("Notes", map(code, (*standing.problems, *standing.notes)))


def _cells(standing: Standing, row: Row) -> tuple[str, ...]:
    effect = ("❌ " if standing.counts(row) else "") + ("" if row.effect is None else row.effect.value)
    return row.answer.value, effect, *map(code, (place(row), contracts(row), why(row), row.said_in))


def _witnesses(standing: Standing) -> Iterator[str]:
    for row in standing.counting:
        if row.witness is not None and row.witness.notification is not None:
            yield f"{code(place(row))}: {code(dump(dict(row.witness.notification)).decode())}"
