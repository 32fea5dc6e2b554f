"""What was learned from notifications, all that contracts are made of; what was learned of parts adds up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from notify_contracts._drafting.inference.sample import Sample
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._untrusted import dump

Pair = tuple[str, str]
"""An event type and a priority."""


class OfContract:
    """What was seen in the payloads of one event type and priority, and a sample of the notifications."""

    __slots__ = ("payload", "sample")

    def __init__(self) -> None:
        self.payload = Seen(1)
        self.sample = Sample()

    def merge(self, other: "OfContract") -> None:
        """Add what another one has seen."""
        self.payload.merge(other.payload)
        self.sample.merge(other.sample)


class Learned:
    """What was seen: by contract, in the envelopes of all, and on which exchange under which routing key."""

    def __init__(self) -> None:
        self.contracts: defaultdict[Pair, OfContract] = defaultdict(OfContract)
        self.envelope = Seen()
        self.ways: Counter[tuple[str, str, str, str]] = Counter()  # exchange, routing key, event type, priority

    @property
    def count(self) -> int:
        """How many notifications there were."""
        return self.envelope.count

    def take(self, envelopes: Iterable[Mapping[str, Any]]) -> None:
        """Learn from notifications that have an event type and a priority."""
        heads = []
        by_pair: defaultdict[Pair, list[Any]] = defaultdict(list)
        for envelope in envelopes:
            head = dict(envelope)
            payload = head.pop("payload", _NOTHING)
            heads.append(head)
            pair = envelope["event_type"], envelope["priority"]
            of_contract = self.contracts[pair]
            of_contract.sample.add(hash_of(envelope), envelope)
            if payload is not _NOTHING:
                by_pair[pair].append(payload)
        if heads:
            self.envelope.take(heads)
        for pair, payloads in by_pair.items():
            self.contracts[pair].payload.take(payloads)

    def merge(self, other: "Learned") -> None:
        """Add what was learned elsewhere."""
        self.envelope.merge(other.envelope)
        self.ways.update(other.ways)
        for pair, of_contract in other.contracts.items():
            self.contracts[pair].merge(of_contract)


_NOTHING = object()


def hash_of(envelope: Mapping[str, Any]) -> int:
    """Return a number that depends on nothing but the notification, by which samples and folds are chosen."""
    message_id = envelope.get("message_id")
    return crc32(message_id.encode() if type(message_id) is str else dump(envelope))
