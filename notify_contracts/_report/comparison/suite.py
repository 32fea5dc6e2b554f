"""The comparison as JUnit XML: a test case for each contract and direction, and one for the version."""

from collections.abc import Iterator

from notify_contracts._comparison import Direction, Finding, State
from notify_contracts._report.comparison.compared import NEEDS, Compared
from notify_contracts._report.comparison.sentences import (
    change,
    further_lines,
    loss_line,
    shown_by,
    title,
    totals,
    undecided_line,
    version_line,
)
from notify_contracts._report.junit import FAILURE, Case, suite_text

_ERROR, _SKIPPED = "error", "skipped"


def junit(compared: Compared) -> str:
    """Return the comparison as the text of an XML document."""
    old, new = compared.comparison.old, compared.comparison.new
    properties = (("old", f"{old.called} {old.version}"), ("new", f"{new.called} {new.version}"))
    said = (*further_lines(compared), *compared.notes, totals(compared))
    return suite_text("catalog diff", list(_cases(compared)), properties, said)


def _cases(compared: Compared) -> Iterator[Case]:
    comparison = compared.comparison
    of_contract: dict[tuple[Direction, str], list[int]] = {}
    for number, finding in enumerate(comparison.findings):
        for contract in finding.contracts or ("",):
            of_contract.setdefault((finding.direction, contract), []).append(number)
    for contract, states in comparison.states.items():
        for direction, state in states.items():
            yield _case(compared, contract, direction, state, of_contract.get((direction, contract), []))
    for direction in Direction:
        if numbers := of_contract.get((direction, "")):
            yield _broken(compared, Case(direction.words, "lifecycles"), numbers)
    for number, one in enumerate(comparison.undecided):
        # Whatever else is known of its contracts: a suite that passes is read as proof.
        case = Case(one.direction.words, f"undecided {number + 1}")
        yield case._replace(result=_ERROR, reason=undecided_line(compared, number), kind="undecided")
    case = Case("version", "version")
    too_low = compared.is_version_too_low
    yield case._replace(result=FAILURE, reason=version_line(compared), kind="version") if too_low else case
    yield from _losses(compared)
    for number, problem in enumerate(compared.problems, 1):
        yield Case("problems", f"problem {number}", _ERROR, problem, "problem")


def _losses(compared: Compared) -> Iterator[Case]:
    """Yield a case for each loss, one that passed where consumers were asked and lose nothing."""
    if compared.losses == ():
        yield Case(NEEDS, "losses")
    for number, loss in enumerate(compared.losses or (), 1):
        case = Case(NEEDS, f"loss {number} of {loss.consumer}", FAILURE, loss_line(loss), NEEDS)
        reason = f"not asked about: {case.reason}"
        yield case if compared.is_grave(loss) else case._replace(result=_SKIPPED, reason=reason, kind="")


def _case(compared: Compared, contract: str, direction: Direction, state: State, numbers: list[int]) -> Case:
    case = Case(direction.words, contract)
    if numbers:
        return _broken(compared, case, numbers)
    if state is State.UNDECIDED:
        return case._replace(result=_ERROR, reason="it is not decided", kind="undecided")
    if state is State.ABSENT:
        return case._replace(result=_SKIPPED, reason="one side has no such contract and sends nothing of the kind")
    return case


def _broken(compared: Compared, case: Case, numbers: list[int]) -> Case:
    findings = compared.comparison.findings
    counting = [findings[number] for number in numbers if compared.counts(number)]
    if not counting:
        return case._replace(result=_SKIPPED, reason="its breaks are accepted, or not asked about")
    lines = tuple(line for finding in counting for line in _lines(finding))
    count = f"{len(counting)} {'break' if len(counting) == 1 else 'breaks'}"
    return case._replace(result=FAILURE, reason=count, kind=counting[0].keyword, lines=lines)


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{title(finding)}: {change(finding)}"
    yield f"shown by {shown_by(finding)}"
    yield f"hurts: {finding.hurts}"
    yield f"without a break: {finding.remedy}"
