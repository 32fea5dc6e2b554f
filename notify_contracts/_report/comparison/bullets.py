"""The comparison as lines for the changelog of a catalog: what a reader of it has to know."""

from collections.abc import Iterator

from notify_contracts._comparison import Direction, Finding, Kind
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.comparison.sentences import contracts
from notify_contracts._report.markdown import code

_HURTS = {Direction.OLD_SENT: "what was right before may fail", Direction.NEW_SENDS: "there is more to meet"}


def lines(compared: Compared) -> str:
    """Return the lines, in Markdown: a heading with the least honest version, and a bullet for each change."""
    return "\n".join(_lines(compared)) + "\n"


def _lines(compared: Compared) -> Iterator[str]:
    comparison = compared.comparison
    yield f"## {comparison.version.least or comparison.new.version}"
    yield ""
    changes: dict[tuple[str, str, str, tuple[str, ...]], list[Finding]] = {}
    for finding in comparison.findings:
        changes.setdefault((finding.kind, finding.place, finding.change, finding.contracts), []).append(finding)
    for same in changes.values():
        yield f"- {_told(same[0])}: {'; '.join(dict.fromkeys(_HURTS[one.direction] for one in same))}."
    for one in comparison.reworded:
        yield f"- {code(one.file)}: {one.what}."
    if not changes and not comparison.reworded:
        yield "- Nothing changed."


def _told(finding: Finding) -> str:
    of = contracts(finding)
    place, was, now = map(code, (finding.place or "(the whole)", finding.was, finding.now))
    if finding.kind is Kind.RENAMED_EVENT_TYPE:
        return f"The event type {was} is {now} now"
    if finding.kind is Kind.EVENT_TYPE:
        return f"The event type {place} {'came' if finding.direction is Direction.NEW_SENDS else 'went'}"
    if finding.kind is Kind.PRIORITY:
        return f"{place} {'came' if finding.direction is Direction.NEW_SENDS else 'went'}, in {code(of)}"
    if finding.kind is Kind.RENAMED:
        return f"{was} is {now} now, in {code(of)}"
    return f"{place}, {was} before, is {now}" + (f", in {code(of)}" if of else "")
