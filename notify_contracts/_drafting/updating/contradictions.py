"""What notifications have against a catalog: by rule, the values that break it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from notify_contracts._checking import EVERYTHING, GroupKey, PartialResult, Selection, Summary, opened, place_name
from notify_contracts._drafting.inference.reading import without_collecting
from notify_contracts._drafting.inference.seen import Objects, Seen
from notify_contracts._drafting.updating.trails import Pair, Trail, Trails
from notify_contracts._schema import Fault, Pointer, additional_names, at, mistakes, pointer_text
from notify_contracts._untrusted import loads
from notify_contracts.capture import Recording
from notify_contracts.catalog import ENVELOPE, Catalog
from notify_contracts.errors import DamagedError
from notify_contracts.model import Excerpt, Found, Location, Notification

Rule = tuple[Trail, str]
"""A way to a schema, and a keyword in it."""


def _counters() -> defaultdict[Trail, Counter[str]]:
    return defaultdict(Counter)


def _sets() -> defaultdict[Rule, set[GroupKey]]:
    return defaultdict(set)


@dataclass
class Contradictions:
    """What was seen where a rule was broken, each by the rule.

    `values` are of a schema and all keywords in it that the same value breaks, `missing` counts names of properties,
    `extra` holds objects with nothing but what must not be in them. `groups` says as which violations a summary counts
    what breaks a rule. What no trail leads to is in `untraced`, what is of no contract in `unnamed`. `summary`
    counts the verdicts on what breaks anything.
    """

    values: dict[tuple[Trail, frozenset[str]], Seen] = field(default_factory=dict)
    missing: defaultdict[Trail, Counter[str]] = field(default_factory=_counters)
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
        for rule, groups in other.groups.items():
            self.groups[rule] |= groups
        self.untraced |= other.untraced
        self.unnamed |= other.unnamed
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
        with without_collecting():
            try:
                for found in recording.left_by(judge.leave):
                    if found is None:
                        yield PartialResult(b"", recording.position)
                    else:
                        judge.take(found)
            except DamagedError:
                pass  # it was said when it was learned from
        yield PartialResult(b"", recording.position, judge.found)


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
        keep, left = self._keep, []
        for place, line in enumerate(lines):
            try:
                envelope, _ = opened(loads(line))
                if not keep[envelope["event_type"], envelope["priority"]](envelope):
                    left.append(place)
            except Exception:  # noqa: BLE001 - the ordinary way says what it is
                left.append(place)
        return left

    def take(self, found: Found) -> None:
        """Gather what a notification breaks."""
        content, location = found
        if not isinstance(content, Notification) or isinstance(content, Excerpt) or content not in self._selection:
            return
        event_type, priority = content.event_type, content.priority
        if isinstance(event_type, str) and isinstance(priority, str):
            self._take((event_type, priority), Notification(content.envelope), location)

    def _take(self, pair: Pair, content: Notification, location: Location) -> None:
        verdict = self._catalog.check(content, location)
        if verdict.conforms:
            return
        self.found.summary.add(verdict, self._catalog.secrets)
        if pair not in self._pairs:
            keys = ((each.pointer, each.keyword) for each in verdict.violations)
            self.found.unnamed.update(GroupKey("", place_name(*key), key[1]) for key in keys)
            return
        contract = self._contracts.get(pair)
        uri = self._catalog.uri(ENVELOPE) if contract is None else contract.uri
        try:
            faults = list(self._catalog.schemas.validator(uri).faults(content.envelope))
        except (RecursionError, ValueError):
            return
        broken: defaultdict[tuple[Trail, Pointer], set[str]] = defaultdict(set)
        for fault in {(each.path, each.keyword, id(each.schema)): each for each in faults}.values():
            groups = set(_groups(content.envelope, fault, "" if contract is None else contract.id))
            trails = self._trails.to(pair, uri, fault)
            if not trails:
                self.found.untraced |= groups
            for trail in trails:
                self.found.groups[trail, fault.keyword] |= groups
                if not self._of_object(trail, fault, content):
                    broken[trail, fault.path].add(fault.keyword)
        for (trail, path), keywords in broken.items():
            value = at(content.envelope, path)
            self.found.values.setdefault((trail, frozenset(keywords)), Seen()).take([value])

    def _of_object(self, trail: Trail, fault: Fault, content: Notification) -> bool:
        """Gather which properties of an object are missing or too many; return whether that is what is broken."""
        if fault.keyword not in ("required", "additionalProperties"):
            return False
        value = at(content.envelope, fault.path)
        if fault.keyword == "required":
            self.found.missing[trail].update(name for name in fault.schema["required"] if name not in value)
        else:
            extra = {name: value[name] for name in additional_names(fault.schema, value)}
            self.found.extra.setdefault(trail, Objects(0)).take([extra])
        return True


def _groups(envelope: Any, fault: Fault, contract: str) -> Iterator[GroupKey]:
    """Yield as which groups of violations a summary counts a fault."""
    for path, _ in mistakes(envelope, fault):
        yield GroupKey(contract, place_name(pointer_text(path), fault.keyword), fault.keyword)
