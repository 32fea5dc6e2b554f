"""Lifecycles brought up to date: steps that really come are added, new event types get their place, or a life anew."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy

from notify_contracts._base import dataclass
from notify_contracts._checking import Selection
from notify_contracts._drafting.documents import Pair, Schema
from notify_contracts._drafting.inference import Learned
from notify_contracts._drafting.inference.inferring import Run
from notify_contracts._drafting.inference.lives import Following, Identity, identities, kind_of, lifecycles, unordered
from notify_contracts._drafting.inference.lives.drafting import MOST_EVENTS
from notify_contracts._drafting.inference.lives.fields import Path, fields_of
from notify_contracts._drafting.inference.lives.steps import steps_of
from notify_contracts._drafting.updating.following import FollowingAgain
from notify_contracts._drafting.updating.placing import Placing
from notify_contracts._drafting.updating.round import Change
from notify_contracts._schema import pointer_parts

Ways = Mapping[Pair, Schema]
"""By notification the one transition that it makes, from wherever it comes."""


@dataclass(frozen=True)
class Lives:
    """The content of a file of lifecycles, what was changed in those that were there, and the names of new ones.

    `rare` are the steps that were not allowed because they are rare, as the changes that would allow them; `doubtful`
    those between which something may have come that names no resource.
    `left` are new contracts of a kind that has a lifecycle, and that are in none. Of kinds that are `unordered` nothing
    is said, for time runs back in so many steps of how many.
    """

    content: Schema
    changes: tuple[Change, ...]
    new: tuple[str, ...]
    rare: tuple[Change, ...]
    doubtful: tuple[Change, ...]
    left: tuple[Pair, ...]
    unordered: Mapping[str, tuple[int, int]]


class Lifecycles:
    """The lifecycles of a catalog, `content` its file, to be brought up to date with what was learned.

    `added` are its new contracts. Those lifecycles stay in which it is not the notification alone that says to which
    state it leads.
    """

    def __init__(self, content: Schema, learned: Learned, added: Collection[Pair]) -> None:
        self._content = content
        self._ways = {name: ways for name, one in content.items() if (ways := _ways_of(one)) is not None}
        self._known = {
            pair: Identity(name, _fields_in(content[name], way["fields"]))
            for name, ways in self._ways.items()
            for pair, way in ways.items()
        }
        ids = identities(learned) if added else {}
        self._homes = _homes_of(content, added)
        self._placed = self._in_those_there(learned, ids)
        self._anew = self._in_new_ones({*added} - self._placed.keys(), ids)

    def with_steps(
        self, selection: Selection, run: Run, faulty: Callable[[Schema], set[str]], *, is_rare_allowed: bool
    ) -> Lives:
        """Return them with the steps that recordings show, as far as they are not `faulty` then."""
        every = {**self._known, **self._placed, **self._anew}
        following = Following(identity.kind for identity in every.values())
        for part in run(FollowingAgain(every, selection)) if every else ():
            following.merge(part)
        content = deepcopy(self._content)
        changes, rare, doubtful = dict[str, list[Change]](), dict[str, list[Change]](), dict[str, list[Change]]()
        backwards = unordered(following)
        for name, ways in self._ways.items():
            if name not in backwards:
                new = {pair: identity for pair, identity in self._placed.items() if identity.kind == name}
                new = new if len(ways) + len(new) <= MOST_EVENTS else {}
                steps = steps_of(following.lives[name].values())
                placing = Placing(name, content[name], ways, new, steps, nameless=following.nameless)
                changes[name] = placing.changes(is_rare_allowed=is_rare_allowed)
                rare[name], doubtful[name] = placing.rare(), placing.doubtful()
        fresh = lifecycles(self._anew, following)
        wrong = faulty({**content, **fresh}) if fresh or any(changes.values()) else set()
        content |= {name: one for name, one in self._content.items() if name in wrong}
        sound = {name: one for name, one in fresh.items() if name not in wrong}
        made, unmade, unclear = (
            tuple(change for name, several in of_each.items() if name not in wrong for change in several)
            for of_each in (changes, rare, doubtful)
        )
        after = {**content, **sound}
        left = (pair for pair in sorted(self._homes.keys() - _pairs_in(after)) if self._homes[pair])
        return Lives(after, made, tuple(sound), unmade, unclear, tuple(left), backwards)

    def _in_those_there(self, learned: Learned, ids: Mapping[Pair, Identity]) -> dict[Pair, Identity]:
        """Return what identifies a resource in new contracts of whose kind there is one lifecycle."""
        found = {}
        for pair, names in self._homes.items():
            (name,) = names if len(names) == 1 else ("",)
            if name in self._ways:
                there = set(fields_of(learned.contracts[pair].payload, least=1))
                fields = _identity_of(self._content[name], there, ids.get(pair))
                if fields is not None:
                    found[pair] = Identity(name, fields)
        return found

    def _in_new_ones(self, added: Collection[Pair], ids: Mapping[Pair, Identity]) -> dict[Pair, Identity]:
        """Return what identifies the resources of kinds that new contracts tell of, and no lifecycle does."""
        taken = _pairs_in(self._content)
        kinds = {ids[pair].kind for pair in added if pair in ids and not self._homes[pair]} - self._content.keys()
        return {pair: identity for pair, identity in ids.items() if identity.kind in kinds and pair not in taken}


def _homes_of(content: Schema, added: Collection[Pair]) -> dict[Pair, set[str]]:
    """Return for each of the new contracts the lifecycles that tell of its kind."""
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for name, one in content.items():
        for kind in {name, *("-".join(kind_of(event_type)) for event_type, _ in _pairs_in({name: one}))} - {""}:
            homes[kind].add(name)
    return {pair: homes["-".join(kind_of(pair[0]))] for pair in added}


def _pairs_in(content: Schema) -> set[Pair]:
    """Return the notifications that are steps of lifecycles."""
    every = (way for one in content.values() for ways in one["states"].values() for way in ways)
    return {(way["event_type"], way["priority"]) for way in every}


def _ways_of(one: Schema) -> Ways | None:
    """Return the ways of a lifecycle, None if the notification alone does not say where it leads, or is not found."""
    found: defaultdict[Pair, list[Schema]] = defaultdict(list)
    for ways in one["states"].values():
        for way in ways:
            if way not in found[way["event_type"], way["priority"]]:
                found[way["event_type"], way["priority"]].append(way)
    is_simple = "within" not in one and all(len(ways) == 1 for ways in found.values())
    plain = all(isinstance(form.get(name), str) for form in one["fields"].values() for name in _names(one))
    stated = any(ways[0].keys() & {"values", "changes"} for ways in found.values())
    return {pair: ways[0] for pair, ways in found.items()} if is_simple and plain and not stated else None


def _names(one: Schema) -> Sequence[str]:
    """Return the names of the fields that tell resources apart."""
    identity: str | list[str] = one["identity"]
    return [identity] if isinstance(identity, str) else identity


def _fields_in(one: Schema, form: str) -> tuple[tuple[str, Path], ...]:
    """Return the fields of the identity in a form of notifications."""
    pointers = one["fields"][form]
    return tuple((name, tuple(map(str, pointer_parts(pointers[name])[1:]))) for name in _names(one))


def _identity_of(one: Schema, there: Collection[Path], drafted: Identity | None) -> tuple[tuple[str, Path], ...] | None:
    """Return the fields of the identity of a lifecycle in notifications that have the fields `there`."""
    for form in one["fields"]:
        fields = _fields_in(one, form)
        if all(path in there for _, path in fields):
            return fields
    names = _names(one)
    if drafted is None or len(drafted.fields) != len(names):
        return None
    if len(names) == 1:
        return ((names[0], drafted.fields[0][1]),)
    return drafted.fields if [name for name, _ in drafted.fields] == names else None
