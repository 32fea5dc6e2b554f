"""Whole lives: steps in, and in the end what is wrong with them and what there is to say."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from notify_contracts._checking.lives.automaton import described
from notify_contracts._checking.lives.clock import shown
from notify_contracts._checking.lives.deviations import symbol_name, symbol_of
from notify_contracts._checking.lives.findings import listed_few
from notify_contracts._checking.lives.following import Following
from notify_contracts._checking.lives.gathering import Gathering
from notify_contracts._checking.lives.ordering import Ordering
from notify_contracts._checking.lives.ways import Read, ways_of
from notify_contracts._checking.steps import MOST_OPEN, OF_NO_LIFE, Values
from notify_contracts._checking.summary import Summary
from notify_contracts.catalog import Catalog
from notify_contracts.errors import UsageError
from notify_contracts.model import STILL_OPEN, Notification, Verdict, Violation

STATES_NONE = "states no lifecycles: write its lifecycles.json, or leave --lifecycles, and the setting of it, out"


class How(NamedTuple):
    """How lives are followed.

    At most `most` open lives of a kind are remembered, and as many that are over. Where `is_whole`, the recordings hold
    everything that was sent. With a `window`, the steps of all recordings are taken in the order of their times, if
    none was recorded later than that after its time. A life in which something is under way must not be without a word
    for longer than `open_for`.
    """

    most: int = MOST_OPEN
    is_whole: bool = False
    window: timedelta | None = None
    open_for: timedelta | None = None


AS_RECORDED = How()


class Lives:
    """Follows the lives that the lifecycles of `catalog` state, one source after the other.

    `line` makes the line of a verdict where lines are wanted. Raise UsageError for a catalog without lifecycles.
    """

    def __init__(
        self, catalog: Catalog, line: Callable[[Verdict], bytes] | None = None, how: How = AS_RECORDED
    ) -> None:
        ways = ways_of(catalog)
        if not ways.every:
            raise UsageError(f"{catalog.name} {STATES_NONE}")
        self._ways = ways
        self._open_for = how.open_for
        self._name = catalog.name
        self._gathering = Gathering(catalog, line, is_whole=how.is_whole)
        self._following = Following(
            ways, self._gathering.add, how.most, keeps_ids=how.open_for is not None, is_whole=how.is_whole
        )
        self._ordering = None if how.window is None else Ordering(how.window)
        self._source, self._sources = "", list[str]()

    def begin(self, source: str) -> None:
        """Go on with another source."""
        self._gathering.forget()  # what the last one told, if it was not settled
        self._source = source
        self._following.begin(source)
        if self._ordering is not None:
            self._ordering.begin()

    def take(self, steps: Sequence[Values]) -> None:
        """Take steps of the source, in their order."""
        if self._ordering is None:
            self._following.take(steps)
            return
        self._ordering.take(steps, self._following.base)
        self._following.take(step for step in steps if step[1] == OF_NO_LIFE)

    def follower(self, pair: tuple[Any, Any]) -> Read[None] | None:
        """Return what takes notifications of an event type and a priority as they come, None if they are of no life."""
        return self._following.follower(pair)

    @property
    def takes_at_once(self) -> bool:
        """Whether steps are taken as they come, in no other order."""
        return self._ordering is None

    def settle(self) -> bytes:
        """End the source; return the lines of what was found in it, none where all are put in order first."""
        self._sources.append(self._source)
        if self._ordering is None:
            self._settle(self._source)
        else:
            self._ordering.settle()
        return self._lines()

    def _settle(self, source: str) -> None:
        self._gathering.gaps.steps, self._gathering.gaps.going_on = self._following.steps
        self._gathering.settle(source)

    def finish(self) -> bytes:
        """End the run; return the lines of what is found now that nothing more comes."""
        if self._ordering is not None:
            self._following.begin_all(self._ordering.spans)
            self._following.take(self._ordering.all())
            self._settle(listed_few(self._sources))
        self._gathering.finish(self._following.kinds_begun)
        if self._open_for is not None:
            self._fail_open(self._open_for)
        return self._lines()

    def _lines(self) -> bytes:
        lines, self._gathering.found.lines = b"".join(self._gathering.found.lines), []
        return lines

    @property
    def summary(self) -> Summary:
        """What was found, to be merged with the summary of the notifications."""
        return self._gathering.found.summary

    @property
    def why_nothing(self) -> str | None:
        """Why lives could not be checked, None if they were."""
        following = self._following
        if self._open_for is not None and following.open_count and following.clock.now is None:
            return "no notification tells its time: how long lives were without a word is not known"
        return why_nothing(following, self._name)

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say, a line each."""
        return (counts(self._following), *self._late, *self._parts, *self._open)

    @property
    def _late(self) -> Sequence[str]:
        ordering = self._ordering
        if ordering is None or not ordering.late:
            return []
        late = f"steps of lives recorded more than {_age(ordering.window)} after one of a later time: {ordering.late:,}"
        return [f"{late}; they are followed as recorded: give a longer --window, unless that later time is wrong"]

    @property
    def _parts(self) -> Sequence[str]:
        return [
            f"{source}: holds only a part of what was sent: {gaps.count:,} times something is missing in its "
            f"{gaps.steps:,} steps, of {len(gaps.missing)} kinds; that is not held against anybody "
            "(--whole-recording does)"
            for source, gaps in self._gathering.parts
        ]

    @property
    def _open(self) -> Sequence[str]:
        unfinished = self._following.still_open()
        if not unfinished:
            return []
        first = unfinished[0]
        longest = f"the longest without a word for {_age(first.age)}: {first.name}, {first.record.state.names[0]}"
        return [f"lives in which something is under way: {len(unfinished):,}, {longest}"]

    def _fail_open(self, longest: timedelta) -> None:
        """Find every open life in which something is under way, and of which nothing was told for longer than this."""
        machines = {machine.lifecycle.name: machine for machine in self._ways.machines}
        for one in self._following.still_open():
            if one.age <= longest:
                return
            symbol, machine = symbol_of(one.record), machines[one.lifecycle]
            contract = machine.symbols[symbol].contract
            event_type, _, priority = contract.rpartition("-")
            expected = listed_few(described(way) for way in machine.possible(one.record.state.configs))
            states = " or ".join(one.record.state.names)
            location = self._following.location(one.record.place)
            since = f"{symbol_name(machine, symbol)} at {location}"
            said = f'{one.name}: still open, "{states}" since {since}, and for {_age(one.age)} '
            violation = Violation("", STILL_OPEN, f"{said}nothing more was told; expected {expected}", contract)
            envelope = {"message_id": one.record.message_id, "event_type": event_type, "priority": priority}
            envelope["timestamp"] = shown(one.record.time)
            self._gathering.add_verdict(
                Verdict(Notification(envelope), contract, (violation,), location),
                had_passed=not isinstance(one.record.by, str) and one.record.by >= 0,
            )


