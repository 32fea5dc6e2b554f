"""What was found in many files, put together."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from notify_contracts._audit.auditing import Audited
from notify_contracts._checking import Summary, Values
from notify_contracts._report import Outcome
from notify_contracts.catalog import Catalog

if TYPE_CHECKING:
    from notify_contracts._checking.lives import Lives


class Gathering:
    """Adds up what comes, in whatever order it does; of each file no more than its name is kept.

    Lives are followed in the order of the files: what comes early of a later file waits.
    """

    def __init__(self, lives: "Lives | None" = None) -> None:
        self._lives = lives
        self._waiting: dict[int, Sequence[Values]] = {}
        self._next = 0
        self._summary = Summary()
        self._sources: dict[int, str] = {}
        self._problems: dict[int, str] = {}

    def add(self, audited: Audited) -> None:
        """Add what became of some files."""
        self._sources |= audited.read
        self._problems |= audited.problems
        self._summary = self._summary.merge(audited.summary)
        if self._lives is not None:
            self._waiting |= {place: audited.steps.get(place, ()) for place in audited.places}
            self._follow(self._lives)

    def _follow(self, lives: "Lives") -> None:
        """Follow lives through the files whose turn it is."""
        while self._next in self._waiting:
            steps = self._waiting.pop(self._next)
            if self._next in self._sources:
                lives.begin(self._sources[self._next])
                lives.take(steps)
                lives.settle()
            self._next += 1

    def outcome(self, catalog: Catalog, notes: Iterable[str] = ()) -> Outcome:
        """Return what all of it comes to, with sources and problems in the order of the files."""
        sources, problems = (
            tuple(found[place] for place in sorted(found)) for found in (self._sources, self._problems)
        )
        summary, of_lives = self._summary, tuple[str, ...]()
        if self._lives is not None:
            self._lives.finish()
            from notify_contracts._checking.lives import what_nobody_follows

            summary = summary.merge(self._lives.summary)
            of_lives = (*self._lives.notes, *what_nobody_follows(catalog, summary))
        return Outcome(catalog, sources, summary, problems, (*notes, *summary.notes, *of_lives))
