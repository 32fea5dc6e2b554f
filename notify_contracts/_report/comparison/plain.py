"""The comparison as text for people."""

from collections.abc import Iterator, Sequence

from notify_contracts._comparison import Direction, Finding, Kind
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.comparison.sentences import (
    change,
    contracts,
    direction_line,
    further_lines,
    seen_line,
    shown_by,
    title,
    totals,
    undecided_line,
    version_line,
    words_lines,
)
from notify_contracts._untrusted import printable

_MOST = 60
_MOST_WORDS = 20


def text(compared: Compared) -> str:
    """Return the comparison as lines."""
    return "".join(f"{printable(line)}\n" for line in _lines(compared))


def _lines(compared: Compared) -> Iterator[str]:
    comparison = compared.comparison
    for name, side in (("OLD", comparison.old), ("NEW", comparison.new)):
        yield printable(f"{name}: {side.called}, {side.name} {side.version}")
    for direction in Direction:
        yield ""
        yield direction_line(compared, direction)
        yield from _breaks(compared, direction)
        open_ = [number for number, one in enumerate(comparison.undecided) if one.direction is direction]
        yield from (f"  undecided: {undecided_line(compared, number)}" for number in open_[:_MOST])
        if len(open_) > _MOST:
            yield f"  and {len(open_) - _MOST:,} undecided places more: --format json has them"
    yield ""
    if comparison.reworded:
        yield "changed, and allows the same:"
        yield from (f"  {line}" for line in words_lines(compared, _MOST_WORDS))
    if not (comparison.findings or comparison.undecided or comparison.reworded):
        yield "nothing differs"
    yield from further_lines(compared)
    yield from map(printable, compared.notes)
    yield version_line(compared)
    yield totals(compared)


def _breaks(compared: Compared, direction: Direction) -> Iterator[str]:
    """Yield the breaks of a direction; what is said of several in a row is said behind the last of them."""
    findings = [pair for pair in enumerate(compared.comparison.findings) if pair[1].direction is direction]
    for place, (number, finding) in enumerate(findings[:_MOST]):
        yield from _finding(compared, number, finding)
        following = findings[place + 1][1] if place + 1 < min(len(findings), _MOST) else None
        if following is None or _said(following) != _said(finding):
            yield f"    hurts: {finding.hurts}"
            yield f"    without a break: {finding.remedy}"
    if len(findings) > _MOST:
        yield f"  and {len(findings) - _MOST:,} breaks more: --format json has them"


def _said(finding: Finding) -> Sequence[str]:
    return finding.hurts, finding.remedy


def _finding(compared: Compared, number: int, finding: Finding) -> Iterator[str]:
    known = f"{why_not}: " if (why_not := compared.why_not(number)) else ""
    of = contracts(finding)
    yield f"  {known}{title(finding)}: {change(finding)}" + (f" ({of})" if of else "")
    file = f"; {printable(compared.files[number])}" if number in compared.files else ""
    if file or finding.kind is not Kind.EVENT_TYPE:  # any notification of it shows that
        yield f"    shown by {shown_by(finding)}{file}"
    if seen := seen_line(compared, finding):
        yield f"    {seen}"
