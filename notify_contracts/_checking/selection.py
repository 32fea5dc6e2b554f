"""Which notifications are asked about, and the verdict on each of them."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from notify_contracts._base import dataclass
from notify_contracts._checking.extent import ALL, Extent
from notify_contracts._checking.period import Period
from notify_contracts.capture import is_shaped
from notify_contracts.catalog import ANYWHERE, Catalog, Transport, is_meant
from notify_contracts.model import Excerpt, Found, Location, Notification, Unreadable, Verdict
from notify_contracts.wire.envelopes import read_as

ALWAYS = Period()


@dataclass(frozen=True)
class Selection:
    """Which notifications are looked at: globs of event types, any of which fits, and priorities, none for all.

    `period` is compared with the time that each tells of itself. What tells no time, or lacks the event type or the
    priority that each must tell, may be any, and is looked at. Of what is selected, the event types that match a glob
    in `ignored` are not judged, and counted.
    """

    events: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    period: Period = ALWAYS
    ignored: tuple[str, ...] = ()

    def __contains__(self, content: Notification | Unreadable) -> bool:
        """Whether `content` is to be judged; what is unreadable always is, for nobody knows what it was."""
        return self._selects(content) and not (self.ignored and self._ignoring(content) is not None)

    def ignoring(self, content: Notification | Unreadable) -> str | None:
        """Return the first glob by which `content` is ignored that is selected otherwise, None if none is."""
        return self._ignoring(content) if self.ignored and self._selects(content) else None

    def _ignoring(self, content: Notification | Unreadable) -> str | None:
        event_type = None if isinstance(content, Unreadable) else content.event_type
        if not isinstance(event_type, str):
            return None
        return next((glob for glob in self.ignored if is_meant(event_type, glob)), None)

    def _selects(self, content: Notification | Unreadable) -> bool:
        if isinstance(content, Unreadable):
            return True
        priority, event_type = content.priority, content.event_type
        if self.priorities and priority not in self.priorities and not _lacks(content, priority):
            return False
        if self.period is not ALWAYS and content.timestamp not in self.period:
            return False
        if not self.events or "*" in self.events:
            return True
        if not isinstance(event_type, str):
            return _lacks(content, event_type)
        return any(is_meant(event_type, glob) for glob in self.events)

    def why_nothing(self, skipped: int) -> str:
        """Return why a source, `skipped` lines of which are no notifications, has none that is to be looked at."""
        asked = {
            "--event": self.events,
            "--priority": self.priorities,
            "--since": self.period.since,
            "--until": self.period.until,
            "--ignore": self.ignored,
        }
        if given := [option for option, value in asked.items() if value]:
            return f"no notification is left by {' and '.join(given)}"
        if skipped == 1:
            return "no notification in it, its only line is something else"
        if skipped:
            return f"no notification in it, its {skipped:,} lines are something else"
        return "no notification in it, it is empty"


def _lacks(content: Notification, told: object) -> bool:
    """Whether a notification does not tell what each must; what a bus has beside notifications is another thing."""
    if isinstance(told, str) or isinstance(content, Excerpt):
        return False
    return is_shaped(content.envelope, is_log=True)


EVERYTHING = Selection()


@dataclass(frozen=True)
class Question:
    """What is asked about notifications: which of them, and whether event types without a contract are allowed.

    `transport` says where they must have been sent, None that it is where the catalog that is asked says. Of those that
    are selected, `extent` says how many are asked about. With `duplicates`, message ids are remembered. `members` of
    records hold lines of logs, beside those that are known. With `lives`, what notifications tell of these is gathered.
    """

    selection: Selection = EVERYTHING
    allow_unknown: bool = False
    transport: Transport | None = ANYWHERE
    extent: Extent = ALL
    duplicates: bool = False
    members: frozenset[str] = frozenset()
    lives: bool = False

    def verdict(self, catalog: Catalog, content: Notification | Unreadable, location: Location) -> Verdict | None:
        """Return the verdict of `catalog` on what was found at `location`, None if it is not selected."""
        if not self._takes_everything and content not in self.selection:
            return None
        return catalog.check(content, location, allow_unknown=self.allow_unknown, transport=self.transport)

    @cached_property
    def _takes_everything(self) -> bool:
        return self.selection == EVERYTHING


ABOUT_EVERYTHING = Question()


def check(
    found: Iterable[Found],
    catalog: Catalog,
    selection: Selection = EVERYTHING,
    *,
    allow_unknown: bool = False,
) -> Iterator[Verdict]:
    """Yield the verdict of `catalog` on everything that was found and is selected.

    With `allow_unknown`, of event types that the catalog does not have only the envelope is checked.
    """
    question = Question(selection, allow_unknown)
    for content, location in read_as(catalog.envelopes, found):
        if (verdict := question.verdict(catalog, content, location)) is not None:
            yield verdict
