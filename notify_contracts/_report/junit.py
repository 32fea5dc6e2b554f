"""The report as JUnit XML, for CI systems: a test case for each contract, and for whatever has none.

Source of the shape: the schema of Jenkins' xUnit plugin, ``junit-10.xsd``.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notify_contracts._checking import Group, GroupKey, Status
from notify_contracts._report.matrix import cell_of, named
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.plain import group_lines
from notify_contracts._report.shared_lines import broken_at, closing, pairs_without_contract, ranked, remarks
from notify_contracts._untrusted import printable
from notify_contracts.model import UNDELIVERED, UNREADABLE

FAILURE, _ERROR, _SKIPPED = "failure", "error", "skipped"
_Groups = list[tuple[GroupKey, Group]]


class Case(NamedTuple):
    """A test case: its result (empty if it passed), the reason, and further lines about it."""

    group: str
    name: str
    result: str = ""
    reason: str = ""
    kind: str = ""
    lines: tuple[str, ...] = ()


def junit(outcome: Outcome) -> str:
    """Return the outcome as the text of an XML document."""
    cases = cases_of(outcome)
    properties = [("engine", outcome.catalog.engine), *(("source", source) for source in outcome.sources)]
    return suite_text(named(outcome.catalog), cases, properties, _said(outcome))


def cases_of(outcome: Outcome) -> list[Case]:
    """Return a test case for each contract, and for whatever has none."""
    return [*_contracts(outcome), *_without_contract(outcome), *_problems(outcome)]


def suite_text(
    name: str, cases: Sequence[Case], properties: Iterable[tuple[str, str]] = (), said: Iterable[str] = ()
) -> str:
    """Return the text of an XML document with one suite of test cases."""
    counts = {"tests": str(len(cases))}
    for what, result in (("failures", FAILURE), ("errors", _ERROR), ("skipped", _SKIPPED)):
        counts[what] = str(sum(case.result == result for case in cases))
    suite = _element("testsuite", name=name, **counts)
    stated = SubElement(suite, "properties")
    stated.extend(_element("property", name=key, value=value) for key, value in properties)
    suite.extend(map(_written, cases))
    suite.append(_with_lines(_element("system-out"), said))
    del counts["skipped"]  # which the schema has for a suite alone
    suites = _element("testsuites", name="notify-contracts", **counts)
    suites.append(suite)
    indent(suites)
    # Everything in it is printable, and so allowed in XML 1.0, which has no way to write most control characters.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _contracts(outcome: Outcome) -> Iterator[Case]:
    summary = outcome.summary
    broken: dict[str, _Groups] = {}
    for key, group in ranked(summary):
        broken.setdefault(key.contract, []).append((key, group))
    for contract in outcome.catalog.contracts:
        passed, failed = summary.passed.get(contract.id, 0), summary.failed.get(contract.id, 0)
        case = Case(f"{outcome.catalog.name}.{contract.event_type}", contract.id)
        if failed:
            reason = f"{failed} of {passed + failed} notifications break it"
            yield _failed(case, reason, broken.get(contract.id, []), outcome.known)
        elif passed:
            yield case._replace(lines=(cell_of(outcome, contract.id).text,))
        else:
            asserted = outcome.status(contract.id) is Status.ASSERTED
            yield case._replace(result=_SKIPPED, reason=f"never seen{', only asserted' if asserted else ''}")


def _without_contract(outcome: Outcome) -> Iterator[Case]:
    summary = outcome.summary
    without = [(key, group) for key, group in ranked(summary) if not key.contract]
    unreadable = [(key, group) for key, group in without if key.keyword == UNREADABLE]
    undelivered = [(key, group) for key, group in without if key.keyword == UNDELIVERED]
    others = [(key, group) for key, group in without if key.keyword not in (UNREADABLE, UNDELIVERED)]
    group = f"{outcome.catalog.name}.other"
    seen = list(pairs_without_contract(summary))
    if seen:
        count = sum(number for _, number in seen)
        case = Case(group, "without a contract", lines=tuple(f"{number} x {name}" for name, number in seen))
        yield _failed(case, f"{count} notifications have no contract", others, outcome.known) if others else case
    if unreadable:
        count = sum(group.count for _, group in unreadable)
        case = Case(group, "unreadable")
        yield _failed(case, f"{count} notifications cannot be read", unreadable, outcome.known)
    if undelivered:
        case = Case(group, "lost")
        yield _failed(case, f"{summary.undelivered} notifications were lost", undelivered, outcome.known)
    if summary.other_violations:
        reason = f"{summary.other_violations} violations in other groups: the report in JSON lines has them"
        yield Case(group, "other violations", FAILURE, reason)


def _problems(outcome: Outcome) -> Iterator[Case]:
    for number, problem in enumerate(outcome.problems, 1):
        yield Case(f"{outcome.catalog.name}.problems", f"problem {number}", _ERROR, problem, "problem")
    if reason := outcome.why_duplicates_fail:
        yield Case(f"{outcome.catalog.name}.problems", "duplicates", FAILURE, reason, "duplicates")


def _failed(case: Case, reason: str, groups: _Groups, known: frozenset[GroupKey]) -> Case:
    """Return a case that failed by what of these groups is not known; where all of it is, it was skipped."""
    new = [(key, group) for key, group in groups if key not in known]
    if groups and not new:
        lines = (f"known: {group.count} x {broken_at(key)}" for key, group in groups)
        return case._replace(result=_SKIPPED, reason=f"{reason}, as is known", lines=(*lines, *case.lines))
    lines = (line for key, group in new for line in group_lines(broken_at(key), group, colour=False))
    kind = new[0][0].keyword if new else ""
    return case._replace(result=FAILURE, reason=reason, kind=kind, lines=(*lines, *case.lines))


def _said(outcome: Outcome) -> Iterator[str]:
    yield from outcome.notes
    for title, entries in remarks(outcome).items():
        yield f"{title}:"
        yield from (f"  {entry}" for entry in entries)
    yield from closing(outcome)


def _written(case: Case) -> Element:
    written = _element("testcase", classname=case.group, name=case.name)
    if case.result:
        result = _element(case.result, message=case.reason, **({"type": case.kind} if case.kind else {}))
        written.append(_with_lines(result, case.lines))
    elif case.lines:
        written.append(_with_lines(_element("system-out"), case.lines))
    return written


def _element(tag: str, **attributes: str) -> Element:
    return Element(tag, {name: printable(value) for name, value in attributes.items()})


def _with_lines(element: Element, lines: Iterable[str]) -> Element:
    element.text = "\n".join(map(printable, lines)) or None
    return element
