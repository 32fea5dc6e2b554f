"""The lives of which a test's notifications tell: each as a list that can be read, and what is wrong with them."""

from collections.abc import Callable, Iterator, Sequence

from notify_contracts._checking import broken, named
from notify_contracts._schema import did_you_mean, quoted
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog
from notify_contracts.errors import ContractViolatedError, UsageError
from notify_contracts.model import Location, Notification, Verdict, Violation
from notify_contracts.testing.searching import Content
from notify_contracts.testing.strictness import Strictness

_SOURCE = "the test"
_MOST_LIVES = 5


class Life(tuple[Notification, ...]):
    """What was recorded of one resource, oldest first; ``str()`` is a line for each, with what is wrong with it."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(_lines(self, {}))


class LivesFollowed:
    """Follows the lives of which the notifications of one recorder tell, in the order in which they come."""

    def __init__(self, catalog: Catalog, strictness: Strictness = Strictness.STRICT) -> None:
        """Raise UsageError for a catalog that states no lifecycle."""
        from notify_contracts._checking.lives import Judging  # much, and seldom asked for

        self.strictness = strictness
        self._catalog = catalog
        self._judging = Judging(catalog, _SOURCE)
        self._taken = 0
        self._found: list[Verdict] = []  # what was not told yet
        self._wrong: dict[int, tuple[Violation, ...]] = {}

    def problem(self, recorded: Sequence[Content], fails: Callable[[Verdict], bool]) -> ContractViolatedError | None:
        """Go on with what is new in `recorded`; return the error for what is wrong with it and `fails`."""
        if self.strictness == Strictness.OFF:
            return None
        self.take(recorded)
        found, self._found = self._found, []
        wrong = [verdict for verdict in found if fails(verdict)]
        return self._error(wrong, recorded) if wrong else None

    def drop(self, recorded: Sequence[Content], count: int) -> None:
        """Forget that the first `count` were recorded, though not what they told: lives go on."""
        self.take(recorded)
        self._taken -= count
        self._found.clear()
        self._wrong.clear()  # by the ids of objects, which others may get now

    def take(self, recorded: Sequence[Content]) -> None:
        """Go on with what is new in `recorded`."""
        for number, content in enumerate(recorded[self._taken :], self._taken):
            if not isinstance(content, Notification):
                continue
            location = Location(_SOURCE, number + 1, "notification")
            if found := self._judging.violations(content, location):
                self._wrong[id(content)] = found
                self._found.append(Verdict(content, found[0].contract, found, location))
        self._taken = len(recorded)

    def life(self, recorded: Sequence[Content], lifecycle: str, identity: Sequence[object]) -> Life:
        """Return what `recorded` tells of one resource; raise UsageError where none can be called that."""
        names = self._judging.lifecycles
        if lifecycle not in names:
            meant = did_you_mean(lifecycle, names) or f"; choose from {', '.join(map(printable, names))}"
            raise UsageError(f"{self._catalog.name} has no lifecycle {quoted(lifecycle)}{meant}")
        if len(identity) != len(fields := names[lifecycle]):
            told_apart = " and ".join(map(printable, fields))
            raise UsageError(f"{quoted(lifecycle)} is told apart by its {told_apart}; found {len(identity)} values")
        wanted = lifecycle, tuple(map(str, identity))
        notifications = (content for content in recorded if isinstance(content, Notification))
        return Life(one for one in notifications if wanted in self._judging.told_by(one))

    def _error(self, wrong: Sequence[Verdict], recorded: Sequence[Content]) -> ContractViolatedError:
        error = broken(self._catalog, wrong)
        lives = dict.fromkeys(
            told
            for verdict in wrong
            if isinstance(verdict.content, Notification)
            for told in self._judging.told_by(verdict.content)[:1]
        )
        lines = [str(error)]
        for lifecycle, identity in list(lives)[:_MOST_LIVES]:
            lines.append(f"life of {printable(' '.join((lifecycle, *identity)))}:")
            lines += _lines(self.life(recorded, lifecycle, identity), self._wrong)
        return ContractViolatedError("\n".join(lines), error.violations)


def _lines(life: Life, wrong: dict[int, tuple[Violation, ...]]) -> Iterator[str]:
    """Yield a line for each step; one that is wrong is marked, and behind it stands how it is wrong."""
    for number, notification in enumerate(life, 1):
        found = wrong.get(id(notification), ())
        mark, why = (">", f"  <- {', '.join(one.keyword for one in found)}") if found else (" ", "")
        yield f"{mark} {number}. {named(notification)}{why}"
