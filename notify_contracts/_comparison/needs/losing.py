"""Which consumers lose something by a change of a catalog."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notify_contracts._comparison.needs.answers import Answer, Answered, Held
from notify_contracts._comparison.needs.model import Consumer, Effect, Need, Read

_WORSE = (Answer.GUARANTEED, Answer.POSSIBLE, Answer.CANNOT_TELL, Answer.IMPOSSIBLE)


@dataclass(frozen=True)
class Loss:
    """Something that a consumer reads of notifications, and that they give less surely than before.

    `now` is None where no contract is left: then `reads` are all that was read of it. `effect` is the worst that can
    happen from now on, `reason` says in a phrase why.
    """

    consumer: Consumer
    reads: tuple[Read, ...]
    contracts: tuple[str, ...]
    was: Answer
    now: Answer | None
    effect: Effect | None
    reason: str = ""


def losses(old: Sequence[Held], new: Sequence[Held]) -> Iterator[Loss]:
    """Yield what consumers lose between two catalogs against which the same ones were held, in the same order."""
    for before, after in zip(old, new, strict=True):
        there = {_key(one): one for one in after.answers}
        contracts = {one.contract.id for one in after.answers}
        found: dict[tuple[object, ...], list[tuple[Answered, Answered | None]]] = {}
        for one in before.answers:
            now = there.get(_key(one))
            if now is None and one.contract.id not in contracts:
                found.setdefault((one.contract.id,), []).append((one, None))
            elif now is not None and _WORSE.index(now.answer) > _WORSE.index(one.answer):
                alike = id(one.read), one.answer, now.answer, now.effect, now.reason
                found.setdefault(alike, []).append((one, now))
        for pairs in found.values():
            yield _loss(before.consumer, pairs)


def _key(one: Answered) -> tuple[str, Need, int]:
    return one.contract.id, one.need, one.need.reads.index(one.read)


def _loss(consumer: Consumer, pairs: Sequence[tuple[Answered, Answered | None]]) -> Loss:
    first, now = pairs[0]
    reads = tuple(dict.fromkeys(one.read for one, _ in pairs))
    contracts = tuple(dict.fromkeys(one.contract.id for one, _ in pairs))
    if now is None:
        gravest = next((effect for effect in Effect if any(read.absent is effect for read in reads)), None)
        return Loss(consumer, reads, contracts, first.answer, None, gravest, "it has no contract any more")
    return Loss(consumer, reads, contracts, first.answer, now.answer, now.effect, now.reason)
