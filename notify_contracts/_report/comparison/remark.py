"""The comparison as Markdown, for a comment on a pull request or the summary of a job.

Whatever a catalog says stands in code spans, which hold no markup, link, mention or HTML.
"""

from collections.abc import Iterator

from notify_contracts._comparison import Direction, State
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.comparison.evidence import witness_content
from notify_contracts._report.comparison.sentences import (
    change,
    contracts,
    direction_line,
    further_lines,
    headline,
    seen_line,
    shown_by,
    title,
    totals,
    undecided_line,
    version_line,
    words_lines,
)
from notify_contracts._report.markdown import SIGNS, Section, code, folded, table, within_limit
from notify_contracts._untrusted import dump

_MOST_WORDS = 200
_STATES = {State.PROVED: "✅", State.BREAKING: "❌", State.UNDECIDED: "❔", State.ABSENT: ""}


def markdown(compared: Compared) -> str:
    """Return the comparison as Markdown of at most `markdown.LIMIT` characters; it says how much was left out."""
    return within_limit("\n\n".join(_head(compared)) + "\n", _sections(compared))


def _head(compared: Compared) -> Iterator[str]:
    old, new = compared.comparison.old, compared.comparison.new
    sides = (code(f"{side.called} {side.version}") for side in (old, new))
    yield f"{SIGNS[compared.status]} **{headline(compared)}**: {' → '.join(sides)}"
    yield code(version_line(compared))
    yield totals(compared)


def _sections(compared: Compared) -> Iterator[Section]:
    comparison = compared.comparison
    for direction in Direction:
        yield _breaks(compared, direction)
    yield table(
        ("Undecided", "In"),
        (
            (code(undecided_line(compared, number)), one.direction.words)
            for number, one in enumerate(comparison.undecided)
        ),
    )
    yield folded("Witnesses", _witnesses(compared))
    yield table(
        ("Contract", *(direction.words for direction in Direction)),
        (
            (code(contract), *(f"{_STATES[state]} {state.value}" for state in states.values()))
            for contract, states in comparison.states.items()
        ),
    )
    yield folded("Changed, and allows the same", map(code, words_lines(compared, _MOST_WORDS)))
    yield folded("Notes", map(code, (*compared.problems, *further_lines(compared), *compared.notes)))


def _breaks(compared: Compared, direction: Direction) -> Section:
    rows = table(
        ("Place", "Was → is", "Contracts", "Shown by", "Hurts; without a break"),
        (
            (
                code(title(finding)) + ("" if compared.counts(number) else " (accepted, or not asked about)"),
                code(change(finding)),
                code(contracts(finding)),
                code("; ".join(filter(None, (shown_by(finding), seen_line(compared, finding))))),
                f"{finding.hurts}; {finding.remedy}",
            )
            for number, finding in enumerate(compared.comparison.findings)
            if finding.direction is direction
        ),
    )
    return Section((f"**{direction_line(compared, direction)}**", "", *rows.before), rows.rows)


def _witnesses(compared: Compared) -> Iterator[str]:
    for finding in compared.comparison.findings:
        content = witness_content(finding, compared.secrets)
        if content is not None:
            yield f"{code(title(finding))}: {code(dump(dict(content)).decode())}"
