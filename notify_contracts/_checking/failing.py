"""The quick way of what fails as others failed before: it is counted with them, and nothing is said of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking.places import GroupKey, group_of
from notify_contracts._checking.tally import Tally
from notify_contracts._schema import IsValid, Rule
from notify_contracts.catalog import Catalog
from notify_contracts.model import KINDS, Delivery, Notification, Verdict

_OFTEN = 8  # from so many on it pays to make a schema for those that break the same rules
_MOST_SETS = 256
_MOST_WAYS = 8  # of failing, for each contract


@dataclass(slots=True)
class _Way:
    """A way of failing: rules of one contract, as groups of violations, and what tells who breaks just these.

    `others` have such a contract, too, and tell who keeps that. `times` tell when what was not added up yet came.
    """

    keys: tuple[GroupKey, ...]
    breaks: IsValid
    others: Sequence[tuple[Catalog, IsValid]]
    times: list[object] = field(default_factory=list)


class Failing:
    """Counts what fails in a way that is known; `learn` is told of what fails by the ordinary way."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._seen: Counter[tuple[str, frozenset[Rule]]] = Counter()
        self._ways: dict[str, list[_Way]] = {}

    def learn(self, contract: str, notification: Notification, verdict: Verdict) -> None:
        """Remember how a notification broke the contract of this id."""
        rules = frozenset((violation.pointer, violation.keyword) for violation in verdict.violations)
        if (contract, rules) not in self._seen and len(self._seen) >= _MOST_SETS:
            return
        self._seen[contract, rules] += 1
        ways = self._ways.setdefault(contract, [])
        if self._seen[contract, rules] != _OFTEN or len(ways) >= _MOST_WAYS:
            return
        event_type, priority = notification.event_type, notification.priority
        breaks = self._tally.catalog.contract(event_type, priority).validator.breaking(rules)
        if breaks is not None and breaks(notification.envelope):
            keys = tuple(group_of(violation, self._tally.catalog.numbered) for violation in verdict.violations)
            ways.append(_Way(keys, breaks, [*self._tally.others_for(event_type, priority)]))

    def take(self, contract: str, envelope: Mapping[str, Any], delivery: Delivery | None) -> bool:
        """Count a notification that breaks the contract of this id, if it does so in a way that is known."""
        for way in self._ways.get(contract, ()):
            if way.breaks(envelope) and (way.times or self._are_counted(way)):
                for other, is_kept_by in way.others:
                    if is_kept_by(envelope):
                        self._tally.ask(other, Notification(envelope, delivery=delivery))
                way.times.append(envelope.get("timestamp"))
                return True
        return False

    def _are_counted(self, way: _Way) -> bool:
        """Whether there is something to be shown of each of the rules that are broken."""
        return all(map(self._tally.summary.groups.__contains__, way.keys))

    def settle(self) -> None:
        """Add what was counted to the summary."""
        summary = self._tally.summary
        for contract, ways in self._ways.items():
            for way in ways:
                if not way.times:
                    continue
                summary.failed[contract] += len(way.times)
                for key in way.keys:
                    summary.add_to_group(key, len(way.times))
                summary.timeline.add_all(way.times, contract, len(way.keys))
                way.times.clear()


def is_of_schema(verdict: Verdict) -> bool:
    """Whether all that a notification breaks is stated by schemas: nothing by how it was carried, or is called."""
    return not any(violation.keyword in KINDS for violation in verdict.violations)
