"""One lifecycle made wider: what followed something that it could not follow may, and what is new gets its place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from notify_contracts._base import free
from notify_contracts._drafting.documents import Pair, Schema
from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.lives import Identity, kind_of
from notify_contracts._drafting.inference.lives.naming import form_name, happened
from notify_contracts._drafting.inference.lives.steps import Steps, births_of, heard
from notify_contracts._drafting.updating.round import Change, add_comment
from notify_contracts._drafting.updating.trails import Place
from notify_contracts._schema import pointer_text
from notify_contracts.catalog import LIFECYCLES

_HALF = 2

Step = tuple[Pair, Pair]


class Placing:
    """Changes the lifecycle `one` of a name, in which each notification makes one of `ways`, by the `steps` that came.

    `new` are notifications that it does not have, with what identifies the resource in them. What is `nameless` came
    so often without saying of which resource: a step past that may be none.
    """

    def __init__(  # noqa: PLR0913 - each is another thing
        self,
        name: str,
        one: Schema,
        ways: Mapping[Pair, Schema],
        new: Mapping[Pair, Identity],
        steps: Steps,
        *,
        nameless: Mapping[Pair, int],
    ) -> None:
        self._name = name
        self._one = one
        self._states: dict[str, list[Any]] = one["states"]
        self._known = ways
        self._ways = dict(ways)
        self._new = new
        self._steps = steps
        self._total = steps.steps.total()
        self._out, self._in = Counter[Pair](), Counter[Pair]()
        for (before, after), count in steps.steps.items():
            self._out[before] += count
            self._in[after] += count
        self._allowed: list[Step] = []
        self._own: set[str] = set()  # states that new notifications lead to, and nothing else did
        self._doubtful = {step for step, count in steps.steps.items() if self._is_past(*step, count, nameless)}

    def changes(self, *, is_rare_allowed: bool) -> list[Change]:
        """Allow the steps, and return what was changed."""
        often = sorted(self._steps.steps.items(), key=lambda item: (-item[1], item[0]))
        self._allowed = [step for step, _ in often if is_rare_allowed or not self._is_rare(step)]
        self._allowed = [step for step in self._allowed if step not in self._doubtful]
        begun = [pair for pair in births_of(self._steps) if pair in self._new]
        made = self._allow_steps()  # of what is known, before it is seen what comes after the new as after that
        for pair in self._reached(begun):
            self._ways[pair] = self._way(pair)
        made += [self._allow(self._one["start"], pair, "at the beginning", self._steps.first[pair]) for pair in begun]
        made += self._allow_steps()
        self._end()
        return [change for change in made if change is not None]

    def rare(self) -> list[Change]:
        """Return the steps that are rare, and that what was changed does not allow either."""
        return self._unallowed(step for step in self._steps.steps if step not in self._doubtful)

    def doubtful(self) -> list[Change]:
        """Return the steps that are not allowed because something nameless may have come between."""
        return self._unallowed(self._doubtful)

    def _unallowed(self, steps: Iterable[Step]) -> list[Change]:
        found = []
        for before, after in sorted(steps):
            if before in self._ways and after in self._ways and not self._has(self._ways[before]["to"], after):
                said, count = f"after {' '.join(before)}", self._steps.steps[before, after]
                found.append(self._change(self._ways[before]["to"], after, said, count))
        return found

    def _is_past(self, before: Pair, after: Pair, count: int, nameless: Mapping[Pair, int]) -> bool:
        """Whether something may follow only because all that came between, which the lifecycle has, was nameless."""
        if before not in self._known or after not in self._known or not nameless:
            return False
        first = self._known[before]["to"]
        states = [first]
        for state in states:
            for way in self._states[state]:
                pair, to = (way["event_type"], way["priority"]), way["to"]
                if pair == after:
                    return bool(state != first)
                if nameless.get(pair, 0) >= count and to not in states:
                    states.append(to)
        return False

    def _allow_steps(self) -> list[Change | None]:
        return [
            self._allow(self._ways[before]["to"], after, f"after {' '.join(before)}", self._steps.steps[before, after])
            for before, after in self._allowed
            if before in self._ways and after in self._ways
        ]

    def _is_rare(self, step: Step) -> bool:
        """Whether a step is rare: among all, or among those to and from what is new, which may be few."""
        before, after = step
        totals = [total for pair, total in ((before, self._out[before]), (after, self._in[after])) if pair in self._new]
        return any(is_rare(self._steps.steps[step], total) for total in totals or [self._total])

    def _reached(self, begun: list[Pair]) -> list[Pair]:
        """Return the new notifications that begin a life or come after what the lifecycle has, directly or not."""
        reached = dict.fromkeys(begun)
        while more := [
            after
            for before, after in self._allowed
            if after in self._new and after not in reached and (before in self._known or before in reached)
        ]:
            reached |= dict.fromkeys(more)
        return list(reached)

    def _way(self, pair: Pair) -> Schema:
        """Return the transition of a new notification: to the state after which the same may follow, or to its own.

        A state after which nothing comes is its own, for it is another end.
        """
        following = {after for before, after in self._allowed if before == pair}
        for state, ways in self._states.items():
            if state in self._own or state == self._one["start"]:
                continue
            known = {(way["event_type"], way["priority"]) for way in ways}
            new = {after for before, after in self._allowed if after in self._new and self._leads(before, state)}
            is_over = state in self._one.get("ends", ())
            if following and following == known | new and is_over == self._is_over(pair):
                return self._transition(pair, state)
        kind = "-".join(kind_of(pair[0]))
        state = free(happened(kind, pair, [*self._known, *self._new]), self._states)
        self._states[state] = []
        self._own.add(state)
        return self._transition(pair, state)

    def _leads(self, pair: Pair, state: str) -> bool:
        return pair in self._known and self._known[pair]["to"] == state

    def _transition(self, pair: Pair, state: str) -> Schema:
        return {"event_type": pair[0], "priority": pair[1], "fields": self._form(self._new[pair]), "to": state}

    def _form(self, identity: Identity) -> str:
        """Return the form of notifications that have the identity at a place and nothing else of the resource."""
        fields: dict[str, Any] = self._one["fields"]
        pointers = dict(identity.pointers)
        for name, form in fields.items():
            if form == pointers:
                return name
        name = free(form_name(self._name, identity.pointers), fields)
        fields[name] = pointers
        return name

    def _allow(self, state: str, pair: Pair, said: str, count: int) -> Change | None:
        ways = self._states[state]
        if self._has(state, pair):
            return None
        if not ways and state not in {*self._own, self._one["start"]}:  # it was an end, and stays one
            self._one["ends"] = [*self._one.get("ends", ()), state]
        ways.append(dict(self._ways[pair]))
        change = self._change(state, pair, said, count)
        add_comment(self._one, change.what, count, change.total)
        return change

    def _has(self, state: str, pair: Pair) -> bool:
        return any((way["event_type"], way["priority"]) == pair for way in self._states[state])

    def _change(self, state: str, pair: Pair, said: str, count: int) -> Change:
        total = self._total if said.startswith("after") else self._steps.lives
        place = Place(LIFECYCLES, pointer_text((self._name, "states", state)))
        return Change(place, f"also {' '.join(pair)} {said}", count, total)

    def _is_over(self, pair: Pair) -> bool:
        """Whether a life is over after a notification: after most of it nothing came."""
        return self._steps.last[pair] * _HALF >= heard(self._steps, pair)

    def _end(self) -> None:
        """Have lives be over in the new states after which nothing comes mostly, or from which none ever is."""
        over = {self._ways[pair]["to"] for pair in self._new if pair in self._ways and self._is_over(pair)}
        ends = [state for state in sorted(self._own & over) if self._states[state]]
        ending = {*self._one.get("ends", ()), *ends, *(state for state, ways in self._states.items() if not ways)}
        while more := {
            state
            for state, ways in self._states.items()
            if state not in ending and any(way["to"] in ending for way in ways)
        }:
            ending |= more
        ends += sorted(self._own - ending)
        if ends:
            self._one["ends"] = [*self._one.get("ends", ()), *ends]
