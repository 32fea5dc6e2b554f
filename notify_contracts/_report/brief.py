"""The report on one screen: what was checked, a line for each set of contracts that are broken alike, the totals."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notify_contracts._checking import Summary
from notify_contracts._report.facts import Fact, facts, listed
from notify_contracts._report.matrix import named
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.shared_lines import closing, failing, named_or_empty, pairs_without_contract, well
from notify_contracts._report.styles import BOLD, DIM, RED, styled
from notify_contracts._untrusted import printable, shortened
from notify_contracts.model import UNKNOWN_EVENT

_MOST_LINES = 15
_MOST_NAMES = 3
_LONGEST = 300
_PAYLOAD = "/payload/"
_IN_WORDS = {"required": "lacks", "additionalProperties": "has unexpected"}
"""Keywords whose message says no more than the place does."""


def brief(outcome: Outcome, *, colour: bool = False) -> str:
    """Return the report in about a screen, in colour for a terminal that shows it."""
    lines = [styled(f"{printable(named(outcome.catalog))}: {listed(outcome.sources)}", BOLD, colour=colour)]
    told = sorted(_lines(facts(outcome.news), outcome), key=lambda line: (line.last, -line.violations, line.what))
    for _, count, what, place in told[:_MOST_LINES]:
        counted = styled(f"{count} x", RED, colour=colour)
        lines.append(f"{counted} {shortened(what, _LONGEST)} {styled(f'({place})', DIM, colour=colour)}")
    left_out = sum(count for _, count, *_ in told[_MOST_LINES:]) + outcome.summary.other_violations
    if left_out:
        lines.append(f"and {left_out} violations more")
    lines += map(printable, outcome.notes)
    lines += [styled(f"problem: {printable(problem)}", RED, colour=colour) for problem in outcome.problems]
    style = BOLD + (RED if failing(outcome.summary) or outcome.problems else well(outcome))
    lines += [styled(line, style, colour=colour) for line in closing(outcome)]
    return "\n".join(lines) + "\n"


class _Line(NamedTuple):
    """Facts of the same contracts: whether they are told last, how many violations they are, what they say, where."""

    last: bool
    violations: int
    what: str
    place: str


def _lines(found: Sequence[Fact], outcome: Outcome) -> Iterator[_Line]:
    alike: dict[tuple[str, ...], list[Fact]] = {}
    for number, fact in enumerate(found):
        alike.setdefault(fact.contracts or (str(number),), []).append(fact)
    for several in alike.values():
        count = sum(fact.group.count for fact in several)
        first = min(fact.group.example.location for fact in several)
        unknown = several[0].key.keyword == UNKNOWN_EVENT
        what = _without_contract(outcome.summary) if unknown else "; ".join(_in_words(several))
        where = f"{listed(several[0].contracts)}: " if several[0].contracts else ""
        yield _Line(unknown, count, where + what, printable(f"{'first' if count > 1 else 'at'}: {first}"))


def _without_contract(summary: Summary) -> str:
    names = [name for name, _ in pairs_without_contract(summary)]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"without a contract: {'; '.join(names[:_MOST_NAMES])}{more}"


def _in_words(several: Sequence[Fact]) -> Iterator[str]:
    """Yield what facts of the same contracts say, the places first; those that say the same are one."""
    places: dict[str, list[str]] = {}
    for fact in several:
        said = _IN_WORDS.get(fact.key.keyword, fact.group.example.message)
        places.setdefault(said, []).append(_place(fact.key.pointer))
    for said, pointers in places.items():
        shown = listed(pointers)
        yield f"{said} {shown}" if said in _IN_WORDS.values() else f"{shown}: {printable(said)}".removeprefix(": ")


def _place(pointer: str) -> str:
    """Return a place in the payload without that; the name of a property may be empty."""
    return named_or_empty(pointer.removeprefix(_PAYLOAD)) if pointer else ""
