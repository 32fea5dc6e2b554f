"""Verdicts counted, and whether another built-in catalog would have them better."""

from functools import cached_property

from notify_contracts.catalog import Catalog, builtin_names, load
from notify_contracts.model import Notification, Verdict
from notify_contracts.summary import Summary


class Tally:
    """Counts verdicts in `summary`; what fails is also held against the other built-in catalogs.

    Those are loaded when something first fails.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.summary = Summary()
        self.catalog = catalog

    def add(self, verdict: Verdict) -> None:
        """Count one verdict."""
        self.summary.add(verdict)
        if verdict.violations and isinstance(verdict.content, Notification):
            for other in self._others:
                if other.accepts(verdict.content):
                    self.summary.elsewhere[other.name] += 1

    @cached_property
    def _others(self) -> tuple[Catalog, ...]:
        return tuple(load(name, engine=self.catalog.engine) for name in builtin_names() if name != self.catalog.name)
