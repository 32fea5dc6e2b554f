"""The baseline of a comparison: breaks that somebody looked at and takes upon himself, until a day."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._comparison import Direction, Finding, digest
from notify_contracts._report.known import Known, is_known, known_entries, read_known, require_same, state_lines
from notify_contracts.catalog import ENVELOPE, MANIFEST

_REMEDY = "--write-baseline FILE of catalog diff writes one"
_OF_ALL = frozenset((ENVELOPE, MANIFEST))
_OPTIONAL = ("contract", "rules")


class Break(NamedTuple):
    """What an entry is of: one change at one place of one contract, in one direction; no contract is the catalog.

    Where there are `rules`, they tell it from all others, and `change` is for people; an entry that has none is of all
    that read the same.
    """

    direction: str
    contract: str
    place: str
    keyword: str
    change: str
    rules: str = ""


@dataclass(frozen=True)
class Accepted:
    """The breaks of a catalog that are taken."""

    catalog: str
    taken: Mapping[Break, Known] = field(default_factory=dict)

    def require_about(self, catalog: str) -> None:
        """Raise UsageError if it is about another catalog."""
        require_same(self.catalog, catalog, _REMEDY)

    @cached_property
    def _by_rules(self) -> Mapping[Break, Break]:
        return {one._replace(change=""): one for one in self.taken if one.rules}

    def entry(self, one: Break) -> Break:
        """Return the break as the baseline has it, itself where it has it not."""
        read_alike = one._replace(rules="")
        known = self._by_rules.get(one._replace(change=""))
        return known or (read_alike if read_alike in self.taken else one)

    def covers(self, finding: Finding, today: date) -> bool:
        """Return whether a finding is taken in all contracts that it touches, and not expired."""
        return all(is_known(self.taken, self.entry(one), today) for one in breaks_of(finding))

    def notes(self, findings: Iterable[Finding], today: date) -> Iterator[str]:
        """Yield how many breaks are new, taken, expired and unused, and a line for each that is expired or unused."""
        there = [self.entry(one) for finding in findings for one in breaks_of(finding)]
        taken = [one for one in there if is_known(self.taken, one, today)]
        expired = [one for one in there if one in self.taken and not is_known(self.taken, one, today)]
        used = frozenset(there)
        unused = [one for one in self.taken if one not in used]
        new = len(there) - len(taken) - len(expired)
        yield f"baseline: {new} new, {len(taken)} accepted, {len(expired)} expired, {len(unused)} unused"
        yield from state_lines("expired", expired, self.taken)
        yield from state_lines("unused", unused, self.taken)


def breaks_of(finding: Finding) -> list[Break]:
    """Return what a finding is in a baseline: one entry for each contract and place that it touches.

    What the envelope or the manifest says of all contracts is one of the catalog, also where more contracts come later.
    """
    what = finding.keyword, finding.change
    at = finding.at or tuple((contract, finding.place) for contract in finding.contracts)
    rules = finding.rules()
    if not at or (finding.everywhere and len(finding.places) == 1 and not _OF_ALL.isdisjoint(finding.stated)):
        at = (("", finding.place),)
        rules = {each: digest(sorted(set(rules.values()))) for each in at if rules}
    return [Break(finding.direction.value, *each, *what, rules.get(each, "")) for each in at]


def accepted_from(catalog: str, findings: Iterable[Finding], former: Accepted | None = None) -> Accepted:
    """Return the baseline that takes all findings, with the reasons and dates of a former one."""
    former = former or Accepted(catalog)
    breaks = (one for finding in findings for one in breaks_of(finding))
    return Accepted(catalog, {one: former.taken.get(former.entry(one), Known()) for one in breaks})


def accepted_text(accepted: Accepted) -> str:
    """Return a baseline as the text of its file."""
    entries = [
        {
            **{name: value for name, value in one._asdict().items() if value or name not in _OPTIONAL},
            **taken.values(),
        }
        for one, taken in sorted(accepted.taken.items())
    ]
    return json.dumps({"catalog": accepted.catalog, "accepted": entries}, indent=2, ensure_ascii=False) + "\n"


def read_accepted(path: str) -> Accepted:
    """Read the baseline in a file; raise SourceError if it cannot be read or is none."""
    return read_known(path, "baseline of a comparison", _REMEDY, _accepted)


def _accepted(values: Any) -> Accepted:
    if not isinstance(values, dict) or set(values) != {"catalog", "accepted"}:
        raise ValueError("expected an object of accepted, catalog")
    if not isinstance(values["catalog"], str) or not isinstance(values["accepted"], list):
        raise ValueError("expected a text as catalog and a list as accepted")  # noqa: TRY004  # one kind for all
    required = [name for name in Break._fields if name not in _OPTIONAL]
    taken = known_entries(values["accepted"], "accepted", Break, required, _OPTIONAL)
    for number, one in enumerate(taken):
        if one.direction not in set(Direction):
            raise ValueError(f"accepted/{number}/direction: expected {' or '.join(Direction)}")
    return Accepted(values["catalog"], taken)
