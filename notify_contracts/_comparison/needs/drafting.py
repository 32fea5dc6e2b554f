"""A file of needs to begin with: every place that the notifications of a recording have, to be cut down by hand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import PartialResult
from notify_contracts._comparison.gathering import gathered, unreadable_line
from notify_contracts._comparison.needs.composing import Kind, Steps, composed, form_of, path_of
from notify_contracts._comparison.needs.model import Consumer, Effect, Read
from notify_contracts._schema import json_type
from notify_contracts.capture import Recording
from notify_contracts.model import Location, Notification, Unreadable

_MOST_PLACES = 500
_DEEPEST = 40


@dataclass
class Drafted:
    """How many notifications of each kind there were, in how many each place was, and what types it had."""

    seen: Counter[Kind] = field(default_factory=Counter)
    having: Counter[tuple[Kind, Steps]] = field(default_factory=Counter)
    types: dict[tuple[Kind, Steps], set[str]] = field(default_factory=dict)
    full: set[Kind] = field(default_factory=set)
    unreadable: int = 0

    def merge(self, others: Iterable["Drafted"]) -> "Drafted":
        """Return all as one."""
        total = Drafted()
        for one in (self, *others):
            total.seen.update(one.seen)
            total.having.update(one.having)
            total.full |= one.full
            total.unreadable += one.unreadable
            for key, types in one.types.items():
                total.types.setdefault(key, set()).update(types)
        return total

    def note(self, kind: Kind, whole: Mapping[str, Any]) -> None:
        """Add a notification of a kind."""
        self.seen[kind] += 1
        count = self._counts.get(kind, 0)
        for steps, types in _places(whole).items():
            key = kind, steps
            if key not in self.types:
                if count == _MOST_PLACES:
                    self.full.add(kind)
                    continue
                count += 1
                self.types[key] = set()
            self.types[key] |= types
            self.having[key] += "null" not in types
        self._counts[kind] = count

    def problems(self) -> Iterator[str]:
        """Yield why it says less than it seems to, each in a phrase for a user."""
        if self.unreadable:
            yield unreadable_line(self.unreadable)
        for event_type, priority in sorted(self.full):
            kind = " ".join(filter(None, (event_type, priority)))
            yield f"{kind}: more than {_MOST_PLACES} places; the others are left out"

    _counts: dict[Kind, int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Drafting:
    """The work of finding the places of recordings; it travels to other processes."""

    def results(self, recording: Recording) -> Iterator[PartialResult[Drafted]]:
        """Yield what `recording` comes to; raise SourceError if it cannot be read to its end."""
        drafted = Drafted()

        def take(content: Notification | Unreadable, _: Location) -> None:
            if isinstance(content, Notification) and isinstance(content.event_type, str) and content.event_type:
                priority = content.priority if isinstance(content.priority, str) else ""
                drafted.note((content.event_type, priority), content.envelope)
            else:
                drafted.unreadable += 1

        yield from gathered(recording, drafted, take)


def drafted_consumer(name: str, drafted: Drafted) -> Consumer:
    """Return a consumer that reads every place that was found.

    Without what was always there, it fails; what was sometimes absent or null is lost where it is. An object or a list
    is a place only where nothing was ever in it.
    """
    reads: dict[Kind, list[Read]] = {kind: [] for kind in drafted.seen}
    inner = {(kind, steps[:-1]) for kind, steps in drafted.types}
    for (kind, steps), types in sorted(drafted.types.items(), key=lambda each: (each[0][0], str(path_of(each[0][1])))):
        if (kind, steps) not in inner and types != {"null"}:
            is_always = drafted.having[(kind, steps)] == drafted.seen[kind] and None not in steps
            effect = Effect.FAILS if is_always else Effect.LOST
            reads[kind].append(Read((path_of(steps),), form_of(types), effect, effect))
    return Consumer(name, tuple(composed({kind: tuple(found) for kind, found in reads.items()})))


def _places(whole: Mapping[str, Any]) -> dict[Steps, set[str]]:
    """Return the places within a notification, with the types of what is there; all items of a list are one place."""
    found: dict[Steps, set[str]] = {}
    waiting: list[tuple[Steps, Any]] = [((key,), value) for key, value in whole.items()]
    while waiting:
        steps, value = waiting.pop()
        kind = json_type(value)
        found.setdefault(steps, set()).update({kind} if kind else ())
        if len(steps) < _DEEPEST and isinstance(value, dict):
            waiting.extend(((*steps, key), inner) for key, inner in value.items())
        elif len(steps) < _DEEPEST and isinstance(value, list):
            waiting.extend(((*steps, None), inner) for inner in value)
    return found
