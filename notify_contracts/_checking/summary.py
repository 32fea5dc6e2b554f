"""What many verdicts come to: counts that add up, whoever counted and in whatever order."""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import field
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from notify_contracts._base import dataclass, renamed
from notify_contracts._checking.hiding import shown
from notify_contracts._checking.least import Least
from notify_contracts._checking.places import GroupKey, group_name, group_of
from notify_contracts._checking.status import Status
from notify_contracts._checking.timeline import Timeline
from notify_contracts._untrusted import BY_WORDS, Secrets, printable
from notify_contracts.model import (
    ENVELOPE_ATTRIBUTES,
    UNDELIVERED,
    Excerpt,
    Location,
    Notification,
    Unreadable,
    Verdict,
    Violation,
)

if TYPE_CHECKING:
    from notify_contracts._checking.sightings import Sightings

_CHECKSUMS = 2**32
_NOWHERE = Location("", 0)


class Example(NamedTuple):
    """One of the violations of a group: the first by source and place. No secret is in its content.

    `pointer` is its place where the group's is that of several, else empty.
    """

    location: Location
    message: str
    content: Notification | Unreadable
    pointer: str = ""

    @property
    def order(self) -> tuple[Location, str, str]:
        """What says which of two comes first."""
        return self.location, self.message, self.pointer


@dataclass(frozen=True, init=False)
class Group:
    """The violations of one contract at one pointer by one keyword, and of one cause."""

    count: int
    example: Example

    def __init__(self, count: int, example: Example) -> None:  # made for each violation
        vars(self).update(count=count, example=example)

    def merge(self, other: "Group") -> "Group":
        """Return both groups as one."""
        first, second = sorted((self.example, other.example), key=lambda example: example.order)
        if first.order == second.order:
            first = min(first, second, key=lambda example: repr(example.content))
        return Group(self.count + other.count, first)


def _counts() -> defaultdict[str, int]:
    return defaultdict(int)


