"""What the notifications of a recording tell of lives, in their order though not all are read in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from notify_contracts._checking.lives.lives import Lives
from notify_contracts._checking.lives.ways import Read, ways_of
from notify_contracts._checking.period import moment
from notify_contracts._checking.steps import NEXT_MEMBER, OF_NO_LIFE, Values
from notify_contracts.catalog import Catalog
from notify_contracts.model import Location, Notification, Unreadable, Verdict

if TYPE_CHECKING:
    from datetime import datetime


class Stepping:
    """Gathers the steps of a recording of this name, as values, by the lifecycles of a catalog.

    Where there are `lives` in this process that take steps as they come, its lines may be followed at once.
    """

    def __init__(self, catalog: Catalog, name: str, lives: Lives | None) -> None:
        self._lives = lives if lives is not None and lives.takes_at_once else None
        self._ways = ways_of(catalog)
        self._name = self._source = name
        self._gathered: list[Values] = []
        self._stretch: int | None = None  # where it begins in what is gathered, if it has not ended
        self._are_in_order = True
        self._heard: tuple[datetime, str] | None = None

    def maker(self, pair: tuple[str, str]) -> Read[Values] | None:
        """Return what makes the steps of an event type and a priority, None if they are of no life."""
        way = self._ways.by_pair.get(pair)
        return None if way is None else way.step

    def follows(self, source: str) -> bool:
        """Whether the lines of a source may be followed at once, each when all before it are."""
        return self._lives is not None and source == self._name and not self._gathered

    def follower(self, pair: tuple[str, str]) -> Read[None] | None:
        """Return what follows an event type and a priority at once, None if they are of no life, or it has to wait."""
        return None if self._lives is None else self._lives.follower(pair)

    def add_lines(self, steps: list[Values], source: str) -> None:
        """Gather steps of a stretch of lines of `source`, whose numbers are the places; those left come behind them."""
        self._go_on_with(source)
        self._stretch = len(self._gathered)
        if source != self._name:
            steps = [(Location(source, step[0]), *step[1:]) for step in steps]
        self._gathered += steps

    def add(self, content: Notification | Unreadable, location: Location, verdict: Verdict | None) -> None:
        """Gather what was read by itself; `verdict` is None where it is not judged."""
        if not isinstance(content, Notification):
            return
        self._go_on_with(location.source)
        is_line = type(location) is Location and location.unit == "line" and location.source == self._name
        place = location.number if is_line else location
        step = self._ways.step(place, content.envelope, None if verdict is None else verdict.conforms)
        if step is None:
            self.hear((content.timestamp,))
        else:
            if self._stretch is None:
                self._tell_time()
            self._gathered.append(step)
            self._are_in_order = self._stretch is None

    def hear(self, timestamps: Iterable[object]) -> None:
        """Take the times of notifications that are of no life: by them others are older."""
        for timestamp in timestamps:
            time = moment(timestamp)
            if time is not None and (self._heard is None or self._heard[0] < time):
                self._heard = time, timestamp if isinstance(timestamp, str) else time.isoformat()

    def end_stretch(self) -> None:
        """Put the lines that were left of a stretch where they stand in it: no more of it comes."""
        if not self._are_in_order:
            self._gathered[self._stretch :] = sorted(self._gathered[self._stretch :], key=_number)
            self._are_in_order = True
        self._stretch = None

    def gathered(self) -> list[Values]:
        """Return what was gathered since the last time, in its order; nothing before a stretch of lines has ended."""
        if self._stretch is not None:
            return []
        self._tell_time()
        steps, self._gathered = self._gathered, []
        return steps

    def _go_on_with(self, source: str) -> None:
        """Gather that what follows is of this source, unless what was before is of it, too."""
        if source != self._source:
            self._tell_time()
            self._gathered.append((source, NEXT_MEMBER))
            self._source = source

    def _tell_time(self) -> None:
        """Gather the latest time of what is of no life."""
        if self._heard is not None:
            self._gathered.append((0, OF_NO_LIFE, None, None, None, self._heard[1], 0, "", None, None))
            self._heard = None


def _number(step: Values) -> int:
    place = step[0]
    return place.number if isinstance(place, Location) else int(place)
