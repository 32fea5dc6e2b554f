"""What arrived, checked and counted portion by portion: the part of a watch that knows no broker."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from notify_contracts._amqp import Arrival
from notify_contracts._base import dataclass
from notify_contracts._checking import ABOUT_EVERYTHING, Question, Serving, Tally, moment
from notify_contracts._live.watching.recorded import content_of
from notify_contracts.catalog import Catalog
from notify_contracts.model import Location, Notification, Verdict
from notify_contracts.wire.envelopes import reading_as

if TYPE_CHECKING:
    from notify_contracts._checking.lives import Judging

NEWEST = 10
"""How many of the newest verdicts with violations are kept at hand."""


class Sink(Protocol):
    """What is told of everything that arrives."""

    def add(self, arrival: Arrival, verdict: Verdict) -> None:
        """Take one arrival and its verdict."""

    def flush(self) -> None:
        """Put what was taken into a safe place: after this it is acknowledged, and the broker forgets it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """When there is enough: after `count` verdicts, or with the first violation."""

    count: int | None = None
    fail_fast: bool = False


UNLIMITED = Limit()


def nothing_is_known(_verdict: Verdict) -> bool:
    """Return that it is not, where there is no baseline."""
    return False


class Ledger:
    """Counts the verdicts of `catalog` on what arrives from `source`, and hands them to `sinks`.

    Of a verdict that `is_known`, nothing is said: it is no reason to end, and not among the newest.
    `arrived` counts messages, selected or not; `redelivered` those with a verdict that the broker had delivered before.
    `violations` counts by contract id (empty where none applied). Other threads may read all of it but the tally's
    groups while it is being written.
    """

    def __init__(  # noqa: PLR0913 - plain parts, put together in one place
        self,
        catalog: Catalog,
        source: str,
        question: Question = ABOUT_EVERYTHING,
        *,
        limit: Limit = UNLIMITED,
        sinks: Sequence[Sink] = (),
        is_known: Callable[[Verdict], bool] = nothing_is_known,
        clock: Callable[[], float] = time.time,
        lives: "Judging | None" = None,
        serving: Serving | None = None,
    ) -> None:
        self.tally = Tally(catalog, question, lives, serving=serving)
        self._lives = lives
        self.source = source
        self.limit = limit
        self.arrived = 0
        self.redelivered = 0
        self.violations: defaultdict[str, int] = defaultdict(int)
        self.newest: deque[Verdict] = deque(maxlen=NEWEST)
        self.is_full = False
        """Whether the limit was reached."""
        self._sinks = sinks
        self._is_known = is_known
        self._clock = clock
        self._timestamp: object = None
        self._latest: tuple[object, float] = (None, 0.0)
        self._lag: float | None = None
        self._checked = 0

    def take(self, arrivals: Sequence[Arrival]) -> int:
        """Check and count `arrivals`; return how many there was room for. They may be acknowledged then."""
        taken = 0
        with reading_as(self.tally.catalog.envelopes):  # here, for it is another thread's than the command's
            for arrival in arrivals:
                if self.is_full:
                    break
                taken += 1
                if not arrival.is_sentinel:
                    self._add(arrival)
        self._latest = self._timestamp, self._clock()
        for sink in self._sinks:
            sink.flush()
        return taken

    def miss(self) -> None:
        """Take that something was sent that does not arrive: no life goes on from where it was."""
        if self._lives is not None:
            self._lives.interrupt()

    @property
    def lag(self) -> float | None:
        """Seconds from the newest notification's own timestamp until it was checked, None while none told its time."""
        timestamp, checked = self._latest
        told = moment(timestamp)
        if told is not None:
            self._lag = checked - told.timestamp()
        return self._lag

    def _add(self, arrival: Arrival) -> None:
        self.arrived += 1
        content = content_of(arrival)
        verdict = self.tally.take(content, Location(self.source, self.arrived, "message"))
        if verdict is None:
            return
        self.redelivered += arrival.method.redelivered
        for sink in self._sinks:
            sink.add(arrival, verdict)
        if isinstance(content, Notification):
            self._timestamp = content.timestamp
        is_new = bool(verdict.violations) and not self._is_known(verdict)
        if verdict.violations:
            self.violations[verdict.contract or ""] += len(verdict.violations)
        if is_new:
            self.newest.append(verdict)
        self._checked += 1
        self.is_full = self._checked == self.limit.count or (self.limit.fail_fast and is_new)
