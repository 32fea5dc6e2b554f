"""From recordings to verdicts, one at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from notify_contracts.catalog import Catalog
from notify_contracts.model import Found, Notification, Unreadable, Verdict


@dataclass(frozen=True)
class Selection:
    """Which notifications are looked at: a glob of event types, and a priority or None for all three."""

    event: str = "*"
    priority: str | None = None

    def __contains__(self, content: Notification | Unreadable) -> bool:
        """Whether `content` is to be looked at; what is unreadable always is, for nobody knows what it was."""
        if isinstance(content, Unreadable):
            return True
        if self.priority not in (None, content.priority):
            return False
        return self.event == "*" or (
            isinstance(content.event_type, str) and fnmatchcase(content.event_type, self.event)
        )

    def why_nothing(self, skipped: int) -> str:
        """Return why a source, `skipped` lines of which are no notifications, has none that is to be looked at."""
        if self != EVERYTHING:
            return "no notification matches --event and --priority"
        if skipped:
            return f"no notification in it, its {skipped} lines are something else"
        return "no notification in it, it is empty"


EVERYTHING = Selection()


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
    everything = selection == EVERYTHING
    for content, location in found:
        if everything or content in selection:
            yield catalog.check(content, location, allow_unknown=allow_unknown)
