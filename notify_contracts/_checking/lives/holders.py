"""What is in something else ends with it: when which resource took along what was in it."""

from itertools import islice
from typing import Any, NamedTuple

from notify_contracts._checking.lives.automaton import described
from notify_contracts._checking.lives.ways import Step, Way, Ways


class End(NamedTuple):
    """When a resource took along what was in it, by a count of steps, where, and how it is said.

    What was in a resource that got another name `is_known` no longer: it may go on.
    """

    clock: int
    place: Any
    said: str
    is_known: bool


_NEVER = End(0, None, "", is_known=True)


class Holders:
    """Resources that others were seen in."""

    def __init__(self, ways: Ways, most: int) -> None:
        self._most = most
        self.clock = 0
        self._held: dict[str, dict[Any, End]] = {}
        self._places: dict[str, int] = {}
        self._ended_by: dict[int, list[str]] = {}
        self._renamed_by: dict[int, list[str]] = {}
        for machine in ways.machines:
            if (within := machine.lifecycle.within) is not None and within.by in machine.lifecycle.identity:
                name = machine.lifecycle.name
                self._held[name] = {}
                self._places[name] = machine.lifecycle.identity.index(within.by)
                for way in ways.every:
                    if way.lifecycle.name == within.lifecycle:
                        if way.transition.event_type in within.ended_by:
                            self._ended_by.setdefault(way.number, []).append(name)
                        if way.transition.before:
                            self._renamed_by.setdefault(way.number, []).append(name)
        self.enders = frozenset(self._ended_by)
        self.careful = frozenset(
            way.number for way in ways.every if way.lifecycle.name in self._held or way.transition.before
        )

    def enter(self, way: Way, identity: Any) -> int:
        """Remember that a resource is in another; return the time of that."""
        self.clock += 1
        held = self._held.get(way.lifecycle.name)
        if held is not None:
            held.setdefault(self._holder(way, identity), _NEVER)
            if len(held) > self._most:
                for key in list(islice(held, self._most // 8 + 1)):
                    del held[key]
        return self.clock

    def ended(self, way: Way, identity: Any, since: int) -> End | None:
        """Return how a resource ended with another after this time, None if it did not."""
        held = self._held.get(way.lifecycle.name)
        end = None if held is None else held.get(self._holder(way, identity))
        return end if end is not None and end.clock > since else None

    def end(self, way: Way, identity: Any, place: Any) -> None:
        """Remember that a step of a resource, at this place, took along what is in it, if it is such a step."""
        self.clock += 1
        for name in self._ended_by.get(way.number, ()):
            if identity in self._held[name]:
                self._held[name][identity] = End(self.clock, place, described(way.transition), is_known=True)

    def see(self, way: Way, step: Step) -> None:
        """Remember that a step of a resource took along what is in it."""
        self.end(way, step.identity, step.place)
        if step.becomes is not None and step.becomes != step.identity:
            for name in self._renamed_by.get(way.number, ()):
                for identity in (step.identity, step.becomes):
                    self._held[name][identity] = End(self.clock, step.place, "", is_known=False)

    def _holder(self, way: Way, identity: Any) -> Any:
        return identity[self._places[way.lifecycle.name]] if isinstance(identity, tuple) else identity
