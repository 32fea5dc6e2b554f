"""Fields of lifecycles that really come no longer: their places stay in the file, and nothing is asked of them."""

from collections.abc import Iterator, Sequence

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Schema
from notify_contracts._drafting.inference import Learned
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._schema import must_have, pointer_parts
from notify_contracts.catalog import LIFECYCLES, Catalog, Contract, field_places


@dataclass(frozen=True)
class Left:
    """A place in the file of lifecycles, and its pointer: it leads nowhere in `contracts`, which came `count` times."""

    place: str
    pointer: str
    contracts: tuple[str, ...]
    count: int


def left_behind(catalog: Catalog, content: Schema, learned: Learned) -> Iterator[Left]:
    """Yield the places of fields that a catalog required, and that nothing of what was learned had."""
    for where, pointer, _, contracts in field_places(catalog, content):
        parts = pointer_parts(pointer)
        gone = [each for each in contracts if _is_gone(each, parts, learned)]
        if gone:
            count = sum(learned.contracts[each.event_type, each.priority].count for each in gone)
            yield Left(f"{LIFECYCLES}#{where}", pointer, tuple(each.id for each in gone), count)


def _is_gone(contract: Contract, parts: Sequence[str], learned: Learned) -> bool:
    seen = learned.contracts.get((contract.event_type, contract.priority))
    if seen is None or not must_have(contract.documents, contract.uri, parts):
        return False
    return not _was_seen(seen.payload, parts[1:])


def _was_seen(seen: Seen, parts: Sequence[str]) -> bool:
    for name in parts:
        if seen.objects is None or seen.objects.values is not None:  # what is not told apart may have been
            return seen.objects is not None or seen.arrays is not None
        if name not in seen.objects.properties:
            return False
        seen = seen.objects.properties[name]
    return bool(seen.count)
