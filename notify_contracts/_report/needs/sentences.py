"""What a report of needs says in words; each is one line, fit for a terminal."""

from collections.abc import Iterable, Iterator

from notify_contracts._comparison.needs import Answer, Consumer, Effect
from notify_contracts._report.needs.standing import Row, Standing
from notify_contracts._untrusted import printable

_MOST_CONTRACTS = 4
EFFECTS = {
    Effect.FAILS: "the notification is lost",
    Effect.LOST: "it is missing, and nobody is told",
    Effect.DEFAULTED: "something else is taken",
}
"""What becomes of a notification, in words."""


def headline(standing: Standing) -> str:
    """Return the outcome in a line."""
    if not standing.is_anything_held:
        return f"nothing was held against {standing.called}: no consumer reads what it has contracts for"
    count = len(standing.counting)
    if count:
        return f"{count} {'need is' if count == 1 else 'needs are'} not guaranteed by {standing.called}"
    if standing.status:
        return f"not everything could be held against {standing.called}"
    return f"{standing.called} gives every consumer what it cannot do without"


def consumer_name(consumer: Consumer) -> str:
    """Return ``ceilometer 27.0.0``."""
    return printable(str(consumer))


def place(row: Row) -> str:
    """Return what is read, and what for."""
    return printable(row.read.told(row.purpose))


def contracts(row: Row) -> str:
    """Return the contracts of a row, the first ones by name."""
    shown, more = row.contracts[:_MOST_CONTRACTS], len(row.contracts) - _MOST_CONTRACTS
    return printable(", ".join(shown)) + (f" and {more} more" if more > 0 else "")


def why(row: Row) -> str:
    """Return why it is not guaranteed, what becomes of it, and how many recorded notifications have it."""
    return printable("; ".join(_why(row)))


def _why(row: Row) -> Iterator[str]:
    if row.reason:
        yield row.reason
    if row.by_path:
        yield ", ".join(f"{path} {answer.value}" for path, answer in row.by_path)
    if row.share is not None:
        yield f"{row.share.having:,} of {row.share.seen:,} recorded have it" if row.share.seen else "none was recorded"


def guaranteed_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield what of the rows of a consumer is guaranteed: a line for all that the same contracts guarantee."""
    alike: dict[tuple[str, ...], tuple[Row, list[str]]] = {}
    for row in rows:
        if row.answer is Answer.GUARANTEED:
            alike.setdefault(row.contracts, (row, []))[1].append(str(row.read))
    for row, places in alike.values():
        yield f"{printable(', '.join(dict.fromkeys(places)))} of {contracts(row)}"
