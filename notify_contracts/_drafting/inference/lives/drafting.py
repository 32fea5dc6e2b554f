"""From lives that were followed to a draft of lifecycles: a state is what came last, unless the same may follow."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference.evidence import FEW, is_rare, unseen
from notify_contracts._drafting.inference.learned import Pair
from notify_contracts._drafting.inference.lives.following import Following, Life
from notify_contracts._drafting.inference.lives.identifying import Identity

_START = "unheard of"
_FIELD = "id"
_UNSEEN = 0.05  # the share of steps that may be still to come
_HALF = _TWO = 2
_MOST_EVENTS = 64  # that a lifecycle may have and still be read
_TENTH = 10
_MOST_SAID = 5
_MOST_NAMED = 3  # notifications that name a state


@dataclass(frozen=True)
class _Steps:
    """What lives of one kind come to: how many there were, what came first and last, and what after what."""

    lives: int
    longer: int
    first: Counter[Pair]
    last: Counter[Pair]
    steps: Counter[tuple[Pair, Pair]]


def lifecycles(identities: Mapping[Pair, Identity], following: Following) -> Schema:
    """Return the content of a catalog's lifecycles: of each kind of which enough was followed, none if of none."""
    found, backwards = {}, unordered(following)
    for kind, lives in sorted(following.lives.items()):
        steps = _steps_of(lives.values())
        if _is_enough(steps) and kind not in backwards:
            places = {pair: each for pair, each in identities.items() if each.kind == kind}
            found[kind] = _lifecycle(kind, places, steps)
    return found


def unordered(following: Following) -> dict[str, tuple[int, int]]:
    """Return the kinds in whose lives time runs back not only rarely: in how many steps of how many."""
    found = {}
    for kind, lives in sorted(following.lives.items()):
        steps = sum(sum(life.steps.values()) for life in lives.values())
        back = sum(life.back for life in lives.values())
        if back and not is_rare(back, steps):
            found[kind] = back, steps
    return found


def _steps_of(lives: Iterable[Life]) -> _Steps:
    several = list(lives)
    steps: Counter[tuple[Pair, Pair]] = Counter()
    for life in several:
        steps.update(life.steps)
    longer = sum(bool(life.steps) for life in several)
    first, last = (Counter(getattr(life, name) for life in several) for name in ("first", "last"))
    return _Steps(len(several), longer, first, last, steps)


def _is_enough(steps: _Steps) -> bool:
    """Whether so many lives went on that what was not seen of them is little."""
    if not _TWO <= len({*steps.first, *(pair for step in steps.steps for pair in step)}) <= _MOST_EVENTS:
        return False
    singles = sum(count == 1 for count in steps.steps.values())
    often = steps.longer >= FEW and steps.longer * _TENTH >= steps.lives
    return often and unseen(singles, steps.steps.total()) <= _UNSEEN


def _lifecycle(kind: str, places: Mapping[Pair, Identity], steps: _Steps) -> Schema:
    births = _births(steps)
    follows: defaultdict[Pair, set[Pair]] = defaultdict(set)
    for before, after in steps.steps:
        follows[before].add(after)
    pairs = sorted(set(births).union(*(_reached(pair, follows) for pair in births)))
    ends = _ends(pairs, follows, steps)
    names = _names(kind, _alike(pairs, follows, ends), steps)
    forms = _forms(kind, {pair: places[pair].pointer for pair in pairs})

    def ways(following: Iterable[Pair]) -> list[Schema]:
        return [
            {"event_type": pair[0], "priority": pair[1], "fields": forms[places[pair].pointer], "to": names[pair]}
            for pair in sorted(following)
        ]

    states: Schema = {_START: ways(births)}
    for pair in sorted(pairs, key=lambda each: (-steps.first[each], -_heard(steps, each), each)):
        states.setdefault(names[pair], ways(follows[pair]))
    over = sorted({names[pair] for pair in ends if follows[pair]})
    return {
        "title": f"life of: {kind}",
        "description": "Learned from a recording: which notification comes first, and which may follow which.",
        "$comment": _comment(steps, births),
        "identity": _FIELD,
        "fields": {form: {_FIELD: pointer} for pointer, form in forms.items()},
        **({"ends": over} if over else {}),
        "start": _START,
        "states": states,
    }


def _births(steps: _Steps) -> list[Pair]:
    """Return what begins a life: what never comes later, if most lives begin so; others began before the recording."""
    later = {after for _, after in steps.steps}
    never_later = {pair: count for pair, count in steps.first.items() if pair not in later}
    if sum(never_later.values()) * _HALF >= steps.lives:
        return sorted(never_later)
    often = [pair for pair, count in steps.first.items() if not is_rare(count, steps.lives)]
    return sorted(often)


