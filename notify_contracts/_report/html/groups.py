"""The violations: by contract, then by place and keyword."""

from collections.abc import Iterator

from notify_contracts._checking import Group, GroupKey
from notify_contracts._report.html.cells import anchors_of
from notify_contracts._report.html.example import pair
from notify_contracts._report.html.excerpt import LARGEST
from notify_contracts._report.html.faults import Examiner
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.shared_lines import counted, ranked
from notify_contracts._untrusted import shortened
from notify_contracts._untrusted.markup import Content, Markup, element
from notify_contracts.catalog import Contract

MOST_EXAMPLES = 200
"""The number of groups, the largest, that are shown with an example."""

_LONGEST_MESSAGE = 500

_Groups = list[tuple[GroupKey, Group]]


def groups(outcome: Outcome) -> Iterator[Markup]:
    """Yield the groups under their contracts, those with the most violations first."""
    catalog = outcome.catalog
    ordered = ranked(outcome.summary)
    if not ordered:
        yield element("p", "There are none.")
        return
    yield element("p", *_remarks(outcome, len(ordered)), class_="faint")
    yield element("p", "No violations match the filters.", id="nothing", hidden="")
    contracts = {contract.id: contract for contract in catalog.contracts}
    anchors = anchors_of(catalog)
    with_example = {key for key, _ in ordered[:MOST_EXAMPLES]}
    examiner = Examiner(catalog)
    by_contract: dict[str, _Groups] = {}
    for key, group in ordered:
        by_contract.setdefault(key.contract, []).append((key, group))
    names = sorted(by_contract, key=lambda name: (name not in contracts, -_count(by_contract[name])))
    first = by_contract[names[0]][0][0]
    for name in names:
        found, anchor = by_contract[name], anchors.get(name, "without-contract")
        head = _head(outcome, contracts.get(name), found, f"{anchor}-title")
        rows = (
            _group(key, group, examiner if key in with_example else None, opened=key == first) for key, group in found
        )
        yield element(
            "section",
            *head,
            *rows,
            class_="contract",
            id=anchor,
            data_contract=name,
            aria_labelledby=f"{anchor}-title",
        )


def _count(found: _Groups) -> int:
    return sum(group.count for _, group in found)


def _remarks(outcome: Outcome, found: int) -> Iterator[str]:
    summary = outcome.summary
    yield f"{counted(summary.violations, 'violation')} in {counted(found, 'group')}, each with its first notification,"
    yield f" of which at most {LARGEST // 1024} KiB are shown."
    if found > MOST_EXAMPLES:
        yield f" Only the {MOST_EXAMPLES} largest groups have their notification here."
    if summary.other_violations:
        yield f" {counted(summary.other_violations, 'more violation')} in groups left out: --format jsonl has them."


def _head(outcome: Outcome, contract: Contract | None, found: _Groups, name: str) -> Iterator[Markup]:
    count = counted(_count(found), "violation")
    if contract is None:
        yield element("h3", "Without a contract", id=name)
        description = "What no contract of the catalog speaks of, and what could not be read."
    else:
        priority = element("span", contract.priority, class_=f"priority {contract.priority}")
        yield element("h3", element("code", contract.event_type), " ", priority, id=name)
        failed, passed = (counts.get(contract.id, 0) for counts in (outcome.summary.failed, outcome.summary.passed))
        count = f"{failed:,} of {counted(failed + passed, 'notification')} failed, {count}"
        description = contract.description
    yield element("p", count, class_="count")
    if description:
        yield element("p", description, class_="description")


def _group(key: GroupKey, group: Group, examiner: Examiner | None, *, opened: bool) -> Markup:
    head = element(
        "summary",
        element("span", f"{group.count:,} \N{MULTIPLICATION SIGN}", class_="times"),
        element("code", key.pointer or "(the whole)", class_="pointer"),
        element("span", key.keyword, class_="keyword"),
        element("span", shortened(group.example.message, _LONGEST_MESSAGE), class_="message"),
    )
    body: Content = element("p", "Its notification is left out here: the group is one of the smaller ones.")
    if examiner is not None:
        body = pair(key, group, examiner)
    state = {"open": ""} if opened else {}
    return element("details", head, body, class_="group", **state)
