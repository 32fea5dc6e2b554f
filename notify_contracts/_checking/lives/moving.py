"""The short way of nearly all steps: the life is known, the step may come, and what must not change is the same."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from notify_contracts._checking.lives.following import Following
    from notify_contracts._checking.lives.ways import Way

Move = Callable[..., bool]
"""Takes the values of a step if it is as nearly all are; returns whether it did."""

_NAMES = str, int  # true is not 1


def mover(following: "Following", way: "Way") -> Move:  # noqa: C901  # one function, for each call takes time
    """Return what takes the steps of a way that are as nearly all are."""
    lives, numbers, is_full, pick = following.open[way.lifecycle.name], way.numbers, way.is_full, way.pick
    kinds, is_one = way.kinds, len(way.told_fields) == 1
    seen, start, ends = following.recent.add, way.machine.start, way.number in following.holders.enders

    def move(  # noqa: PLR0913, PLR0917  # the values of a step
        place: Any,
        number: int,
        identity: Any,
        told: Any,
        kept: Any,
        timestamp: Any,
        checksum: int,
        message_id: Any,
        passed: bool | None,  # noqa: FBT001
        becomes: Any,
    ) -> bool:
        try:
            for at, kind in kinds:
                if (told if is_one else told[at]).__class__ is not kind:
                    return False
            symbol = numbers[told]
            record = lives.get(identity) if identity.__class__ in _NAMES else None
            if record is None:
                values = place, number, identity, told, kept, timestamp, checksum, message_id, passed, becomes
                if not following.begins(values, way, start[symbol]):
                    return False
            else:
                state = record.state
                after = state[symbol]
                if (
                    after is None
                    or timestamp <= record.timestamp
                    or kept != (record.kept if is_full else pick(record.kept))
                ):
                    return False
                record.timestamp = timestamp
                if after is not state:
                    record.state, record.message_id = after, message_id
                    record.by = symbol if passed else -1 - symbol
                    record.place = following.base + place if type(place) is int else place
                    if after.is_over:
                        following.close(way, identity, record)
                if ends:
                    following.holders.end(way, identity, record.place)
        except (KeyError, TypeError):
            return False
        seen(message_id if checksum else "")
        return True

    return move
