"""The events that an emitter is asked to send: the catalog's own payloads, or those with another value in them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from glob import escape
from itertools import cycle, islice
from types import NoneType
from typing import Any, NamedTuple

from notify_contracts.catalog import Catalog, Contract
from notify_contracts.errors import CatalogError
from notify_contracts.generate import TEXT_KINDS, samples


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
    return [_event(contract, deepcopy(example.get("payload"))) for example in contract.examples]


def examples(contracts: Sequence[Contract]) -> list[Event]:
    """Return an event for every example of every contract."""
    return [event for contract in contracts for event in examples_of(contract)]


def generated(catalog: Catalog, contracts: Sequence[Contract], count: int) -> Iterator[Event]:
    """Yield `count` events of each contract with whatever it allows: what is empty, of many items, of any names.

    Their texts are plain ones. None comes of a contract for which no payload can be made.
    """
    for contract in contracts:
        with suppress(CatalogError):
            made = samples(catalog, escape(contract.event_type), contract.priority, without=TEXT_KINDS)
            yield from (_event(contract, each.get("payload")) for each in islice(made, count))


def with_value(contracts: Sequence[Contract], value: str | int) -> Event | None:
    """Return an event of the first contract that allows `value` somewhere, with it wherever it does; None if none does.

    A place is a text in the payload of an example, for a number a whole number or null; that the contract allows
    `value` there is tried out.
    """
    for contract in contracts:
        for example in contract.examples:
            filled = _filled(contract, example, value)
            if filled is not None:
                return _event(contract, filled)
    return None


def numbered(contracts: Sequence[Contract], count: int) -> list[Event]:
    """Return `count` events that are told apart by a text where a contract allows one, else examples in turn."""
    events = [with_value(contracts, f"{number} of {count}") for number in range(1, count + 1)]
    told_apart = [event for event in events if event is not None]
    return told_apart if len(told_apart) == count else list(islice(cycle(examples(contracts)), count))


def _event(contract: Contract, payload: Any) -> Event:
    return Event(contract.event_type, str(contract.priority), payload)


def _filled(contract: Contract, example: Mapping[str, Any], value: str | int) -> Any:
    payload, changed = deepcopy(example.get("payload")), False
    kinds = (str,) if isinstance(value, str) else (int, NoneType)
    for place in list(_places(payload, kinds)):
        candidate = _replaced(payload, place, value)
        if contract.is_kept_by({**example, "payload": candidate}):
            payload, changed = candidate, True
    return payload if changed else None


def _places(value: Any, kinds: tuple[type, ...], place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if type(value) in kinds:
        yield place
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(item, kinds, (*place, key))


def _replaced(value: Any, place: tuple[Any, ...], by: str | int) -> Any:
    if not place:
        return by
    first, *rest = place
    copy = value.copy()
    copy[first] = _replaced(value[first], tuple(rest), by)
    return copy
