"""What the lives of one kind come to: what began them, what came last, and what after what."""

from collections import Counter
from collections.abc import Iterable

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.lives.following import Following, Life

_HALF = 2


@dataclass(frozen=True)
class Steps:
    """What lives of one kind come to: how many there were, what came first and last, and what after what."""

    lives: int
    longer: int
    first: Counter[Pair]
    last: Counter[Pair]
    steps: Counter[tuple[Pair, Pair]]


def steps_of(lives: Iterable[Life]) -> Steps:
    """Return what lives come to, together."""
    several = list(lives)
    steps: Counter[tuple[Pair, Pair]] = Counter()
    for life in several:
        steps.update(life.steps)
    longer = sum(bool(life.steps) for life in several)
    first, last = (Counter(getattr(life, name) for life in several) for name in ("first", "last"))
    return Steps(len(several), longer, first, last, steps)


def births_of(steps: Steps) -> list[Pair]:
    """Return what begins a life: what never comes later, if most lives begin so; others began before the recording."""
    later = {after for _, after in steps.steps}
    never_later = {pair: count for pair, count in steps.first.items() if pair not in later}
    if sum(never_later.values()) * _HALF >= steps.lives:
        return sorted(never_later)
    often = [pair for pair, count in steps.first.items() if not is_rare(count, steps.lives)]
    return sorted(often)


def heard(steps: Steps, pair: Pair) -> int:
    """Return how often something came."""
    return steps.first[pair] + sum(count for (_, after), count in steps.steps.items() if after == pair)


def unordered(following: Following) -> dict[str, tuple[int, int]]:
    """Return the kinds in whose lives time runs back not only rarely: in how many steps of how many."""
    found = {}
    for kind, lives in sorted(following.lives.items()):
        steps = sum(sum(life.steps.values()) for life in lives.values())
        back = sum(life.back for life in lives.values())
        if back and not is_rare(back, steps):
            found[kind] = back, steps
    return found
