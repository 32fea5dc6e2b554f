"""The needs as annotations of GitHub Actions."""

from collections.abc import Iterator

from notify_contracts._report.github import command, shown
from notify_contracts._report.needs.sentences import EFFECTS, consumer_name, contracts, headline, place, why
from notify_contracts._report.needs.standing import Row, Standing


def github(standing: Standing) -> str:
    """Return lines for standard output: an error for each need that is not guaranteed, and a notice."""
    errors, left_out = shown(_errors(standing), ": --format json")
    notice = command("notice", [headline(standing), *left_out, *standing.notes], title="needs check")
    return "".join(f"{line}\n" for line in (*errors, notice))


def _errors(standing: Standing) -> Iterator[str]:
    for problem in standing.problems:
        yield command("error", [problem], title="problem")
    for held in standing.held:
        if not held.answers:
            yield command("error", ["reads nothing of this catalog"], title=consumer_name(held.consumer))
    for row in standing.counting:
        yield command("error", list(_lines(row)), title=f"{consumer_name(row.consumer)}: {row.answer.value}")


def _lines(row: Row) -> Iterator[str]:
    yield f"{place(row)} of {contracts(row)}: {why(row)}"
    if row.effect is not None:
        yield f"otherwise {EFFECTS[row.effect]}"
    if row.said_in:
        yield f"said in {row.said_in}"
