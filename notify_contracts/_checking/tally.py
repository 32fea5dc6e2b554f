"""Verdicts counted, and whether another built-in catalog would have them better."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Protocol

from notify_contracts._checking.selection import ABOUT_EVERYTHING, Question
from notify_contracts._checking.summary import Summary
from notify_contracts._schema import IsValid
from notify_contracts.catalog import Catalog, builtin_names, load
from notify_contracts.errors import CatalogError
from notify_contracts.model import Location, Notification, Unreadable, Verdict, Violation

if TYPE_CHECKING:
    from notify_contracts._checking.lives import Judging
    from notify_contracts._checking.sightings import Sightings


class Serving(Protocol):
    """Says of a notification that keeps its contract what it lacks of what its consumers cannot do without."""

    def violations(self, notification: Notification) -> Sequence[Violation]:
        """Return what it lacks."""
        ...


class Tally:
    """Asks a catalog about notifications and counts its verdicts in `summary`.

    What fails is also held against the other built-in catalogs, which are loaded when something first fails, if it
    `asks_others`. With `lives`, a verdict has what is wrong in the life of which its notification tells, too; with
    `serving`, what a notification lacks that keeps its contract.
    """

    def __init__(
        self,
        catalog: Catalog,
        question: Question = ABOUT_EVERYTHING,
        lives: "Judging | None" = None,
        *,
        asks_others: bool = True,
        serving: Serving | None = None,
    ) -> None:
        self._serving = serving
        self._lives = lives
        self.summary = Summary()
        if question.duplicates:
            from notify_contracts._checking.sightings import Sightings

            self.summary.sightings = Sightings()
        self.catalog = catalog
        self._question = question
        self._asks_others = asks_others

    def take(self, content: Notification | Unreadable, location: Location) -> Verdict | None:
        """Count the verdict on what was found at `location`, and return it; None if it is not asked about."""
        verdict = self._question.verdict(self.catalog, content, location)
        keeps_contract = verdict is not None and verdict.conforms
        if self._serving is not None and verdict is not None and isinstance(content, Notification):
            lacking = () if verdict.violations else self._serving.violations(content)
            verdict = replace(verdict, violations=tuple(lacking)) if lacking else verdict
        if self._lives is not None and isinstance(content, Notification):
            found = self._lives.violations(content, location)
            if found and verdict is not None:
                verdict = replace(verdict, violations=(*verdict.violations, *found))
        if verdict is not None:
            self.add(verdict, keeps_contract=keeps_contract)
            if self.summary.sightings is not None and isinstance(content, Notification):
                self._see(self.summary.sightings, content, location)
        else:
            self.leave_out(content)
        return verdict

    def leave_out(self, content: Notification | Unreadable) -> None:
        """Count what is not asked about, if that is because its event type is ignored."""
        if (glob := self._question.selection.ignoring(content)) is not None:
            self.summary.ignored[glob] += 1

    @staticmethod
    def _see(sightings: "Sightings", notification: Notification, location: Location) -> None:
        if isinstance(message_id := notification.message_id, str):
            redelivered = notification.delivery is not None and notification.delivery.redelivered
            sightings.add(message_id, location, redelivered=redelivered)

    def add(self, verdict: Verdict, *, keeps_contract: bool = False) -> None:
        """Count one verdict; where it fails though it `keeps_contract`, another catalog would not help."""
        if not verdict.violations:
            self.summary.add(verdict)
            return
        self.summary.add(verdict, self.catalog.secrets, self.catalog.numbered)
        if isinstance(verdict.content, Notification) and not keeps_contract:
            self.ask_others(verdict.content)

    def ask_others(self, notification: Notification) -> None:
        """Count to which other built-in catalogs a notification conforms that fails."""
        for other in self._others:
            self.ask(other, notification)

    def ask(self, other: Catalog, notification: Notification) -> None:
        """Count it if a notification that fails conforms to another catalog."""
        if other.accepts(notification, transport=self._question.transport):
            self.summary.elsewhere[other.name] += 1

    def others_for(self, event_type: str, priority: str) -> Iterator[tuple[Catalog, IsValid]]:
        """Yield the other catalogs that have a contract for something, with what tells whether its schema is kept."""
        for other in self._others:
            with suppress(CatalogError):  # most have none
                yield other, other.contract(event_type, priority).validator.is_valid

    @cached_property
    def _others(self) -> tuple[Catalog, ...]:
        if not self._asks_others:
            return ()
        asked = {member.name for member in self.catalog.members}
        return tuple(_builtin(name, self.catalog.engine) for name in builtin_names() if name not in asked)


@cache
def _builtin(name: str, engine: str) -> Catalog:
    """Return a built-in catalog, loaded once for all recordings of a process: they may be many, and small."""
    return load(name, engine=engine)
