"""The quick way of what is only counted: lines taken many at a time, without a value for what conforms.

Everything that is unusual in any way is left to the ordinary way, which says what it is. So whatever goes wrong here,
for whatever reason, means no more than that.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, compress, count
from operator import call, itemgetter, not_
from sys import maxsize
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from notify_contracts._checking.collecting import without_collecting
from notify_contracts._checking.failing import Failing, is_of_schema
from notify_contracts._checking.opening import came_another_way, opened
from notify_contracts._checking.selection import Question
from notify_contracts._checking.tally import Tally
from notify_contracts._untrusted import loads
from notify_contracts.model import ENVELOPE_ATTRIBUTES, Delivery, Notification, Verdict
from notify_contracts.wire.envelopes import forms_read

if TYPE_CHECKING:
    from notify_contracts._checking.lives import Read, Stepping
    from notify_contracts._checking.steps import Values

_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_MOST_WAYS = 1024
_TOGETHER = 64  # lines: few enough for what is read of them to stay in the processor's cache
_LONGEST_PAUSE = 64  # times so many lines, which are looked at one by one

_Envelope = dict[str, Any]
_Way = tuple[str, str]  # an exchange and a routing key
_Told = Iterable[tuple[int, "_Handled", _Envelope, bool | None, int]]
"""Of each line a place, what is there, if it keeps, and a checksum."""


class Skimming:
    """Counts with `tally` the notifications, of those that `question` is about, of which nothing new is to be said.

    `stepping` gathers what they tell of lives.
    """

    def __init__(self, tally: Tally, question: Question, stepping: "Stepping | None" = None) -> None:
        self._stepping = stepping
        self._tally = tally
        self._known = _Known(tally, question, stepping)
        self._failing = Failing(tally)
        self._transport = question.transport
        self._right_ways: set[tuple[str, _Way]] = set()
        self._pause = self._waits = 0  # for how many times a few lines are not tried in one go, and what is left of it

    def leave(self, lines: Sequence[bytes], before: int = 0, source: str = "") -> list[int]:
        """Count what conforms, and what fails as others did; return the places of all lines that hold anything else.

        There are `before` lines of `source` before them.
        """
        with without_collecting():
            return self._leave(lines, before, source)

    def _leave(self, lines: Sequence[bytes], before: int, source: str) -> list[int]:
        stepping, counted = self._stepping, _Counted([], [], [])
        steps: list[Values] = []
        times: list[Any] = []
        follows = stepping is not None and stepping.follows(source)
        for start in range(0, len(lines), _TOGETHER):
            told: list[_Told] | None = None if stepping is None else []
            self._take(lines[start : start + _TOGETHER], start, counted, told)
            if told:
                # What is left is followed later, and before the rest.
                until = (counted.left[0] if counted.left else maxsize) if follows else 0
                _tell(chain.from_iterable(told), before + 1, until, steps, times)
        if stepping is not None:
            stepping.add_lines(steps, source)
            stepping.hear(times)
        self._count(counted.passed, sum(counted.checksums))
        return counted.left

    def _take(self, lines: Sequence[bytes], start: int, counted: "_Counted", told: list[_Told] | None) -> None:
        """Count a few lines, of which `start` is the first: all in one go where that was of use of late, or each."""
        if self._waits:
            self._waits -= 1
        elif self._together(lines, start, counted, told):
            self._pause //= 2
            return
        else:
            self._waits = self._pause = min(4 * self._pause + 1, _LONGEST_PAUSE)
        self._each(lines, start, counted, told)

    def _together(self, lines: Sequence[bytes], start: int, counted: "_Counted", told: list[_Told] | None) -> bool:
        """Count lines if all of them are notifications that have contracts; return False if any is anything else.

        So it does where any was carried and fails, or was carried by a way that is not known to be right. But for what
        fails nothing here is done in Python's own loops: they would take a fifth of the time.
        """
        try:
            envelopes: Sequence[_Envelope] = [*map(loads, lines)]
            ways: Sequence[_Way | None] = ()  # of what was carried, and none where nothing was
            if forms_read() or not all(map(_ATTRIBUTES.issuperset, envelopes)):
                envelopes, ways = zip(*map(opened, envelopes), strict=True)
            handled = [*map(self._known.__getitem__, map(_pair_of, envelopes))]
            contracts = [*map(_contract_of, handled)]
            if "" in contracts or not self._right_ways.issuperset(compress(zip(contracts, ways, strict=False), ways)):
                return False
            checksums = [*map(crc32, map(str.encode, map(_message_id_of, envelopes)))]
            kept = [*map(call, map(_is_kept_by_of, handled), envelopes)]
        except Exception:  # noqa: BLE001 - one by one it is found which of them it is
            return False
        is_counted = kept
        if not all(kept):
            if any(ways):
                return False
            is_counted = [*map(self._keeps_or_fails, kept, contracts, envelopes)]
            counted.left.extend(compress(count(start), map(not_, is_counted)))
        counted.passed.extend(compress(contracts, kept))
        counted.checksums.extend(compress(checksums, is_counted))
        if told is not None:
            every = zip(count(start), handled, envelopes, kept, checksums, strict=False)
            told.append(every if is_counted is kept else compress(every, is_counted))
        return True

    def _keeps_or_fails(self, keeps: bool, contract: str, envelope: _Envelope) -> bool:  # noqa: FBT001
        """Whether a notification keeps its contract, or fails in a way that is known; then it is counted."""
        try:
            return keeps or self._failing.take(contract, envelope, None)
        except Exception:  # noqa: BLE001 - the ordinary way says what it is
            return False

    def _each(self, lines: Sequence[bytes], start: int, counted: "_Counted", told: list[_Told] | None) -> None:
        """Count what conforms, and what fails as others did; what is anything else is left."""
        known = self._known
        attributes = frozenset() if forms_read() else _ATTRIBUTES  # what is as it is, whatever else is read
        passed, left, checksums = counted
        for place, line in enumerate(lines, start):
            try:
                envelope, way = loads(line), None
                if not attributes.issuperset(envelope):
                    envelope, way = opened(envelope)
                handled = known[envelope["event_type"], envelope["priority"]]
                contract = handled.contract
                checksum = _checksum(envelope)
                keeps: bool | None = handled.is_kept_by(envelope) and (
                    way is None or self._is_right(way, contract, envelope)
                )
                if keeps:
                    passed.append(contract)
                elif not self._fails_as_others(way, contract, envelope):
                    left.append(place)
                    continue
                checksums.append(checksum if contract else 0)
                if told is not None:
                    told.append([(place, handled, envelope, keeps if contract else None, checksum)])
            except Exception:  # noqa: BLE001 - the ordinary way says what it is
                left.append(place)

    def _count(self, passed: Sequence[str], checksums: int) -> None:
        """Count what conforms by its contract, if it was asked about, and what failed."""
        self._failing.settle()
        summary = self._tally.summary
        summary.add_message_ids(checksums)
        for contract, times in Counter(passed).items():
            if contract:
                summary.passed[contract] += times

    def learn(self, verdict: Verdict) -> None:
        """Remember how something failed that was left."""
        content, contract = verdict.content, verdict.contract
        if contract is None or not verdict.violations or not isinstance(content, Notification):
            return
        if is_of_schema(verdict):
            if content.delivery is not None and not came_another_way(content.delivery.properties.get("headers")):
                self._add_right_way(contract, (content.delivery.exchange, content.delivery.routing_key))
            self._failing.learn(contract, content, verdict)

    def _is_right(self, way: _Way, contract: str, envelope: _Envelope) -> bool:
        """Whether a broker may have carried by this way what keeps this contract."""
        if (contract, way) in self._right_ways or not contract:
            return True
        notification = Notification(envelope, delivery=Delivery(*way))
        if not self._tally.catalog.accepts(notification, transport=self._transport):
            return False
        self._add_right_way(contract, way)
        return True

    def _add_right_way(self, contract: str, way: _Way) -> None:
        if len(self._right_ways) < _MOST_WAYS:
            self._right_ways.add((contract, way))

    def _fails_as_others(self, way: _Way | None, contract: str, envelope: _Envelope) -> bool:
        """Whether something fails in a way that is known; then it is counted."""
        if way is None:
            return self._failing.take(contract, envelope, None)
        return (contract, way) in self._right_ways and self._failing.take(contract, envelope, Delivery(*way))


class _Counted(NamedTuple):
    """The contracts of what is counted, the places of what is left, and the checksums of message ids."""

    passed: list[str]
    left: list[int]
    checksums: list[int]


class _Handled(NamedTuple):
    contract: str
    is_kept_by: Callable[[_Envelope], bool]
    make: "Read[Values] | None"
    follow: "Read[None] | None"


_pair_of = itemgetter("event_type", "priority")
_message_id_of = itemgetter("message_id")
_contract_of, _is_kept_by_of = itemgetter(0), itemgetter(1)


class _Known(dict[tuple[str, str], "_Handled"]):
    """Event type and priority → the contract's id, what tells whether it is kept, and what makes steps or follows.

    What is not selected has no id, and anything will do for it; what is ignored is counted.
    """

    def __init__(self, tally: Tally, question: Question, stepping: "Stepping | None") -> None:
        super().__init__()
        self._stepping = stepping
        self._catalog = catalog = tally.catalog
        self._ignored = tally.summary.ignored
        self._event_types = frozenset(catalog.event_types)
        self._selection = question.selection

    def __missing__(self, pair: tuple[str, str]) -> "_Handled":
        event_type, priority = pair
        make = None if self._stepping is None else self._stepping.maker(pair)
        follow = None if self._stepping is None else self._stepping.follower(pair)
        if event_type not in self._event_types:
            raise KeyError(event_type)
        contract = self._catalog.contract(event_type, priority)
        notification = Notification({"event_type": event_type, "priority": priority})
        if notification in self._selection:
            self[pair] = _Handled(contract.id, contract.validator.is_valid, make, follow)
        elif (glob := self._selection.ignoring(notification)) is not None:
            self[pair] = _Handled("", partial(_count, self._ignored, glob), make, follow)
        else:
            self[pair] = _Handled("", lambda _envelope: True, make, follow)
        return self[pair]


def _tell(told: _Told, first: int, until: int, steps: list["Values"], times: list[Any]) -> None:
    """Follow what stands before the place `until`, as far as that is possible, or gather its steps, or its times."""
    for place, (_, _, make, follow), envelope, keeps, checksum in told:
        if follow is not None and place < until:
            follow(first + place, envelope, keeps, checksum)
        elif make is not None:
            steps.append(make(first + place, envelope, keeps, checksum))
        else:
            times.append(envelope.get("timestamp"))


def _count(counts: dict[str, int], name: str, _envelope: _Envelope) -> bool:
    counts[name] += 1
    return True


def _checksum(envelope: _Envelope) -> int:
    """Return what a message id adds to the sum of all; raise for what may be no notification, by its attributes."""
    message_id = envelope.get("message_id")
    if type(message_id) is str:
        return crc32(message_id.encode())
    if "payload" in envelope:
        return 0
    raise LookupError
