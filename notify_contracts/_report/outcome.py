"""The outcome of a run: the one value that every report is written from."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from notify_contracts._checking import GroupKey, Least, Status, Summary
from notify_contracts.catalog import Catalog

if TYPE_CHECKING:
    from notify_contracts._checking import Coverage


class Hint(NamedTuple):
    """Another catalog to which `conforming` of the `failing` notifications do conform."""

    catalog: str
    conforming: int
    failing: int

    def __str__(self) -> str:
        explained = f"{self.conforming} of the {self.failing} failing notifications conform to {self.catalog}"
        return f"{explained}: try --catalog {self.catalog}"


class Outcome(NamedTuple):
    """A summary, the catalog it was made with, and where the notifications came from.

    `problems` says in a line each what else went wrong: a source that could not be read, something that arrived
    otherwise than it was sent; `notes` what else is worth knowing. `coverage` is there where tests were the source, and
    holds the same summary. `known` holds the groups that a baseline knows, which do not make the outcome bad.
    With `fails_on_duplicates`, what was seen before makes it bad, unless a broker says that it delivered it again.
    """

    catalog: Catalog
    sources: tuple[str, ...]
    summary: Summary
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    coverage: "Coverage | None" = None
    known: frozenset[GroupKey] = frozenset()
    fails_on_duplicates: bool = False

    def status(self, contract: str) -> Status:
        """Return what is known of the contract of this id."""
        return (self.coverage or self.summary).status(contract)

    @property
    def is_well(self) -> bool:
        """True where every notification conforms, or breaks only what is known, and there are no problems."""
        if self.problems or (self.fails_on_duplicates and self.duplicates):
            return False
        if self.known:
            return not self.news.groups and not self.news.other_violations
        return self.summary.conforming == self.summary.notifications

    @property
    def duplicates(self) -> int:
        """How many notifications were seen before, as far as it was asked, but for what a broker delivered again."""
        return 0 if self.summary.sightings is None else self.summary.sightings.repeated

    @property
    def why_duplicates_fail(self) -> str:
        """What to say where duplicates make the outcome bad, empty where they do not."""
        if not self.fails_on_duplicates or not self.duplicates:
            return ""
        return (
            f"{self.duplicates:,} notifications had a message id that was seen before, which --fail-on does not allow"
        )

    @property
    def news(self) -> Summary:
        """The summary without the groups that are known; its counts of notifications are those of all."""
        if not self.known:
            return self.summary
        groups = {key: group for key, group in self.summary.groups.items() if key not in self.known}
        return replace(self.summary, groups=Least(groups))

    @property
    def hint(self) -> Hint | None:
        """The catalog that most of the failing notifications conform to, None where none conforms to any."""
        summary = self.summary
        if not summary.elsewhere:
            return None
        best = max(summary.elsewhere, key=lambda name: (summary.elsewhere[name], name))
        failing = summary.notifications - summary.conforming - summary.unreadable - summary.undelivered
        return Hint(best, summary.elsewhere[best], failing)
