"""What is to be allowed, by the place where it is to be: all that contradicts a catalog, without what is rare."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import GroupKey
from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.seen import Objects, Seen
from notify_contracts._drafting.updating.common import common, common_names
from notify_contracts._drafting.updating.contradictions import Contradictions
from notify_contracts._drafting.updating.structure import Structure
from notify_contracts._drafting.updating.totals import Totals
from notify_contracts._drafting.updating.trails import Place, Trail
from notify_contracts._drafting.updating.widening import OF_CONTAINERS

REFERENCE = "$ref"

_PRIORITY = (("properties", "priority"),)

Counts = tuple[int, int]
"""How often something was seen, and among how many."""

Kept = Mapping[tuple[Trail, frozenset[str]], tuple[Seen, int]]


@dataclass
class Evidence:
    """What was seen to break one keyword at one place, among how many values, on which trails."""

    seen: Any = field(default_factory=Seen)
    total: int = 0
    trails: set[Trail] = field(default_factory=set)
    keywords: set[str] = field(default_factory=set)

    def add(self, trail: Trail, seen: Any, total: int) -> None:
        """Add what was seen on a trail."""
        self.seen.merge(seen)
        if trail not in self.trails:
            self.total += total
            self.trails.add(trail)


def _of_objects() -> Evidence:
    return Evidence(Objects(0))


class Gathered:
    """Gathers from contradictions, by place: `values` of a keyword, names that are `missing`, and `extra` properties.

    `lacking` are the trails on which each name is missing.
    `branches` are those of conditions that reality breaks. Where a reference is to lead elsewhere, the keyword is
    `REFERENCE`.
    """

    def __init__(self, found: Contradictions, totals: Totals, structure: Structure, *, is_rare_allowed: bool) -> None:
        self.values: defaultdict[tuple[Place, str], Evidence] = defaultdict(Evidence)
        self.missing: defaultdict[Place, dict[str, Counts]] = defaultdict(dict)
        self.lacking: defaultdict[tuple[Place, str], set[Trail]] = defaultdict(set)
        self.extra: defaultdict[Place, Evidence] = defaultdict(_of_objects)
        self.branches: dict[Place, Counts] = {}
        self._totals = totals
        self._structure = structure
        self._is_rare_allowed = is_rare_allowed
        self._take_values(self._kept(found))
        self._take_missing(found)
        self._take_extra(found)

    @property
    def places(self) -> set[Place]:
        """Where schemas are to be changed."""
        return {*(place for place, _ in self.values), *self.missing, *self.extra}

    def _total(self, trail: Trail, count: int) -> int:
        return max(count, self._totals.applying(trail))

    def _is_of_branch(self, trail: Trail, count: int) -> bool:
        """Whether a trail leads through a condition, which is to go then."""
        if trail.branch is None:
            return False
        total = max(count, self._totals.at(trail))
        before = self.branches.get(trail.branch, (0, 0))
        self.branches[trail.branch] = before[0] + count, before[1] + total
        return True

    def _kept(self, found: Contradictions) -> Kept:
        kept = {}
        for (trail, keywords), seen in found.values.items():
            total = self._total(trail, seen.count)
            left = seen if self._is_rare_allowed else common(seen, keywords, total)
            if left is not None and not self._is_of_branch(trail, left.count):
                kept[trail, keywords] = left, total
        return kept

    def _take_values(self, kept: Kept) -> None:
        contradicted: defaultdict[Place, set[Place]] = defaultdict(set)
        for trail, _ in kept:
            for way in trail.references:
                contradicted[way.target].add(way.source)
        for (trail, keywords), (seen, total) in kept.items():
            source = None if keywords <= OF_CONTAINERS else self._source(trail, contradicted)
            stated = [(trail.holder, each) for each in sorted(keywords)]
            keys = stated if source is None else [(source, REFERENCE)]
            for key in keys:
                self.values[key].add(trail, seen, total)
                self.values[key].keywords |= keywords

    def _source(self, trail: Trail, contradicted: Mapping[Place, set[Place]]) -> Place | None:
        """Return which reference on a trail is to lead elsewhere, None where what it leads to is to be changed.

        What others refer to, who have nothing against it, stays as it is.
        """
        for source, target in trail.references:
            if trail.below == _PRIORITY:  # which there are is read from where it is stated
                return None
            users = self._structure.users.get(target, frozenset())
            stays = len(users) == 1 or not users <= contradicted[target] or target in self._structure.fixed
            if stays and trail.below:  # that of a contract to the envelope is none of these
                return source
        return None

    def _take_missing(self, found: Contradictions) -> None:
        for trail, names in found.missing.items():
            total = self._total(trail, max(names.values()))
            left = {name: count for name, count in names.items() if not self._is_suspect(count, total)}
            if not left and not self._is_suspect(found.lacking[trail], total):  # each is rare, and all together are not
                left = names
            for name, count in left.items():
                if not self._is_of_branch(trail, count):
                    before = self.missing[trail.holder].get(name, (0, 0))
                    self.missing[trail.holder][name] = before[0] + count, before[1] + total
                    self.lacking[trail.holder, name].add(trail)

    def _take_extra(self, found: Contradictions) -> None:
        for trail, objects in found.extra.items():
            total = self._total(trail, objects.count)
            left = objects if self._is_rare_allowed else common_names(objects, total)
            if (left.properties or left.values) and not self._is_of_branch(trail, left.count):
                self.extra[trail.holder].add(trail, left, total)

    def _is_suspect(self, count: int, total: int) -> bool:
        return not self._is_rare_allowed and is_rare(count, total)


def groups_of(found: Contradictions, trails: set[Trail], keywords: set[str]) -> set[GroupKey]:
    """Return as which groups of violations a summary counts what breaks these keywords on these trails."""
    every = (groups for (trail, one), groups in found.groups.items() if trail in trails and one in keywords)
    return set[GroupKey]().union(*every)
