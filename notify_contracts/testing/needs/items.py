"""What a consumer is tried with in place of the items of a list: fewer, one more, others of another type."""

from collections.abc import Callable, Iterator
from typing import Any

from notify_contracts._schema import json_type
from notify_contracts.testing.needs.evidence import Of

_OTHERS: tuple[Any, ...] = (None, "another type", 7, 7.5, [7], {"another": "type"})  # none is passed over as empty
_MOST_ITEMS = 10


def outcomes(items: list[Any], takes: Callable[[list[Any]], bool]) -> Iterator[tuple[Of, bool]]:
    """Yield how many items, or items of which type, a consumer takes or not; that it takes these `items` is known.

    Of numbers of items it is asked for the least one that it takes, up to 10, and for one more than there are.
    """
    types = {json_type(item) or "" for item in items}
    yield len(items), True
    yield from ((kind, True) for kind in types)
    for other in _OTHERS:
        if (kind := json_type(other) or "") not in types:
            different = [_varied(other, number) for number in range(len(items))]
            yield kind, takes([other] * len(items)) or takes(different if other is not None else [None, *items[1:]])
    for length in range(min(len(items), _MOST_ITEMS)):
        is_enough = takes(items[:length])
        yield length, is_enough
        if is_enough:
            break
    yield len(items) + 1, takes([*items, items[-1]]) or takes([*items, _varied(items[-1], len(items))])


def _varied(item: Any, number: int) -> Any:
    """Return another item of the same type, for consumers that take none twice; a boolean or null as it is."""
    match item:
        case str():
            return f"{item} {number}"
        case list():
            return [*item, number]
        case dict():
            return {**item, "another": number}
    return item if item is None or isinstance(item, bool) else item + number + 1
