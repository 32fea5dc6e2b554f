"""Which consumers lose something by a change of a catalog."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from notify_contracts._base import dataclass
from notify_contracts._comparison.needs.answers import Answer, Answered, Held
from notify_contracts._comparison.needs.model import Consumer, Effect, Read

_WORSE = (Answer.GUARANTEED, Answer.POSSIBLE, Answer.CANNOT_TELL, Answer.IMPOSSIBLE)
_GRAVER = (None, Effect.DEFAULTED, Effect.LOST, Effect.FAILS)
_Change = tuple[Answered | None, Answered | None]


@dataclass(frozen=True)
class Loss:
    """Something that a consumer reads of notifications, and that they give less surely than before.

    `was` is None where the contract is new and a consumer fails by it, `now` is None where no contract is left: then
    `reads` are all that was read of it. Where events have something elsewhere, `reads` are all that is moved, of any of
    the contracts. `effect` is the worst that can happen from now on, `reason` says why.
    """

    consumer: Consumer
    reads: tuple[Read, ...]
    contracts: tuple[str, ...]
    was: Answer | None
    now: Answer | None
    effect: Effect | None
    reason: str = ""


def losses(old: Sequence[Held], new: Sequence[Held], moved: Callable[[Read], str]) -> Iterator[Loss]:
    """Yield what consumers lose between two catalogs against which the same ones were held, in the same order.

    `moved` says where events have what is read, if that is not where they had it: no contract speaks of what is where.
    """
    for before, after in zip(old, new, strict=True):
        found: dict[tuple[object, ...], list[_Change]] = {}
        for key, change in _changes(before, after, moved):
            found.setdefault(key, []).append(change)
        for changes in found.values():
            yield _loss(before.consumer, changes)


def _changes(before: Held, after: Held, moved: Callable[[Read], str]) -> Iterator[tuple[tuple[object, ...], _Change]]:
    """Yield what got worse, each with what it shares with others of which the same is to be said."""
    there = {_key(one): one for one in after.answers}
    contracts = {one.contract.id for one in after.answers}
    for one in before.answers:
        now = there.get(_key(one))
        if now is None and one.contract.id not in contracts:
            yield (one.contract.id,), (one, None)
        elif now is not None and (worse := _worse(one, now, moved)) is not None:
            about, now = worse
            yield (about, one.answer, now.answer, now.effect, now.reason), (one, now)
    known = {one.contract.id for one in before.answers}
    for now in after.answers:
        if now.contract.id not in known and now.effect is Effect.FAILS:
            yield (id(now.read), now.answer, now.reason), (None, now)


def _worse(was: Answered, now: Answered, moved: Callable[[Read], str]) -> tuple[object, Answered] | None:
    """Return what is given from now on if that is worse, behind what it is told by: the read, or where all is moved.

    Of what is moved in events nobody can tell what a consumer finds where it was.
    """
    if Answer.IMPOSSIBLE not in (was.answer, now.answer) and (where := moved(was.read)):
        effects = (was.read.absent, was.read.malformed if was.read.form else None)
        effect = max(effects, key=_GRAVER.index)
        return where, replace(now, answer=Answer.CANNOT_TELL, effect=effect, reason=where)
    return (id(was.read), now) if _is_worse(was, now) else None


def _is_worse(was: Answered, now: Answered) -> bool:
    """Whether it is given less surely, or what happens without it is graver: it may be of another form, for one."""
    if _WORSE.index(now.answer) > _WORSE.index(was.answer):
        return True
    return now.answer is not Answer.GUARANTEED and _GRAVER.index(now.effect) > _GRAVER.index(was.effect)


def _key(one: Answered) -> tuple[str, int, int]:
    """Return what is asked of which contract, by identity: to Python a form of 1 equals one of true."""
    return one.contract.id, id(one.need), id(one.read)


def _loss(consumer: Consumer, changes: Sequence[_Change]) -> Loss:
    was, now = changes[0]
    every = [one for change in changes if (one := change[0] or change[1]) is not None]
    reads = tuple(dict.fromkeys(one.read for one in every))
    contracts = tuple(dict.fromkeys(one.contract.id for one in every))
    answer = None if was is None else was.answer
    if now is None:
        gravest = next((effect for effect in Effect if any(read.absent is effect for read in reads)), None)
        return Loss(consumer, reads, contracts, answer, None, gravest, "it has no contract any more")
    return Loss(consumer, reads, contracts, answer, now.answer, now.effect, now.reason)
