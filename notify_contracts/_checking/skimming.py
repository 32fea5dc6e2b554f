"""The quick way of what conforms: lines counted many at a time, without a value for any of them.

Everything that is unusual in any way is left to the ordinary way, which says what it is. So whatever goes wrong here,
for whatever reason, means no more than that.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zlib import crc32

from notify_contracts._checking.selection import Question
from notify_contracts._checking.summary import Summary
from notify_contracts._untrusted import loads
from notify_contracts.catalog import Catalog
from notify_contracts.model import ENVELOPE_ATTRIBUTES, Delivery, Notification
from notify_contracts.wire import MESSAGE_KEY, READ_VERSIONS, VERSION_KEY, is_of_transport

_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_MOST_WAYS = 1024

_Envelope = dict[str, Any]
_Way = tuple[str, str]  # an exchange and a routing key


class Skimming:
    """Counts in `summary` the notifications that conform to `catalog`, of those that `question` is about."""

    def __init__(self, catalog: Catalog, question: Question, summary: Summary) -> None:
        self._known = _Known(catalog, question)
        self._question = question
        self._catalog = catalog
        self._summary = summary
        self._right_ways: set[tuple[str, _Way]] = set()

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Count what conforms, and return the places of all lines that hold anything else."""
        known, attributes = self._known, _ATTRIBUTES
        left: list[int] = []
        passed: list[str] = []
        checksums = 0
        for place, line in enumerate(lines):
            try:
                envelope, way = loads(line), None
                if not attributes.issuperset(envelope):
                    envelope, way = _opened(envelope)
                contract, is_kept_by = known[envelope["event_type"], envelope["priority"]]
                checksum = crc32(envelope["message_id"].encode())
                if not is_kept_by(envelope) or not (way is None or self._is_right(way, contract, envelope)):
                    left.append(place)
                elif contract:
                    passed.append(contract)
                    checksums += checksum
            except Exception:  # noqa: BLE001 - the ordinary way says what it is
                left.append(place)
        for contract, count in Counter(passed).items():
            self._summary.passed[contract] += count
        self._summary.add_message_ids(checksums)
        return left

    def _is_right(self, way: _Way, contract: str, envelope: _Envelope) -> bool:
        """Whether a broker may have carried by this way what keeps this contract."""
        if (contract, way) in self._right_ways:
            return True
        notification = Notification(envelope, delivery=Delivery(*way))
        is_right = not contract or self._catalog.accepts(notification, transport=self._question.transport)
        if is_right and len(self._right_ways) < _MOST_WAYS:
            self._right_ways.add((contract, way))
        return is_right


class _Known(dict[tuple[str, str], tuple[str, Callable[[_Envelope], bool]]]):
    """Event type and priority → the contract's id, and what tells whether it is kept.

    What is not selected has no id, and anything will do for it.
    """

    def __init__(self, catalog: Catalog, question: Question) -> None:
        super().__init__()
        self._catalog = catalog
        self._event_types = frozenset(catalog.event_types)
        self._selection = question.selection

    def __missing__(self, pair: tuple[str, str]) -> tuple[str, Callable[[_Envelope], bool]]:
        event_type, priority = pair
        if event_type not in self._event_types:
            raise KeyError(event_type)
        contract = self._catalog.contract(event_type, priority)
        if Notification({"event_type": event_type, "priority": priority}) in self._selection:
            self[pair] = contract.id, contract.validator.is_valid
        else:
            self[pair] = "", lambda _envelope: True
        return self[pair]


def _opened(value: _Envelope) -> tuple[_Envelope, _Way | None]:
    """Return the envelope in a value, and how a broker carried it if one did; raise for what is unusual."""
    way = None
    if "body" in value:
        way, value = _way(value), loads(value["body"])
    if VERSION_KEY in value or MESSAGE_KEY in value:
        if value[VERSION_KEY] not in READ_VERSIONS:
            raise LookupError
        value = loads(value[MESSAGE_KEY])
    for key in value.keys() - _ATTRIBUTES:
        if is_of_transport(key):
            del value[key]
    return value, way


def _way(message: Mapping[str, Any]) -> _Way:
    exchange, routing_key, headers = message["exchange"], message["routing_key"], message["properties"].get("headers")
    if type(exchange) is not str or type(routing_key) is not str or (headers and "x-death" in headers):
        raise LookupError
    return exchange, routing_key
