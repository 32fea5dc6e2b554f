"""The short way of nearly all steps: the life is known, the step may come, and what must not change is the same."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from notify_contracts._checking.lives.reading import LONGEST_IDENTITY
from notify_contracts._checking.lives.recent import NOTHING
from notify_contracts._checking.lives.record import Record

if TYPE_CHECKING:
    from notify_contracts._checking.lives.automaton import State
    from notify_contracts._checking.lives.following import Following
    from notify_contracts._checking.lives.ways import Way

_MOST_SHARED = 4096  # what is kept is the same in many lives
_ARE_TEXTS = frozenset((str, type(None))).issuperset
Move = Callable[..., None]
"""Takes the values of a step."""


def mover(following: "Following", way: "Way") -> Move:  # noqa: C901
    """Return what takes the steps of a way, quickly if they are as nearly all are."""
    carefully, close = following.take_carefully, following.close
    if way.number in following.holders.careful or way.forgets:
        return lambda *values: carefully(values)
    lives, numbers, is_full, pick = following.open[way.lifecycle.name], way.numbers, way.is_full, way.pick
    kinds, is_one, keeps_ids = way.kinds, len(way.told_fields) == 1, following.keeps_ids
    clock, read_time, begins = following.clock, datetime.fromisoformat, _beginner(following, way)
    seen, start, ends = following.recent.add, way.machine.start, way.number in following.holders.enders

    def move(  # noqa: C901, PLR0912, PLR0913, PLR0917  # the values of a step, in one function, for each call takes time
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
    ) -> None:
        try:
            for at, kind in kinds:
                if type(told if is_one else told[at]) is not kind:
                    break
            else:
                symbol = numbers[told]
                name = type(identity)  # true is not 1
                record = lives.get(identity) if name is str or name is int else None
                if record is None:
                    step = hash((message_id, identity, number, symbol)) if checksum else NOTHING
                    by = symbol if passed else -1 - symbol
                    time = read_time(timestamp)
                    if (
                        name is str
                        and type(place) is int
                        and begins(identity, start[symbol], kept, time, place, by, step)
                    ):
                        if keeps_ids:
                            lives[identity].message_id = message_id
                        seen(step)
                        return
                else:
                    state = record.state
                    after = state[symbol]
                    time = read_time(timestamp)
                    if time > clock.latest:  # type: ignore[operator]  # noqa: PLR1730  # no such time is no quick way
                        clock.latest = time
                    if (
                        after is not None
                        and not (ends and after is state)  # which may be told again, and must end nothing then
                        and record.time <= time  # type: ignore[operator]  # no such time is no quick way
                        and kept == (record.kept if is_full else pick(record.kept))
                    ):
                        record.time = time
                        if after is not state:
                            record.state = after
                            if keeps_ids:
                                record.message_id = message_id
                            record.by = symbol if passed else -1 - symbol
                            record.place = following.base + place if type(place) is int else place
                            if after.is_over:
                                close(way, identity, record)
                            if ends:
                                following.holders.end(way, identity, record.place)
                        seen(hash((message_id, identity, number, symbol)) if checksum else NOTHING)
                        return
        except (KeyError, TypeError, ValueError):
            pass
        carefully((place, number, identity, told, kept, timestamp, checksum, message_id, passed, becomes))

    return move


def _beginner(following: "Following", way: "Way") -> Callable[..., bool]:
    """Return what has a life begin if its first step is as nearly all are, and says whether it did."""
    name, most, clock = way.lifecycle.name, following.most, following.clock
    lives, over, shared = following.open[name], following.over[name], dict[Any, Any]()

    def begins(  # noqa: PLR0913, PLR0917  # as it is called with what is at hand
        identity: str, state: "State | None", kept: Any, time: datetime, place: int, by: int, step: int
    ) -> bool:
        if (
            state is None
            or state.is_over
            or not way.is_full
            or not 0 < len(identity) <= LONGEST_IDENTITY
            or identity in over
            or len(lives) >= most
            or not (kept.__class__ is str or _ARE_TEXTS(map(type, kept)))
            or (following.has_lost and step and step in following.recent)
        ):
            return False
        kept = shared.setdefault(kept, kept)
        if len(shared) > _MOST_SHARED:
            shared.clear()
        if time > clock.latest:  # type: ignore[operator]  # noqa: PLR1730  # no such time is no quick way
            clock.latest = time
        following.covering.see(time)
        lives[identity] = Record(state, kept, time, following.base + place, by, 0, "")
        following.begun += 1
        following.kinds_begun.add(name)
        return True

    return begins
