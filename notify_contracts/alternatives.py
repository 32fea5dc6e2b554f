"""Whether another built-in catalog describes what a service sends better than the one it was checked against."""

from dataclasses import dataclass
from functools import cached_property

from notify_contracts.catalog import Catalog, builtin_names, load
from notify_contracts.model import Notification, Verdict


@dataclass(frozen=True, slots=True)
class Hint:
    """Another catalog to which `conforming` of the `failing` notifications do conform."""

    catalog: str
    conforming: int
    failing: int

    def __str__(self) -> str:
        explained = f"{self.conforming} of the {self.failing} failing notifications conform to {self.catalog}"
        return f"{explained}: try --catalog {self.catalog}"


class Alternatives:
    """Checks what failed against the other built-in catalogs, which are loaded when something first fails."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._failing = 0
        self._conforming: dict[str, int] = {}

    def consider(self, verdict: Verdict) -> None:
        """Take a verdict with violations into account."""
        if isinstance(verdict.content, Notification):
            self._failing += 1
            for other in self._others:
                if other.check(verdict.content).conforms:
                    self._conforming[other.name] = self._conforming.get(other.name, 0) + 1

    def hint(self) -> Hint | None:
        """Return the catalog to which most of what failed conforms, if any does."""
        if not self._conforming:
            return None
        best = max(self._conforming, key=lambda name: (self._conforming[name], name))
        return Hint(best, self._conforming[best], self._failing)

    @cached_property
    def _others(self) -> tuple[Catalog, ...]:
        return tuple(load(name, engine=self._catalog.engine) for name in builtin_names() if name != self._catalog.name)
