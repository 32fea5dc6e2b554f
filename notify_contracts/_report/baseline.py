"""A baseline: the violations that somebody looked at and knows, so that a run fails only by others."""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import GroupKey, Summary, group_name, group_of
from notify_contracts._report.known import (
    Known,
    is_known,
    is_of_baseline,
    known_entries,
    read_known,
    require_same,
    state_lines,
)
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.whole_file import write_whole
from notify_contracts._untrusted import printable, shortened
from notify_contracts.model import LEFT_UNREAD, UNDELIVERED, UNREADABLE, Notification, Unreadable, Verdict

_REMEDY = "--write-baseline FILE of check, audit, watch or report merge writes one"
_MEMBERS = {"catalog", "known", "without_contract"}
_MOST_LINES = 20


@dataclass(frozen=True)
class Baseline:
    """The groups of violations that are known of a catalog, and the event types that are known to have no contract.

    What breaks no contract's rule because none applied, as an unknown event type does, is known only where each of
    these event types is, by ``event_type:PRIORITY``: the group alone does not tell them apart.
    """

    catalog: str
    known: Mapping[GroupKey, Known] = field(default_factory=dict)
    without_contract: frozenset[str] = frozenset()

    def require_about(self, catalog: str, remedy: str = _REMEDY) -> None:
        """Raise UsageError if it is about another catalog than the one of this name."""
        require_same(self.catalog, catalog, remedy)

    def applied(self, outcome: Outcome, today: date) -> Outcome:
        """Return the outcome with what is known set apart; what is expired or was not seen again is noted.

        Raise UsageError if it is about another catalog.
        """
        self.require_about(outcome.catalog.name)
        groups = outcome.summary.groups
        expired = {key for key in self.known if not is_known(self.known, key, today)}
        known = frozenset(key for key in groups if self._has(key, today) and self._names(key, outcome.summary))
        new = len(groups.keys() - known - expired)
        back = sorted(key for key in groups if key in expired)
        gone = sorted(key for key in self.known if key not in groups and not outcome.summary.is_part)
        note = f"baseline: {new} new, {len(known)} known, {len(back)} expired, {len(gone)} gone kinds of violations"
        notes = (note, *state_lines("expired", back, self.known), *state_lines("gone", gone, self.known))
        return outcome._replace(known=known, notes=(*outcome.notes, *notes))

    def knows(self, verdict: Verdict, today: date, declared: Container[str]) -> bool:
        """Return whether all that a verdict says is broken is known, and does not expire before `today`.

        Names that are `declared` by the catalog are no data.
        """
        content = verdict.content
        is_named = isinstance(content, Unreadable) or _pair(content) in self.without_contract
        keys = [group_of(violation, declared) for violation in verdict.violations]
        return all(self._has(key, today) and (is_named or _is_of_its_own(key)) for key in keys)

    def _has(self, key: GroupKey, today: date) -> bool:
        """Return whether the key is known; what follows something unread never is, for nobody has looked at it."""
        return is_known(self.known, key, today) and not key.cause.endswith(LEFT_UNREAD)

    def _names(self, key: GroupKey, summary: Summary) -> bool:
        """Return whether it names all that is in the group of a key that it has."""
        if _is_of_its_own(key):
            return True
        return not summary.other_pairs_without_contract and _pairs(summary) <= self.without_contract


def baseline_of(outcome: Outcome, former: Baseline | None = None) -> Baseline:
    """Return the baseline that knows all groups of an outcome, with the reasons and dates of a former one."""
    known = {} if former is None else former.known
    summary = outcome.summary
    return Baseline(
        outcome.catalog.name,
        {key: known.get(key, Known()) for key in summary.groups if not key.cause.endswith(LEFT_UNREAD)},
        frozenset(_pairs(summary)),
    )


def known_lines(outcome: Outcome, baseline: Baseline) -> Iterator[str]:
    """Yield how many are new, known, expired and gone, and the known and expired in a line each, with their reasons.

    `outcome` is one to which the baseline was applied.
    """
    from notify_contracts._report.shared_lines import broken_at, found_at  # which only a session of tests needs

    groups = outcome.summary.groups
    counts, *states = filter(is_of_baseline, outcome.notes)
    yield counts
    for key in sorted(outcome.known)[:_MOST_LINES]:
        place = f"{broken_at(key)}, {found_at(groups[key])}"
        yield f"known: {groups[key].count} x {place} ({shortened(printable(baseline.known[key].reason))})"
    if len(outcome.known) > _MOST_LINES:
        yield f"known: and {len(outcome.known) - _MOST_LINES} more"
    yield from (state for state in states if not state.startswith("baseline, gone"))


def write_baseline(path: str, baseline: Baseline) -> None:
    """Write a baseline to a file, whole and sorted; raise OutputError if it cannot be written."""
    values = {
        "catalog": baseline.catalog,
        "known": [
            {**{name: value for name, value in key._asdict().items() if value or name != "cause"}, **known.values()}
            for key, known in sorted(baseline.known.items())
        ],
        "without_contract": sorted(baseline.without_contract),
    }
    write_whole(path, (json.dumps(values, indent=2) + "\n").encode(), "the baseline ")


def read_baseline(path: str) -> Baseline:
    """Read the baseline in a file; raise SourceError if it cannot be read or is none."""
    return read_known(path, "baseline", _REMEDY, _baseline)


def _pairs(summary: Summary) -> set[str]:
    return {f"{event_type}:{priority}" for event_type, priority in summary.pairs_without_contract}


def _pair(notification: Notification) -> str:
    return f"{group_name(notification.event_type)}:{group_name(notification.priority)}"


def _is_of_its_own(key: GroupKey) -> bool:
    """Return whether a group tells all that is in it; without a contract, its event types are part of it."""
    return bool(key.contract) or key.keyword in (UNREADABLE, UNDELIVERED)


def _baseline(values: Any) -> Baseline:
    if not isinstance(values, dict) or set(values) != _MEMBERS:
        raise ValueError(f"expected an object of {', '.join(sorted(_MEMBERS))}")
    entries, pairs = values["known"], values["without_contract"]
    if not isinstance(values["catalog"], str) or not isinstance(entries, list):
        raise ValueError("expected a text as catalog and a list as known")  # noqa: TRY004  # one kind for all faults
    if not isinstance(pairs, list) or not all(isinstance(pair, str) for pair in pairs):
        raise ValueError("without_contract: expected a list of texts")
    *required, cause = GroupKey._fields
    return Baseline(values["catalog"], known_entries(entries, "known", GroupKey, required, (cause,)), frozenset(pairs))