def _heard(steps: _Steps, pair: Pair) -> int:
    """Return how often something came."""
    return steps.first[pair] + sum(count for (_, after), count in steps.steps.items() if after == pair)


def _ends(pairs: Sequence[Pair], follows: Mapping[Pair, set[Pair]], steps: _Steps) -> set[Pair]:
    """Return after what a life is over: after most of it nothing came; from everything one of these can be reached."""
    share = {pair: steps.last[pair] / max(1, _heard(steps, pair)) for pair in pairs}
    ends = {pair for pair in pairs if share[pair] * _HALF >= 1 or not follows.get(pair)}
    while unable := [pair for pair in pairs if not _reached(pair, follows) & ends]:
        ends.add(max(unable, key=lambda pair: (share[pair], pair)))
    return ends


def _reached(pair: Pair, follows: Mapping[Pair, set[Pair]]) -> set[Pair]:
    reached, waiting = {pair}, [pair]
    while waiting:
        new = follows.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _alike(pairs: Sequence[Pair], follows: Mapping[Pair, set[Pair]], ends: set[Pair]) -> list[list[Pair]]:
    """Return the notifications, those together after which the same may follow, for ever."""
    group: dict[Pair, Any] = {pair: pair in ends for pair in pairs}
    count = 0
    while len(set(group.values())) > count:
        count = len(set(group.values()))
        futures = {
            pair: (group[pair], frozenset((after, group[after]) for after in follows.get(pair, ()))) for pair in pairs
        }
        numbers = {future: number for number, future in enumerate(dict.fromkeys(futures.values()))}
        group = {pair: numbers[futures[pair]] for pair in pairs}
    together: defaultdict[Any, list[Pair]] = defaultdict(list)
    for pair in pairs:
        together[group[pair]].append(pair)
    return list(together.values())


def _names(kind: str, groups: Iterable[Sequence[Pair]], steps: _Steps) -> dict[Pair, str]:
    """Return the name of the state after each notification: what happened."""
    names: dict[Pair, str] = {}
    taken = {_START}
    for group in groups:
        often = sorted(group, key=lambda pair: (-_heard(steps, pair), pair))
        said = " or ".join(_happened(kind, pair, group) for pair in often[:_MOST_NAMED])
        said = name = f"{said} or other" if len(group) > _MOST_NAMED else said
        number = 1
        while name in taken:
            number += 1
            name = f"{said} {number}"
        taken.add(name)
        names |= dict.fromkeys(group, name)
    return names


def _happened(kind: str, pair: Pair, group: Sequence[Pair]) -> str:
    """Return the words of an event type that its kind does not have, and the priority where there are several."""
    event_type, priority = pair
    said = event_type
    for word in kind.split("-"):
        before, found, after = said.partition(word)
        said = after if found and not before.strip("._-:/") else said
    said = said.strip("._-:/ ") or event_type
    others = [other for other in group if other != pair and other[0] == event_type]
    return f"{said} ({priority})" if others or priority not in ("INFO", "SAMPLE") else said


def _forms(kind: str, pointers: Mapping[Pair, str]) -> dict[str, str]:
    """Return by pointer what the form of notifications is called that have the identity there."""
    forms: dict[str, str] = {}
    for pointer, _ in Counter(pointers.values()).most_common():
        forms[pointer] = kind if not forms else f"{kind} by {pointer.rpartition('/')[2]}"
    return forms


def _comment(steps: _Steps, births: Sequence[Pair]) -> str:
    singles = sum(count == 1 for count in steps.steps.values())
    total = steps.steps.total()
    parts = [
        f"{steps.lives:,} lives were followed through {total:,} steps of {len(steps.steps):,} kinds",
        f"about {100 * max(unseen(singles, total), 1 / max(1, total)):.2g} % of steps are of a kind that was not seen",
    ]
    older = steps.lives - sum(steps.first[pair] for pair in births)
    if older:
        parts.append(f"{older:,} had begun before")
    rare = [step for step, count in sorted(steps.steps.items()) if is_rare(count, total)]
    for before, after in rare[:_MOST_SAID]:
        parts.append(f"rare: {' '.join(after)} after {' '.join(before)}, {steps.steps[before, after]:,}")
    if len(rare) > _MOST_SAID:
        parts.append(f"{len(rare) - _MOST_SAID:,} others are rare")
    return "; ".join(parts)
