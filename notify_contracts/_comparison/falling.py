"""Which real notifications fall by a change: what one catalog accepts and the other refuses."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._checking import PartialResult, Summary, Tally
from notify_contracts._comparison.findings import Direction
from notify_contracts._comparison.gathering import gathered, unreadable_line
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.model import Location, Notification, Unreadable

_MOST_STRANGERS = 10_000

_Stranger = tuple[Direction, str, str]
"""The direction, the event type and the priority of what the refusing side has no contract for."""


@dataclass
class Fallen:
    """How many notifications were read, and in each direction what fell of those that the other side accepts.

    `unreadable` counts what stood in a recording and is no notification. `firsts` tells where the first one was of an
    event type and priority for which the refusing side has no contract.
    """

    notifications: int = 0
    fallen: dict[Direction, Summary] = field(default_factory=lambda: {one: Summary() for one in Direction})
    accepted: dict[Direction, int] = field(default_factory=lambda: dict.fromkeys(Direction, 0))
    firsts: dict[_Stranger, Location] = field(default_factory=dict)
    unreadable: int = 0

    def merge(self, others: Iterable["Fallen"]) -> "Fallen":
        """Return all as one."""
        every = [self, *others]
        firsts: dict[_Stranger, Location] = {}
        for stranger, location in (item for one in every for item in one.firsts.items()):
            firsts[stranger] = min(firsts.get(stranger, location), location)
        return Fallen(
            sum(one.notifications for one in every),
            {one: Summary().merge(*(each.fallen[one] for each in every)) for one in Direction},
            {one: sum(each.accepted[one] for each in every) for one in Direction},
            firsts,
            sum(one.unreadable for one in every),
        )

    def problems(self) -> Iterator[str]:
        """Yield why it says less than it seems to, each in a phrase for a user."""
        if self.unreadable:
            yield unreadable_line(self.unreadable)
        if not self.notifications:
            yield "no notification is in the recordings: nothing was held against the catalogs"
        elif not any(self.accepted.values()):
            yield "neither catalog accepts any notification of the recordings: none could fall; is it this service's?"


class _Way(NamedTuple):
    direction: Direction
    accepting: Catalog
    tally: Tally


@dataclass(frozen=True)
class Falling:
    """The work of holding recordings against two catalogs; it travels to other processes."""

    old: Catalog
    new: Catalog

    def results(self, recording: Recording) -> Iterator[PartialResult[Fallen]]:
        """Yield what `recording` comes to; raise SourceError if it cannot be read to its end."""
        ways = [
            _Way(Direction.NEW_SENDS, self.new, Tally(self.old)),
            _Way(Direction.OLD_SENT, self.old, Tally(self.new)),
        ]
        found = Fallen(0, {way.direction: way.tally.summary for way in ways})

        def take(content: Notification | Unreadable, location: Location) -> None:
            if not isinstance(content, Notification):
                found.unreadable += 1
                return
            found.notifications += 1
            for way in ways:
                if way.accepting.accepts(content):
                    found.accepted[way.direction] += 1
                    verdict = way.tally.take(content, location)
                    if verdict is not None and verdict.contract is None and len(found.firsts) < _MOST_STRANGERS:
                        stranger = way.direction, str(content.event_type), str(content.priority)
                        found.firsts.setdefault(stranger, location)

        yield from gathered(recording, found, take)