def why_nothing(following: Following, catalog: str) -> str | None:
    """Return why no life was followed, None if one was."""
    if following.begun or following.joined:
        return None
    return f"no notification is of a life that {catalog} states: no life was checked"


def counts(following: Following) -> str:
    """Return how many lives were followed, and how far."""
    told = [
        f"{following.finished:,} finished",
        f"{following.open_count:,} still open",
        f"{following.joined:,} joined in the middle" if following.joined else "",
        f"{following.afresh:,} followed anew, for the recordings are not in the order of time (--order time puts them "
        "into it)"
        if following.afresh
        else "",
        f"{following.redelivered:,} notifications seen before, which are no second step"
        if following.redelivered
        else "",
        f"{following.nameless:,} notifications that name no resource: neither a text, which must not be empty, nor a "
        "whole number where its lifecycle says"
        if following.nameless
        else "",
        f"{following.forgotten:,} forgotten while they were open, for there were more than --open-lives allows"
        if following.forgotten
        else "",
        f"{following.forgotten_over:,} forgotten after their end, for there were more than --open-lives allows"
        if following.forgotten_over
        else "",
        f"{following.interrupted:,} forgotten while they were open, for something may have been missed"
        if following.interrupted
        else "",
    ]
    return f"lives: {following.begun + following.joined:,} followed, {', '.join(filter(None, told))}"


def _age(age: timedelta) -> str:
    """Return an age as people say it, in whole seconds, minutes, hours or days."""
    seconds = int(age.total_seconds())
    for length, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * length:
            return f"{seconds // length} {name}"
    return f"{seconds} seconds"
