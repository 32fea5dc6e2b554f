"""What a run of `check` came to: the one value that every report is written from."""

from typing import NamedTuple

from notify_contracts.catalog import Catalog
from notify_contracts.summary import Summary


class Hint(NamedTuple):
    """Another catalog to which `conforming` of the `failing` notifications do conform."""

    catalog: str
    conforming: int
    failing: int

    def __str__(self) -> str:
        explained = f"{self.conforming} of the {self.failing} failing notifications conform to {self.catalog}"
        return f"{explained}: try --catalog {self.catalog}"


class Outcome(NamedTuple):
    """A summary, the catalog it was made with, and where the notifications came from."""

    catalog: Catalog
    sources: tuple[str, ...]
    summary: Summary

    @property
    def hint(self) -> Hint | None:
        """The catalog to which most of what failed conforms, None where none of it conforms to any."""
        summary = self.summary
        if not summary.elsewhere:
            return None
        best = max(summary.elsewhere, key=lambda name: (summary.elsewhere[name], name))
        failing = summary.notifications - summary.conforming - summary.unreadable
        return Hint(best, summary.elsewhere[best], failing)
