"""What the groups of violations state: one fact may hold of several contracts, and is told once."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

from notify_contracts._checking import Group, GroupKey, Summary
from notify_contracts._untrusted import printable
from notify_contracts.model import UNKNOWN_EVENT

_MOST_NAMES = 6


class Fact(NamedTuple):
    """Groups with one place, keyword and message: the contracts they are of, none where none applied, and their sum."""

    contracts: tuple[str, ...]
    key: GroupKey
    group: Group

    @property
    def broken_at(self) -> str:
        """The contracts, the place and the keyword in a line."""
        parts = (listed(self.contracts), printable(self.key.pointer), printable(f"({self.key.keyword})"))
        return " ".join(part for part in parts if part)


def facts(summary: Summary) -> list[Fact]:
    """Return what the groups of a summary state, the most frequent first; that an event type is unknown comes last."""
    alike: dict[tuple[str, ...], list[tuple[GroupKey, Group]]] = {}
    for key, group in sorted(summary.groups.items()):
        alike.setdefault((*key[1:], group.example.message), []).append((key, group))
    found = [_fact(groups) for groups in alike.values()]
    return sorted(found, key=lambda fact: (fact.key.keyword == UNKNOWN_EVENT, -fact.group.count, fact.key))


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a line, of many the first and how many more there are."""
    shown = names if len(names) <= _MOST_NAMES else names[: _MOST_NAMES - 1]
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return ", ".join(map(printable, shown)) + more


def _fact(groups: list[tuple[GroupKey, Group]]) -> Fact:
    contracts = tuple(key.contract for key, _ in groups if key.contract)
    return Fact(contracts, groups[0][0], reduce(Group.merge, (group for _, group in groups)))
