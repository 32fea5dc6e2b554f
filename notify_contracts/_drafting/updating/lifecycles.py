"""Lifecycles made wider: what followed something that it could not follow may follow it from now on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from notify_contracts._checking import PartialResult, Selection, opened
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.inferring import Run
from notify_contracts._drafting.inference.lives import Following, Identity, unordered
from notify_contracts._drafting.inference.reading import read_by
from notify_contracts._drafting.updating.round import Change, add_comment
from notify_contracts._drafting.updating.trails import Pair, Place
from notify_contracts._schema import pointer_parts, pointer_text
from notify_contracts._untrusted import loads
from notify_contracts.capture import Recording
from notify_contracts.catalog import LIFECYCLES
from notify_contracts.errors import DamagedError
from notify_contracts.model import Excerpt, Found, Notification


@dataclass(frozen=True)
class FollowingAgain:
    """Follows the lives of what `identities` name."""

    identities: Mapping[Pair, Identity]
    selection: Selection

    def results(self, recording: Recording) -> Iterator[PartialResult[Following]]:
        """Yield how far reading has come, and in the end whom it followed."""
        follower = _Follower(self)
        with suppress(DamagedError):  # it was said when it was learned from
            yield from read_by(follower, recording)
        yield PartialResult(b"", recording.position, follower.following)


class _Follower:
    def __init__(self, again: FollowingAgain) -> None:
        self.following = Following(again.identities)
        self._identities = again.identities
        self._selection = again.selection

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Follow what is in lines; return the places of those that hold anything else than one notification."""
        left = []
        for place, line in enumerate(lines):
            try:
                envelope, _ = opened(loads(line))
                pair = envelope["event_type"], envelope["priority"]
                if pair in self._identities and Notification(envelope) in self._selection:
                    self.following.take(pair, envelope)
            except Exception:  # noqa: BLE001 - the ordinary way says what it is
                left.append(place)
        return left

    def take(self, found: Found) -> None:
        """Follow what was found in another way."""
        content = found[0]
        if isinstance(content, Notification) and not isinstance(content, Excerpt) and content in self._selection:
            pair = content.event_type, content.priority
            if all(isinstance(name, str) for name in pair) and pair in self._identities:
                self.following.take(pair, content.envelope)


def widen_lifecycles(content: Schema, selection: Selection, run: Run, *, is_rare_allowed: bool) -> list[Change]:
    """Have the lifecycles in the content of such a file allow the steps that recordings show; return what was changed.

    Those stay in which it is not the notification alone that says to which state it leads.
    """
    simple = {name: ways for name, one in content.items() if (ways := _ways_of(one)) is not None}
    found = {
        pair: Identity(name, _path(content[name], way)) for name, ways in simple.items() for pair, way in ways.items()
    }
    following = Following(found)
    if found:
        for part in run(FollowingAgain(found, selection)):
            following.merge(part)
    backwards = unordered(following)
    changes: list[Change] = []
    for name, ways in simple.items():
        steps: Counter[tuple[Pair, Pair]] = Counter()
        for life in following.lives.get(name, {}).values():
            steps.update(life.steps)
        total = steps.total()
        allowed = [(step, n) for step, n in sorted(steps.items()) if is_rare_allowed or not is_rare(n, total)]
        if name not in backwards:
            changes += _allow(name, content[name], ways, allowed, total)
    return changes


def _allow(
    name: str, one: Schema, ways: Mapping[Pair, Schema], steps: Iterable[tuple[tuple[Pair, Pair], int]], total: int
) -> Iterator[Change]:
    states = one["states"]
    for (before, after), count in steps:
        state = ways[before]["to"]
        if all((way["event_type"], way["priority"]) != after for way in states[state]):
            if not states[state]:  # it was an end, and stays one
                one["ends"] = [*one.get("ends", ()), state]
            states[state].append(dict(ways[after]))
            what = f"also {' '.join(after)} after {' '.join(before)}"
            add_comment(one, what, count, total)
            yield Change(Place(LIFECYCLES, pointer_text((name, "states", state))), what, count, total)


def _ways_of(one: Schema) -> dict[Pair, Schema] | None:
    """Return by notification the one transition that it makes from wherever it comes, None if that is not said so."""
    found: defaultdict[Pair, list[Schema]] = defaultdict(list)
    for ways in one["states"].values():
        for way in ways:
            if way not in found[way["event_type"], way["priority"]]:
                found[way["event_type"], way["priority"]].append(way)
    forms = [form.get(one["identity"]) if isinstance(one["identity"], str) else None for form in one["fields"].values()]
    is_simple = "within" not in one and all(len(ways) == 1 for ways in found.values())
    plain = all(isinstance(pointer, str) for pointer in forms)
    stated = any(ways[0].keys() & {"values", "changes"} for ways in found.values())
    return {pair: ways[0] for pair, ways in found.items()} if is_simple and plain and not stated else None


def _path(one: Schema, way: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names that lead from the payload to the identity in a transition's notification."""
    return tuple(str(part) for part in pointer_parts(one["fields"][way["fields"]][one["identity"]])[1:])
