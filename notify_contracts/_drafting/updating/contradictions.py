"""What notifications have against a catalog: by rule, the values that break it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._checking import EVERYTHING, GroupKey, PartialResult, Selection, Summary, place_name
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.reading import breaking, read_again
from notify_contracts._drafting.inference.seen import Objects, Seen
from notify_contracts._drafting.updating.trails import Trail, Trails
from notify_contracts._schema import Fault, Pointer, at, names_at_fault, pointer_text, violations
from notify_contracts.capture import Recording
from notify_contracts.catalog import ENVELOPE, Catalog, Numbered
from notify_contracts.model import Excerpt, Found, Location, Notification, Verdict

Rule = tuple[Trail, str]
"""A way to a schema, and a keyword in it."""


_MOST_GROUPS = 1000  # as many as a summary tells apart


def _counters() -> defaultdict[Trail, Counter[str]]:
    return defaultdict(Counter)


def _sets() -> defaultdict[Rule, set[GroupKey]]:
    return defaultdict(set)


def add_some(groups: set[GroupKey], more: set[GroupKey]) -> None:
    """Add groups of violations, as long as they are not many: the input chooses them."""
    if len(groups) < _MOST_GROUPS:
        groups |= more


@dataclass
class Contradictions:
    """What was seen where a rule was broken, each by the rule.

    `values` are of a schema and all keywords in it that the same value breaks, `missing` counts names of properties,
    `lacking` the objects without any of them, `extra` holds objects with nothing but what must not be in them. `groups`
    says as which violations a summary counts what breaks a rule. What no trail leads to is in `untraced`, what is of no
    contract in `unnamed`. `summary` counts the verdicts on what breaks anything.
    """

    values: dict[tuple[Trail, frozenset[str]], Seen] = field(default_factory=dict)
    missing: defaultdict[Trail, Counter[str]] = field(default_factory=_counters)
    lacking: Counter[Trail] = field(default_factory=Counter)
    extra: dict[Trail, Objects] = field(default_factory=dict)
    groups: defaultdict[Rule, set[GroupKey]] = field(default_factory=_sets)
    untraced: set[GroupKey] = field(default_factory=set)
    unnamed: set[GroupKey] = field(default_factory=set)
    summary: Summary = field(default_factory=Summary)

    def merge(self, other: "Contradictions") -> None:
        """Add what another part of the recordings has against the catalog."""
        for key, seen in other.values.items():
            self.values.setdefault(key, Seen()).merge(seen)
        for trail, objects in other.extra.items():
            self.extra.setdefault(trail, Objects(0)).merge(objects)
        for trail, names in other.missing.items():
            self.missing[trail].update(names)
        self.lacking.update(other.lacking)
        for rule, groups in other.groups.items():
            add_some(self.groups[rule], groups)
        add_some(self.untraced, other.untraced)
        add_some(self.unnamed, other.unnamed)
        self.summary = self.summary.merge(other.summary)


@dataclass(frozen=True)
class Contradicting:
    """Asks a catalog about everything that is selected, and gathers what breaks which rule.

    `pairs` are the event types and priorities that contracts can be named after; of others nothing is gathered.
    """

    catalog: Catalog
    pairs: frozenset[Pair]
    selection: Selection = EVERYTHING

    def results(self, recording: Recording) -> Iterator[PartialResult[Contradictions]]:
        """Yield how far reading has come, and in the end what was found."""
        judge = _Judge(self)
        return read_again(judge, recording, lambda: judge.found)


class _Judge:
    def __init__(self, contradicting: Contradicting) -> None:
        self.found = Contradictions()
        self._catalog = contradicting.catalog
        self._pairs = contradicting.pairs
        self._selection = contradicting.selection
        self._trails = Trails(self._catalog)
        self._keep = {(each.event_type, each.priority): each.validator.is_valid for each in self._catalog.contracts}
        self._contracts = {(each.event_type, each.priority): each for each in self._catalog.contracts}

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Pass what plainly keeps its contract; return the places of the rest."""
        return breaking(self._keep, lines)

    def take(self, found: Found) -> None:
        """Gather what a notification breaks."""
        content, location = found
        if not isinstance(content, Notification) or isinstance(content, Excerpt) or content not in self._selection:
            return
        event_type, priority = content.event_type, content.priority
        if isinstance(event_type, str) and isinstance(priority, str):
            self._take((event_type, priority), Notification(content.envelope), location)

    def _take(self, pair: Pair, content: Notification, location: Location) -> None:
        contract = self._contracts.get(pair)
        uri = self._catalog.uri(ENVELOPE) if contract is None else contract.uri
        try:
            faults = list(self._catalog.schemas.validator(uri).faults(content.envelope))
        except (RecursionError, ValueError):
            faults = None
        if contract is None or faults is None:
            verdict = self._catalog.check(content, location)
        else:
            broken = violations(content.envelope, faults, contract.id, self._catalog.secrets)
            verdict = Verdict(content, contract.id, broken, location)
        if verdict.conforms:
            return
        self.found.summary.add(verdict, self._catalog.secrets, self._catalog.numbered)
        if pair in self._pairs and faults is not None:
            self._gather(_Case(pair, uri, "" if contract is None else contract.id, content.envelope), faults)
        else:
            declared = self._catalog.numbered
            keys = {_group(verdict.contract or "", each.pointer, each.keyword, declared) for each in verdict.violations}
            add_some(self.found.unnamed if pair not in self._pairs else self.found.untraced, keys)

    def _gather(self, case: "_Case", faults: Iterable[Fault]) -> None:
        broken: defaultdict[tuple[Trail, Pointer], set[str]] = defaultdict(set)
        for fault in {(each.path, each.keyword, id(each.schema)): each for each in faults}.values():
            value = at(case.envelope, fault.path)
            names = names_at_fault(fault, value)
            places = [fault.path] if names is None else [(*fault.path, name) for name in names]
            groups = {
                _group(case.contract, pointer_text(place), fault.keyword, self._catalog.numbered) for place in places
            }
            trails = self._trails.to(case.pair, case.uri, fault)
            if not trails:
                add_some(self.found.untraced, groups)
            for trail in trails:
                add_some(self.found.groups[trail, fault.keyword], groups)
                if names is None:
                    broken[trail, fault.path].add(fault.keyword)
                elif fault.keyword == "required":
                    self.found.missing[trail].update(names)
                    self.found.lacking[trail] += 1
                else:
                    self.found.extra.setdefault(trail, Objects(0)).take([{name: value[name] for name in names}])
        for (trail, path), keywords in broken.items():
            self.found.values.setdefault((trail, frozenset(keywords)), Seen()).take([at(case.envelope, path)])


class _Case(NamedTuple):
    """A notification, the schema that it breaks, and the contract of which a summary counts that."""

    pair: Pair
    uri: str
    contract: str
    envelope: Mapping[str, Any]


@lru_cache(maxsize=20_000)
def _group(contract: str, pointer: str, keyword: str, declared: Numbered) -> GroupKey:
    """Return as which group of violations a summary counts one."""
    return GroupKey(contract, place_name(pointer, keyword, declared), keyword)
