"""The events that an emitter is asked to send: the catalog's own payloads, and texts where a contract allows any."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import cycle, islice
from typing import Any, NamedTuple

from notify_contracts.catalog import Contract


class Event(NamedTuple):
    """The arguments of one call of an emitter."""

    event_type: str
    priority: str
    payload: Any

    @property
    def contract(self) -> str:
        """The id of the contract that it must keep."""
        return f"{self.event_type}-{self.priority}"


def examples_of(contract: Contract) -> list[Event]:
    """Return an event for every example of a contract."""
    return [_event(contract, deepcopy(example["payload"])) for example in contract.examples]


def examples(contracts: Sequence[Contract]) -> list[Event]:
    """Return an event for every example of every contract."""
    return [event for contract in contracts for event in examples_of(contract)]


def with_text(contracts: Sequence[Contract], text: str) -> Event | None:
    """Return an event of the first contract that allows `text` somewhere, with it wherever it does; None if none does.

    A place is a string in the payload of an example; that the contract allows `text` there is tried out.
    """
    for contract in contracts:
        for example in contract.examples:
            filled = _filled(contract, example, text)
            if filled is not None:
                return _event(contract, filled)
    return None


def numbered(contracts: Sequence[Contract], count: int) -> list[Event]:
    """Return `count` events that are told apart by a text where a contract allows one, else examples in turn."""
    events = [with_text(contracts, f"{number} of {count}") for number in range(1, count + 1)]
    told_apart = [event for event in events if event is not None]
    return told_apart if len(told_apart) == count else list(islice(cycle(examples(contracts)), count))


def _event(contract: Contract, payload: Any) -> Event:
    return Event(contract.event_type, str(contract.priority), payload)


def _filled(contract: Contract, example: Mapping[str, Any], text: str) -> Any:
    payload, changed = deepcopy(example["payload"]), False
    for place in list(_strings(payload)):
        candidate = _replaced(payload, place, text)
        if contract.is_kept_by({**example, "payload": candidate}):
            payload, changed = candidate, True
    return payload if changed else None


def _strings(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield place
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(item, (*place, key))


def _replaced(value: Any, place: tuple[Any, ...], text: str) -> Any:
    if not place:
        return text
    first, *rest = place
    copy = value.copy()
    copy[first] = _replaced(value[first], tuple(rest), text)
    return copy
