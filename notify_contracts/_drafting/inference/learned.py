"""What was learned from notifications, all that contracts are made of; what was learned of parts adds up."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any
from zlib import crc32

from notify_contracts._drafting.documents import LONGEST_NAME, Pair
from notify_contracts._drafting.inference.distinct import Distinct
from notify_contracts._drafting.inference.sample import Sample
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._untrusted import dump
from notify_contracts.catalog import PRIORITY
from notify_contracts.model import ENVELOPE_ATTRIBUTES

Way = tuple[str, str, Pair]
"""An exchange, a routing key, and what came there."""

MOST_CONTRACTS = 5000
"""The most contracts that are learned; where there are more, the event types are data."""

_EVENT_TYPE = re.compile(
    "[^/.\\x00][^/\\x00]*", re.DOTALL
)  # what the name of a file may be, as catalog.schema.json says
_MOST_WAYS = 20_000  # beyond, routing keys hold data
_NONE = object()  # where there is no payload
_MOST_NAMES = 1000
_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_LONGEST_PRIORITY = 64  # a word; where it is longer, it is data


class OfContract:
    """What was seen in the payloads of one event type and priority, and a sample of the notifications.

    Of all `count` notifications, `names` counts in how many each attribute was, as long as these are few.
    """

    __slots__ = ("count", "names", "payload", "sample")

    def __init__(self) -> None:
        self.count = 0
        self.names: Counter[str] = Counter()
        self.payload = Seen(1)
        self.sample = Sample()

    @property
    def few_names(self) -> Mapping[str, int]:
        """In how many notifications each attribute was; nothing where there are too many, however they were shared."""
        return self.names if len(self.names) < _MOST_NAMES else {}

    def take(self, envelopes: Sequence[dict[str, Any]]) -> None:
        """Learn from notifications, of which there are some, and take their payloads out of them."""
        self.sample.take(_hashes_of(envelopes), envelopes)
        self.count += len(envelopes)
        if {*map(len, envelopes)} == {len(_ATTRIBUTES)} and all(map(_ATTRIBUTES.issuperset, envelopes)):  # quick
            self.names.update(dict.fromkeys(_ATTRIBUTES, len(envelopes)))
        elif len(self.names) < _MOST_NAMES:
            self.names.update(chain.from_iterable(envelopes))
        found = map(dict.pop, envelopes, repeat("payload"), repeat(_NONE))
        payloads = [payload for payload in found if payload is not _NONE]
        if payloads:
            self.payload.take(payloads)

    def merge(self, other: "OfContract") -> None:
        """Add what another one has seen."""
        self.count += other.count
        self.names.update(other.names)
        self.payload.merge(other.payload)
        self.sample.merge(other.sample)


class Learned:
    """What was seen: by contract, in the envelopes of all, and on which exchange under which routing key.

    `refused` counts by reason what nothing could be learned from; `skipped` counts lines that were something else.
    `set_aside` counts by name what stores and collectors of logs had put beside notifications.
    """

    def __init__(self) -> None:
        self.contracts: defaultdict[Pair, OfContract] = defaultdict(OfContract)
        self.envelope = Seen()
        self.ways = Distinct(_MOST_WAYS)  # of exchange, routing key and contract
        self.refused: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()
        self.skipped = 0

    @property
    def count(self) -> int:
        """How many notifications something was learned from."""
        return self.envelope.count

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes that any notification had."""
        return frozenset().union(*(each.names for each in self.contracts.values()))

    @property
    def carried(self) -> Mapping[Way, int] | None:
        """How often what has a contract came on which way; None where these are too many."""
        counts = self.ways.counts
        return None if counts is None else {way: count for way, count in counts.items() if way[2] in self.contracts}

    def take(self, pair: tuple[Any, Any], envelopes: Sequence[dict[str, Any]]) -> None:
        """Learn from notifications of an event type and a priority, and take them apart.

        Those are refused that have none to name a contract after.
        """
        if not envelopes:
            return
        if why := self._why_not(*pair):
            self.refused[why] += len(envelopes)
        else:
            self.contracts[pair].take(envelopes)
            self.envelope.take(envelopes)

    def _why_not(self, event_type: Any, priority: Any) -> str:
        """Return why there is no contract of an event type and a priority, nothing if there is or may be one."""
        if not isinstance(event_type, str):
            return "no event_type that is a text"
        if not isinstance(priority, str):
            return "no priority that is a text"
        if (event_type, priority) in self.contracts:
            return ""
        if len(self.contracts) >= MOST_CONTRACTS:
            return f"more than {MOST_CONTRACTS:,} event types and priorities"
        if not _EVENT_TYPE.fullmatch(event_type) or len(event_type.encode()) > LONGEST_NAME:
            return "an event_type that is no name of a file, and so of no contract (with a /, a dot in front, too long)"
        is_word = len(priority) <= _LONGEST_PRIORITY and PRIORITY.fullmatch(priority)
        return "" if is_word else "a priority that no contract can be named after (INFO, not info)"

    def merge(self, other: "Learned") -> None:
        """Add what was learned elsewhere."""
        self.envelope.merge(other.envelope)
        self.ways.merge(other.ways)
        self.refused.update(other.refused)
        self.set_aside.update(other.set_aside)
        self.skipped += other.skipped
        for pair, of_contract in other.contracts.items():
            self.contracts[pair].merge(of_contract)


def hash_of(envelope: Mapping[str, Any]) -> int:
    """Return a number that depends on nothing but the notification, by which samples and folds are chosen."""
    message_id = envelope.get("message_id")
    return crc32(message_id.encode() if type(message_id) is str else dump(envelope))


def _hashes_of(envelopes: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return `hash_of` each."""
    try:
        return list(map(crc32, map(str.encode, [envelope["message_id"] for envelope in envelopes])))
    except (KeyError, TypeError):  # some have none, or none that is a text
        return list(map(hash_of, envelopes))
