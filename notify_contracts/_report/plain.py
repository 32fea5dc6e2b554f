"""The report for people: a matrix of contracts, the violations grouped, one line of totals."""

from collections.abc import Iterator

from notify_contracts._checking import Group, Summary
from notify_contracts._report.facts import facts
from notify_contracts._report.matrix import cell_of, matrix_lines
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.shared_lines import failing, found_at, hints, pairs_without_contract, totals, well
from notify_contracts._report.styles import BOLD, DIM, RED, styled
from notify_contracts._untrusted import printable, shortened

_MOST_FACTS = 50


def text(outcome: Outcome, *, colour: bool = False) -> str:
    """Return the whole report, in colour for a terminal that shows it."""
    lines = [*_beginning(outcome, colour=colour), "", *_violations(outcome.news, colour=colour)]
    lines += map(printable, outcome.notes)
    lines += [styled(f"problem: {printable(problem)}", RED, colour=colour) for problem in outcome.problems]
    lines.append(styled(totals(outcome), BOLD + (RED if failing(outcome.summary) else well(outcome)), colour=colour))
    lines += [styled(f"hint: {hint}", BOLD, colour=colour) for hint in hints(outcome)]
    return "\n".join(lines) + "\n"


def group_lines(broken_at: str, group: Group, *, colour: bool) -> Iterator[str]:
    """Yield the lines of a group: its count and rule, its message, its location."""
    yield f"{styled(f'{group.count} x', RED, colour=colour)} {styled(broken_at, BOLD, colour=colour)}"
    yield f"    {printable(group.example.message)}"
    yield styled(f"    {found_at(group)}", DIM, colour=colour)


def _beginning(outcome: Outcome, *, colour: bool) -> Iterator[str]:
    if outcome.coverage is None:
        return _matrix(outcome, colour=colour)
    from notify_contracts._report.coverage import coverage_lines

    return coverage_lines(outcome, outcome.coverage, colour=colour)


def _matrix(outcome: Outcome, *, colour: bool) -> Iterator[str]:
    catalog = outcome.catalog
    yield from matrix_lines(catalog, lambda contract: cell_of(outcome, contract), colour=colour)
    others = list(pairs_without_contract(outcome.summary))
    if others:
        yield styled("without a contract", BOLD, colour=colour)
    yield from (f"{count} x {shortened(name)}" for name, count in others)
    yield styled("-: never seen; blank: no contract", DIM, colour=colour)


def _violations(summary: Summary, *, colour: bool) -> Iterator[str]:
    found = facts(summary)
    for fact in found[:_MOST_FACTS]:
        yield from group_lines(fact.broken_at, fact.group, colour=colour)
    left_out = sum(fact.group.count for fact in found[_MOST_FACTS:]) + summary.other_violations
    if left_out:
        yield f"and {left_out} violations in other groups: --format json or jsonl has them"
    if found:
        yield ""
