"""The baseline of a comparison: breaks that somebody looked at and takes upon himself, until a day."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from notify_contracts._comparison.findings import Direction, Finding
from notify_contracts._schema import FORMATS
from notify_contracts._untrusted import NotJsonError, parse, printable, shortened
from notify_contracts.errors import SourceError, UsageError

REASON = "not looked at yet"
_REMEDY = "--write-baseline FILE of catalog diff writes one"
_MOST_BYTES = 16 * 1024 * 1024
_MOST_LINES = 20


class Break(NamedTuple):
    """What an entry is of: one change at one place of one contract, in one direction; no contract is the catalog."""

    direction: str
    contract: str
    place: str
    keyword: str
    change: str


class Taken(NamedTuple):
    """Why a break is taken, and the last day on which it is."""

    reason: str = REASON
    expires: date | None = None


@dataclass(frozen=True)
class Accepted:
    """The breaks of a catalog that are taken."""

    catalog: str
    taken: Mapping[Break, Taken] = field(default_factory=dict)

    def require_about(self, catalog: str) -> None:
        """Raise UsageError if it is about another catalog."""
        if catalog != self.catalog:
            about = shortened(printable(self.catalog))
            raise UsageError(f'the baseline is about the catalog "{about}", not "{catalog}": {_REMEDY}')

    def covers(self, finding: Finding, today: date) -> bool:
        """Return whether a finding is taken in all contracts that it touches, and not expired."""
        return all(self._is_taken(one, today) for one in breaks_of(finding))

    def notes(self, findings: Iterable[Finding], today: date) -> Iterator[str]:
        """Yield how many breaks are new, taken, expired and unused, and a line for each that is expired or unused."""
        there = [one for finding in findings for one in breaks_of(finding)]
        taken = [one for one in there if self._is_taken(one, today)]
        expired = [one for one in there if one in self.taken and not self._is_taken(one, today)]
        unused = [one for one in self.taken if one not in set(there)]
        new = len(there) - len(taken) - len(expired)
        yield f"baseline: {new} new, {len(taken)} accepted, {len(expired)} expired, {len(unused)} unused"
        for state, ones in (("expired", expired), ("unused", unused)):
            for one in ones[:_MOST_LINES]:
                place = " ".join(filter(None, (one.direction, one.contract, one.place, one.change)))
                yield printable(f"baseline, {state}: {place} ({shortened(self.taken[one].reason)})")
            if len(ones) > _MOST_LINES:
                yield f"baseline, {state}: and {len(ones) - _MOST_LINES} more"

    def _is_taken(self, one: Break, today: date) -> bool:
        taken = self.taken.get(one)
        return taken is not None and (taken.expires is None or taken.expires >= today)


def breaks_of(finding: Finding) -> list[Break]:
    """Return what a finding is in a baseline: one entry for each contract and place that it touches."""
    what = finding.keyword, finding.change
    at = finding.at or tuple((contract, finding.place) for contract in finding.contracts)
    if not at or (finding.everywhere and len(finding.places) == 1):
        at = (("", finding.place),)
    return [Break(finding.direction.value, contract, place, *what) for contract, place in at]


def accepted_from(catalog: str, findings: Iterable[Finding], former: Accepted | None = None) -> Accepted:
    """Return the baseline that takes all findings, with the reasons and dates of a former one."""
    taken = {} if former is None else former.taken
    return Accepted(catalog, {one: taken.get(one, Taken()) for finding in findings for one in breaks_of(finding)})


def accepted_text(accepted: Accepted) -> str:
    """Return a baseline as the text of its file."""
    entries = [
        {
            **{name: value for name, value in one._asdict().items() if value or name != "contract"},
            "reason": taken.reason,
            **({} if taken.expires is None else {"expires": taken.expires.isoformat()}),
        }
        for one, taken in sorted(accepted.taken.items())
    ]
    return json.dumps({"catalog": accepted.catalog, "accepted": entries}, indent=2, ensure_ascii=False) + "\n"


def read_accepted(path: str) -> Accepted:
    """Read the baseline in a file; raise SourceError if it cannot be read or is none."""
    name = printable(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file has such a name"
        raise SourceError(f"{name}: the baseline cannot be read: {reason}; {_REMEDY}") from None
    if len(data) > _MOST_BYTES:
        raise SourceError(f"{name}: is no baseline of a comparison: more than 16 MiB; {_REMEDY}")
    try:
        return _accepted(parse(data))
    except NotJsonError as error:
        raise SourceError(f"{name}: is no baseline of a comparison: not JSON: {error}; {_REMEDY}") from None
    except ValueError as error:
        reason = shortened(printable(str(error)))
        raise SourceError(f"{name}: is no baseline of a comparison: {reason}; {_REMEDY}") from None


def _accepted(values: Any) -> Accepted:
    if not isinstance(values, dict) or set(values) != {"catalog", "accepted"}:
        raise ValueError("expected an object of accepted, catalog")
    if not isinstance(values["catalog"], str) or not isinstance(values["accepted"], list):
        raise ValueError("expected a text as catalog and a list as accepted")  # noqa: TRY004  # one kind for all
    taken: dict[Break, Taken] = {}
    for number, entry in enumerate(values["accepted"]):
        one, why = _entry(entry, f"accepted/{number}")
        if one in taken:
            raise ValueError(f"accepted/{number}: is there twice")
        taken[one] = why
    return Accepted(values["catalog"], taken)


def _entry(entry: Any, place: str) -> tuple[Break, Taken]:
    required = {*Break._fields, "reason"} - {"contract"}
    if not isinstance(entry, dict) or not required <= set(entry) <= required | {"contract", "expires"}:
        raise ValueError(f"{place}: expected {', '.join(sorted(required))}, and contract or expires where there is one")
    if not all(isinstance(value, str) for value in entry.values()):
        raise ValueError(f"{place}: expected texts")
    if entry["direction"] not in set(Direction):
        raise ValueError(f"{place}/direction: expected {' or '.join(Direction)}")
    if "expires" in entry and not FORMATS["date"](entry["expires"]):  # later Pythons read more as a date
        raise ValueError(f"{place}/expires: expected a date as 2026-12-31")
    expires = date.fromisoformat(entry["expires"]) if "expires" in entry else None
    return Break(*(entry.get(name, "") for name in Break._fields)), Taken(entry["reason"], expires)
