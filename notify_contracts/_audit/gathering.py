"""What was found in many files, put together."""

from collections.abc import Iterable

from notify_contracts._audit.auditing import Audited
from notify_contracts._checking import Summary
from notify_contracts._report import Outcome
from notify_contracts.catalog import Catalog


class Gathering:
    """Adds up what comes, in whatever order it does; of each file no more than its name is kept."""

    def __init__(self) -> None:
        self._summary = Summary()
        self._sources: dict[int, str] = {}
        self._problems: dict[int, str] = {}

    def add(self, audited: Audited) -> None:
        """Add what became of some files."""
        self._sources |= audited.read
        self._problems |= audited.problems
        self._summary = self._summary.merge(audited.summary)

    def outcome(self, catalog: Catalog, notes: Iterable[str] = ()) -> Outcome:
        """Return what all of it comes to, with sources and problems in the order of the files."""
        sources, problems = (
            tuple(found[place] for place in sorted(found)) for found in (self._sources, self._problems)
        )
        return Outcome(catalog, sources, self._summary, problems, (*notes, *self._summary.notes))