@dataclass
class Summary:
    """Counts of verdicts. A commutative monoid: `Summary()` is neutral, `merge` adds in any order.

    `passed` and `failed` count notifications by contract id, `pairs_without_contract` those of an event type and a
    priority that have no contract together, `conforming_without_contract` how many of these kept all that was asked of
    them. `unreadable` counts what should have been a notification, `undelivered` those of which a log says that they
    were lost, `skipped` the lines of logs that are something else.
    `elsewhere` counts, by the name of another catalog, the failing notifications that conform to that one. `timeline`
    tells when violations happened. `message_ids` is the sum of the CRC-32 of all message ids, modulo 2**32, by which
    the counts of the same notifications are known from equal counts of others.
    `ignored` counts, by the glob that says so, what was selected and not judged.
    `not_recorded` holds the attributes that were missing where only a part of a notification was recorded. `is_part`
    says that there was more, which was not asked about. `sightings` tells of duplicates, if it was asked for them.
    The input chooses the keys of `groups` and `pairs_without_contract`, so each keeps only the least of them;
    `other_violations` and `other_pairs_without_contract` count the rest. Every count is exact.
    """

    passed: defaultdict[str, int] = field(default_factory=_counts)
    failed: defaultdict[str, int] = field(default_factory=_counts)
    pairs_without_contract: Least[tuple[str, str], int] = field(default_factory=Least)
    other_pairs_without_contract: int = 0
    conforming_without_contract: int = 0
    unreadable: int = 0
    skipped: int = 0
    groups: Least[GroupKey, Group] = field(default_factory=Least)
    other_violations: int = 0
    elsewhere: defaultdict[str, int] = field(default_factory=_counts)
    timeline: Timeline = field(default_factory=Timeline)
    undelivered: int = 0
    message_ids: int = 0
    not_recorded: set[str] = field(default_factory=set)
    ignored: defaultdict[str, int] = field(default_factory=_counts)
    is_part: bool = False
    sightings: "Sightings | None" = None

    def __getattr__(self, name: str) -> Any:
        return renamed(self, name)

    @property
    def notifications(self) -> int:
        """How many verdicts were added."""
        known = sum(self.passed.values()) + sum(self.failed.values())
        return known + self.without_contract + self.unreadable + self.undelivered

    @property
    def without_contract(self) -> int:
        """How many notifications were of an event type and a priority that have no contract together."""
        return sum(self.pairs_without_contract.values()) + self.other_pairs_without_contract

    @property
    def notes(self) -> tuple[str, ...]:
        """What else is worth knowing of what was counted, a line each."""
        duplicates = () if self.sightings is None else self.sightings.notes
        return (*self._of_excerpts, *self.ignored_notes, *duplicates)

    @property
    def ignored_notes(self) -> tuple[str, ...]:
        """What was ignored, in a line if anything was."""
        if not self.ignored:
            return ()
        counts = ", ".join(f"{count} of {printable(glob)}" for glob, count in sorted(self.ignored.items()))
        return (f"ignored, and not judged: {counts}",)

    @property
    def _of_excerpts(self) -> tuple[str, ...]:
        if not self.not_recorded:
            return ()
        names = " and ".join(name for name in ENVELOPE_ATTRIBUTES if name in self.not_recorded)
        chosen = ", by the contract of the event type that fits" if "priority" in self.not_recorded else ""
        return (f"{names}: not in what was recorded of some notifications, which are judged by the rest{chosen}",)

    @property
    def conforming(self) -> int:
        """How many notifications broke nothing."""
        return sum(self.passed.values()) + self.conforming_without_contract

    @property
    def violations(self) -> int:
        """How many violations were found."""
        return sum(group.count for group in self.groups.values()) + self.other_violations

    def status(self, contract: str) -> Status:
        """Return what the notifications of a contract say of it."""
        kept = Status.PASSED if self.passed.get(contract) else Status.UNTOUCHED
        return Status.FAILED if self.failed.get(contract) else kept

    def add(self, verdict: Verdict, secrets: Secrets = BY_WORDS, declared: Container[str] = ()) -> None:
        """Count one verdict; of a notification that is kept as an example, `secrets` are hidden.

        Names that are `declared` are no data, though they look so: each is a place of its own.
        """
        contract = verdict.contract
        content = verdict.content
        if type(content) is Excerpt:
            self.not_recorded.update(content.missing)
        if isinstance(content, Notification) and isinstance(message_id := content.envelope.get("message_id"), str):
            self.add_message_ids(crc32(message_id.encode(errors="surrogatepass")))
        if not verdict.violations:
            if contract is not None:
                self.passed[contract] += 1
                return
            self.conforming_without_contract += 1
        if isinstance(verdict.content, Unreadable):
            self.undelivered += verdict.content.keyword == UNDELIVERED
            self.unreadable += verdict.content.keyword != UNDELIVERED
        elif contract is None:
            self.add_without_contract((group_name(verdict.content.event_type), group_name(verdict.content.priority)), 1)
        else:
            self.failed[contract] += 1
        self._add_violations(verdict, secrets, declared)
        if verdict.violations:
            timestamp = None if isinstance(verdict.content, Unreadable) else verdict.content.timestamp
            self.timeline.add(timestamp, contract or "", len(verdict.violations))

    def add_found_later(
        self, verdict: Verdict, secrets: Secrets, declared: Container[str], *, had_passed: bool
    ) -> None:
        """Count what was found in a notification of a contract that had been counted before, as passed or not."""
        contract = verdict.contract or ""
        if had_passed:
            self.passed[contract] -= 1
            self.failed[contract] += 1
        self._add_violations(verdict, secrets, declared)
        if isinstance(verdict.content, Notification):
            self.timeline.add(verdict.content.timestamp, contract, len(verdict.violations))

    def _add_violations(self, verdict: Verdict, secrets: Secrets, declared: Container[str]) -> None:
        content: Notification | Unreadable | None = None
        location = verdict.location or _NOWHERE
        for violation in verdict.violations:
            key = group_of(violation, declared)
            known = self.groups.get(key)
            place = _place_of(violation, key)
            if known is not None and known.example.order < (location, violation.message, place):
                self.groups[key] = Group(known.count + 1, known.example)
                continue
            if content is None:  # seldom needed, and then once for all of them
                content = verdict.content
                if isinstance(content, Notification):
                    content = shown(content, verdict.violations, secrets)
            self.add_group(key, Group(1, Example(location, violation.message, content, place)))

    def merge(self, *others: "Summary") -> "Summary":
        """Return a summary of all that any of them counted."""
        merged = Summary(timeline=self.timeline.merge(*(other.timeline for other in others)))
        for summary in (self, *others):
            for contract, count in summary.passed.items():
                merged.passed[contract] += count
            for contract, count in summary.failed.items():
                merged.failed[contract] += count
            merged.not_recorded |= summary.not_recorded
            merged.is_part |= summary.is_part
            for glob, count in summary.ignored.items():
                merged.ignored[glob] += count
            for catalog, count in summary.elsewhere.items():
                merged.elsewhere[catalog] += count
            for pair, count in summary.pairs_without_contract.items():
                merged.add_without_contract(pair, count)
            for key, group in summary.groups.items():
                merged.add_group(key, group)
            merged.other_pairs_without_contract += summary.other_pairs_without_contract
            merged.other_violations += summary.other_violations
            merged.conforming_without_contract += summary.conforming_without_contract
            merged.unreadable += summary.unreadable
            merged.undelivered += summary.undelivered
            merged.skipped += summary.skipped
            merged.message_ids = (merged.message_ids + summary.message_ids) % _CHECKSUMS
        merged.sightings = _all_sightings((self, *others))
        return merged

    def add_message_ids(self, checksums: int) -> None:
        """Add the sum of the CRC-32 of some message ids."""
        self.message_ids = (self.message_ids + checksums) % _CHECKSUMS

    def add_without_contract(self, pair: tuple[str, str], count: int) -> None:
        """Count notifications of an event type and a priority that have no contract together."""
        pairs = self.pairs_without_contract
        self.other_pairs_without_contract += pairs.put(pair, pairs.get(pair, 0) + count) or 0

    def add_to_group(self, key: GroupKey, count: int) -> None:
        """Count further violations of a group that is there, none of which comes before its example."""
        self.groups[key] = Group(self.groups[key].count + count, self.groups[key].example)

    def add_group(self, key: GroupKey, group: Group) -> None:
        """Count the violations of a group."""
        known = self.groups.get(key)
        left_out = self.groups.put(key, group if known is None else known.merge(group))
        self.other_violations += 0 if left_out is None else left_out.count


def _all_sightings(summaries: Sequence[Summary]) -> "Sightings | None":
    """Return the sightings of all; None where some counted notifications, and did not look for duplicates."""
    if any(summary.sightings is None and summary.notifications for summary in summaries):
        return None
    sightings = [summary.sightings for summary in summaries if summary.sightings is not None]
    return reduce(lambda one, other: one.merge(other), sightings) if sightings else None


def _place_of(violation: Violation, key: GroupKey) -> str:
    place = group_name(violation.pointer)
    return "" if place == key.pointer else place
