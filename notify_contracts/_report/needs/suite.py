"""The needs as JUnit XML: a test case for each thing that a consumer reads of each contract."""

from collections.abc import Iterator

from notify_contracts._comparison.needs import Answer
from notify_contracts._report.junit import FAILURE, Case, suite_text
from notify_contracts._report.needs.sentences import EFFECTS, consumer_name, headline, place, why
from notify_contracts._report.needs.standing import Row, Standing


def junit(standing: Standing) -> str:
    """Return the needs as the text of an XML document."""
    said = (headline(standing), *(f"note: {note}" for note in standing.notes))
    return suite_text("needs check", list(_cases(standing)), (("catalog", standing.called),), said)


def _cases(standing: Standing) -> Iterator[Case]:
    for row in standing.rows:
        for contract in row.contracts:
            yield _case(standing, row, Case(consumer_name(row.consumer), f"{contract} {place(row)}"))
    for held in standing.held:
        if not held.answers:
            yield Case(consumer_name(held.consumer), "reads", "error", "reads nothing of this catalog", "nothing")
    for number, problem in enumerate(standing.problems, 1):
        yield Case("problems", f"problem {number}", "error", problem, "problem")


def _case(standing: Standing, row: Row, case: Case) -> Case:
    if row.answer is Answer.GUARANTEED:
        return case
    if not standing.counts(row):
        return case._replace(result="skipped", reason=f"{row.answer.value}, not asked about: {why(row)}")
    lines = [] if row.effect is None else [f"otherwise {EFFECTS[row.effect]}"]
    lines += [f"said in {row.said_in}"] if row.said_in else []
    return case._replace(
        result=FAILURE, reason=f"{row.answer.value}: {why(row)}", kind=row.answer.value, lines=tuple(lines)
    )
