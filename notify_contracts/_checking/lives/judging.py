"""Lives followed one notification after the other, while they come: what is wrong is said at once."""

from notify_contracts._checking.lives.findings import Finding, identity_parts
from notify_contracts._checking.lives.following import Following
from notify_contracts._checking.lives.lives import STATES_NONE, counts, why_nothing
from notify_contracts._checking.lives.ways import ways_of
from notify_contracts._checking.steps import MOST_OPEN
from notify_contracts.catalog import Catalog
from notify_contracts.errors import UsageError
from notify_contracts.model import Location, Notification, Violation


class Judging:
    """Follows the lives that the lifecycles of `catalog` state, at most `most` open ones of a kind.

    Raise UsageError for a catalog without lifecycles.
    """

    def __init__(self, catalog: Catalog, source: str, most: int = MOST_OPEN) -> None:
        self._name = catalog.name
        self._ways = ways_of(catalog)
        if not self._ways.every:
            raise UsageError(f"{catalog.name} {STATES_NONE}")
        self._found: list[Finding] = []
        self._following = Following(self._ways, self._found.append, most)
        self._following.begin(source)

    def violations(self, notification: Notification, location: Location) -> tuple[Violation, ...]:
        """Return what is wrong in its life with the notification that comes next."""
        step = self._ways.step(location, notification.envelope, passed=True)
        if step is None:
            return ()
        self._following.take((step,))
        found = tuple(finding.violation for finding in self._found)
        self._found.clear()
        return found

    def interrupt(self) -> None:
        """Forget all lives: what comes next is not what came next."""
        self._following.interrupt()

    @property
    def lifecycles(self) -> dict[str, tuple[str, ...]]:
        """The fields that tell the resources of each lifecycle apart, by its name."""
        return {machine.lifecycle.name: machine.lifecycle.identity for machine in self._ways.machines}

    def told_by(self, notification: Notification) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return of which lives it tells, as lifecycles and identities: of none, one, or two if it gives a new name."""
        values = self._ways.step(None, notification.envelope, passed=True)
        step = None if values is None else self._ways.known(values)
        if step is None:
            return ()
        lifecycle = self._ways.every[step.way].lifecycle.name
        identities = (step.identity,) if step.becomes is None else (step.identity, step.becomes)
        return tuple((lifecycle, tuple(map(str, identity_parts(identity)))) for identity in identities)

    @property
    def why_nothing(self) -> str | None:
        """Why no life was followed, None if one was."""
        return why_nothing(self._following, self._name)

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say, a line each."""
        return (counts(self._following),)
