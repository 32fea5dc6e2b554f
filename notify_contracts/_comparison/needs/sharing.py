"""How many recorded notifications have what consumers read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache

from notify_contracts._base import dataclass
from notify_contracts._checking import PartialResult
from notify_contracts._comparison.gathering import gathered, unreadable_line
from notify_contracts._comparison.needs.judging import conditions
from notify_contracts._comparison.needs.model import Consumer, Read
from notify_contracts._comparison.needs.validators import is_kept
from notify_contracts._schema import Validator, validator_of
from notify_contracts._untrusted import dump
from notify_contracts.capture import Recording
from notify_contracts.model import Location, Notification, Unreadable

Key = tuple[str, str, str]
"""An event type, a priority, and what is read, by `read_key`."""


def read_key(read: Read) -> str:
    """Return what tells a read from others: its paths and its form."""
    return f"{read} {dump(read.form).decode()} {read.empty_is_absent}"


@dataclass
class Shares:
    """How many notifications of an event type and a priority were seen, and how many had what is read of them."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    having: Counter[Key] = field(default_factory=Counter)
    unreadable: int = 0

    def merge(self, others: Iterable["Shares"]) -> "Shares":
        """Return all as one."""
        every = [self, *others]
        total = Shares(unreadable=sum(one.unreadable for one in every))
        for one in every:
            total.seen.update(one.seen)
            total.having.update(one.having)
        return total

    def problems(self) -> Iterator[str]:
        """Yield why it says less than it seems to, each in a phrase for a user."""
        if self.unreadable:
            yield unreadable_line(self.unreadable)
        if not self.seen:
            yield "no notification in the recordings is read by any consumer: no share was found; is it this service's?"


@dataclass(frozen=True)
class Sharing:
    """The work of counting what recordings have; it travels to other processes."""

    consumers: tuple[Consumer, ...]
    kinds: frozenset[tuple[str, str]]
    """The event types and priorities that are counted: those of contracts."""

    def results(self, recording: Recording) -> Iterator[PartialResult[Shares]]:
        """Yield what `recording` comes to; raise SourceError if it cannot be read to its end."""
        shares = Shares()
        asked = cache(self._asked)

        def take(content: Notification | Unreadable, _: Location) -> None:
            if not isinstance(content, Notification):
                shares.unreadable += 1
                return
            kind = str(content.event_type), str(content.priority)
            if kind in self.kinds and (reads := asked(*kind)):
                shares.seen[kind] += 1
                whole = {**content.context, **content.envelope}
                shares.having.update((*kind, key) for key, validator in reads.items() if is_kept(validator, whole))

        yield from gathered(recording, shares, take)

    def _asked(self, event_type: str, priority: str) -> Mapping[str, Validator]:
        reads = {
            read_key(read): read
            for consumer in self.consumers
            for need in consumer.needs_of(event_type, priority)
            for read in need.reads
        }
        found = {key: conditions(read, with_transport=True) for key, read in reads.items()}
        return {key: validator_of(one.together) for key, one in found.items() if one is not None}
