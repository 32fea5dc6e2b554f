"""The report as Markdown, for a comment on a pull request or the summary of a job: GitHub's and GitLab's dialect.

Whatever a notification or a catalog says stands in code spans, which hold no markup, link, mention or HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from notify_contracts._checking import Status
from notify_contracts._report.facts import facts
from notify_contracts._report.matrix import cell_of, matrix_rows, named
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.shared_lines import (
    ONLY_A_PART,
    counted,
    failing,
    found_at,
    hints,
    pairs_without_contract,
    remarks,
    shares,
    totals,
)
from notify_contracts._untrusted import printable, shortened

LIMIT = 65_536
"""The number of characters that a comment may have on GitHub."""

SIGNS = ("✅", "❌", "⚠️")
"""What stands before the result, by the exit status."""

_LONGEST = 300
_ROOM_FOR_REST = 100


class Section(NamedTuple):
    """A section of the report: lines before, rows of which there may be too many, lines after."""

    before: tuple[str, ...]
    rows: Sequence[str]
    after: tuple[str, ...] = ()


def markdown(outcome: Outcome) -> str:
    """Return the outcome as Markdown of at most `LIMIT` characters; it says how much was left out."""
    return within_limit("\n\n".join(_verdict(outcome)) + "\n", _sections(outcome))


def within_limit(text: str, sections: Iterable[Section]) -> str:
    """Return a text with sections behind it, in which as many rows are as `LIMIT` has room for; empty ones are none."""
    shown = [section for section in sections if section.rows]
    for number, section in enumerate(shown):
        text += _fitted(section, (LIMIT - len(text)) // (len(shown) - number))
    return text


def _fitted(section: Section, room: int) -> str:
    """Return a section in at most `room` characters, with as many rows as there is room for."""
    before, rows, after = section
    length = sum(len(line) + 1 for line in (*before, *after)) + _ROOM_FOR_REST
    shown: list[str] = []
    for row in rows:
        length += len(row) + 1
        if length > room:
            break
        shown.append(row)
    rest = (
        [] if len(shown) == len(rows) else ["", f"… and {len(rows) - len(shown)} more, for which there is no room here"]
    )
    return "\n".join(("", *before, *shown, *rest, *after, ""))


def _verdict(outcome: Outcome) -> Iterator[str]:
    count, broken = outcome.summary.notifications, failing(outcome.summary)
    if broken:
        said = f"❌ **{broken} of {count} notifications** do not keep the contracts of"
    elif outcome.problems:
        said = f"⚠️ **{counted(len(outcome.problems), 'problem')}**; all {count} notifications keep the contracts of"
    else:
        said = f"✅ **All {count} notifications** keep the contracts of" if count else "⚠️ **No notification** seen of"
    if outcome.why_duplicates_fail and not broken:
        said = f"❌ **{outcome.duplicates} of {count} notifications** were seen before; they keep the contracts of"
    if outcome.is_well and outcome.summary.is_part:
        said = f"◐ **{count} notifications**, {ONLY_A_PART}, keep the contracts of"
    yield f"{said} {code(named(outcome.catalog))}"
    yield from shares(outcome)
    yield totals(outcome)
    yield from map(code, hints(outcome))


def _sections(outcome: Outcome) -> Iterator[Section]:
    catalog, summary = outcome.catalog, outcome.summary
    found = facts(summary)
    yield Section(("**Problems**", ""), [f"- {code(problem)}" for problem in outcome.problems])
    matrix = ((code(event), *(_cell(outcome, id_) for id_ in contracts)) for event, contracts in matrix_rows(catalog))
    yield table((code(named(catalog)), *map(_title, catalog.priorities)), matrix)
    yield table(
        ("Without a contract", "Seen"), ((code(name), str(count)) for name, count in pairs_without_contract(summary))
    )
    yield table(
        ("Violations", "Where", "Expected and found"),
        ((str(fact.group.count), code(fact.broken_at), code(fact.group.example.message)) for fact in found),
    )
    yield folded("Where they were found", (f"{code(fact.broken_at)} {code(found_at(fact.group))}" for fact in found))
    for title, entries in remarks(outcome).items():
        yield folded(title.capitalize(), map(code, entries))
    yield folded("Notes", map(code, outcome.notes))


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Section:
    return Section((_row(titles), _row(["---"] * len(titles))), [_row(row) for row in rows])


def _row(cells: Sequence[str]) -> str:
    # A bar ends a cell even within a code span, unless it is escaped.
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def folded(title: str, entries: Iterable[str]) -> Section:
    rows = [f"- {entry}" for entry in entries]
    return Section((f"<details><summary>{title} ({len(rows)})</summary>", ""), rows, ("", "</details>"))


def _cell(outcome: Outcome, contract: str | None) -> str:
    if contract is None:
        return ""
    sign = {Status.FAILED: "❌ ", Status.PASSED: "✅ "}.get(outcome.status(contract), "")
    return f"{sign}{cell_of(outcome, contract).text}"


def _title(priority: str) -> str:
    return priority if priority.isidentifier() else code(priority)


def code(text: str) -> str:
    """Return untrusted text as a code span: its fence is longer than any run of backticks in it."""
    shown = shortened(printable(text), _LONGEST) or " "
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    # A parser takes away a space at each end, unless there are only spaces.
    padding = " " if shown.strip() and {shown[0], shown[-1]} & {"`", " "} else ""
    return f"{fence}{padding}{shown}{padding}{fence}"
