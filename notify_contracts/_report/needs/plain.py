"""The needs for a terminal."""

from collections.abc import Iterator

from notify_contracts._comparison.needs import Answer
from notify_contracts._report.needs.sentences import consumer_name, contracts, guaranteed_lines, headline, place, why
from notify_contracts._report.needs.standing import Row, Standing
from notify_contracts._untrusted import printable

_WIDTH = len("cannot tell")
_EFFECT = len("defaulted")


def text(standing: Standing) -> str:
    """Return the needs as lines of text."""
    return "".join(f"{printable(line)}\n" for line in _lines(standing))


def _lines(standing: Standing) -> Iterator[str]:
    for held, rows in standing.by_consumer:
        yield f"needs of {consumer_name(held.consumer)}"
        for row in rows:
            if row.answer is not Answer.GUARANTEED:
                yield from _row_lines(standing, row)
        for said in guaranteed_lines(rows):
            yield f"  {'guaranteed':{_WIDTH}}  {'':{_EFFECT}}  {said}"
        if held.answers and held.unread:
            unread = ", ".join(contract.id for contract in held.unread)
            yield f"  {'not read':{_WIDTH}}  {'':{_EFFECT}}  {printable(unread)}"
    yield from (f"note: {printable(note)}" for note in standing.notes)
    yield from (f"problem: {printable(problem)}" for problem in standing.problems)
    yield headline(standing)


def _row_lines(standing: Standing, row: Row) -> Iterator[str]:
    effect = "" if row.effect is None else row.effect.value
    sign = "!" if standing.counts(row) else " "
    yield f"{sign} {row.answer.value:{_WIDTH}}  {effect:{_EFFECT}}  {place(row)} of {contracts(row)}: {why(row)}"
    if standing.counts(row) and row.said_in:
        yield f"  {'':{_WIDTH}}  {'':{_EFFECT}}  said in {printable(row.said_in)}"
