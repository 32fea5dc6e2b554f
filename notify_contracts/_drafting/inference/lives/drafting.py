"""From lives that were followed to a draft of lifecycles: a state is what came last, unless the same may follow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from notify_contracts._drafting.documents import Pair, Schema
from notify_contracts._drafting.inference.evidence import FEW, is_rare, unseen
from notify_contracts._drafting.inference.lives.following import Following
from notify_contracts._drafting.inference.lives.identifying import Identity
from notify_contracts._drafting.inference.lives.naming import START, forms_of, names_of
from notify_contracts._drafting.inference.lives.steps import Steps, births_of, heard, steps_of, unordered

MOST_EVENTS = 64
"""The most notifications that a lifecycle may have and still be read."""

_UNSEEN = 0.05  # the share of steps that may be still to come
_HALF = _TWO = 2
_TENTH = 10
_MOST_SAID = 5


def lifecycles(identities: Mapping[Pair, Identity], following: Following) -> Schema:
    """Return the content of a catalog's lifecycles: of each kind of which enough was followed, none if of none."""
    found, backwards = {}, unordered(following)
    for kind in sorted({each.kind for each in identities.values()}):
        steps = steps_of(following.lives[kind].values())
        if _is_enough(steps) and kind not in backwards:
            places = {pair: each for pair, each in identities.items() if each.kind == kind}
            found[kind] = _lifecycle(kind, places, steps)
    return found


def _is_enough(steps: Steps) -> bool:
    """Whether so many lives went on that what was not seen of them is little."""
    if not _TWO <= len({*steps.first, *(pair for step in steps.steps for pair in step)}) <= MOST_EVENTS:
        return False
    singles = sum(count == 1 for count in steps.steps.values())
    often = bool(births_of(steps)) and steps.longer >= FEW and steps.longer * _TENTH >= steps.lives
    return often and unseen(singles, steps.steps.total()) <= _UNSEEN


def _lifecycle(kind: str, places: Mapping[Pair, Identity], steps: Steps) -> Schema:
    births = births_of(steps)
    follows: defaultdict[Pair, set[Pair]] = defaultdict(set)
    for before, after in steps.steps:
        follows[before].add(after)
    pairs = sorted(set(births).union(*(_reached(pair, follows) for pair in births)))
    ends = _ends(pairs, follows, steps)
    names = names_of(kind, _alike(pairs, follows, ends), steps)
    forms = forms_of(kind, [places[pair].pointers for pair in pairs])
    identity = [name for name, _ in places[pairs[0]].fields]

    def ways(following: Iterable[Pair]) -> list[Schema]:
        return [
            {"event_type": pair[0], "priority": pair[1], "fields": forms[places[pair].pointers], "to": names[pair]}
            for pair in sorted(following)
        ]

    states: Schema = {START: ways(births)}
    for pair in sorted(pairs, key=lambda each: (-steps.first[each], -heard(steps, each), each)):
        states.setdefault(names[pair], ways(follows[pair]))
    over = sorted({names[pair] for pair in ends if follows[pair]})
    return {
        "title": f"life of: {kind}",
        "description": "Learned from a recording: which notification comes first, and which may follow which.",
        "$comment": "; ".join(filter(None, (_comment(steps, births), places[pairs[0]].evidence))),
        "identity": identity[0] if len(identity) == 1 else identity,
        "fields": {form: dict(pointers) for pointers, form in forms.items()},
        **({"ends": over} if over else {}),
        "start": START,
        "states": states,
    }


def _ends(pairs: Sequence[Pair], follows: Mapping[Pair, set[Pair]], steps: Steps) -> set[Pair]:
    """Return after what a life is over: after most of it nothing came; from everything one of these can be reached."""
    share = {pair: steps.last[pair] / max(1, heard(steps, pair)) for pair in pairs}
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


def _comment(steps: Steps, births: Sequence[Pair]) -> str:
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
