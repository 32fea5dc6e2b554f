"""How many values were seen where a rule was broken, broken or not: what is rare is rare among these."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from notify_contracts._drafting.inference import Learned
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.updating.trails import Place, Step, Trail
from notify_contracts._schema import at
from notify_contracts.catalog import Catalog

_PAYLOAD = ("properties", "payload")


class Totals:
    """Tells how many values were seen where the rules of `catalog` speak of what was `learned`."""

    def __init__(self, catalog: Catalog, learned: Learned) -> None:
        self._catalog = catalog
        self._learned = learned
        self._shares: dict[object, float] = {}

    def at(self, trail: Trail) -> int:
        """Return how many values were seen where a trail leads; of those above it, where that is not known."""
        of_contract = self._learned.contracts.get(trail.pair)
        if of_contract is None:
            return 0
        if trail.below[:1] != (_PAYLOAD,):
            return of_contract.count
        seen = of_contract.payload
        for step in trail.below[1:]:
            inner = _within(seen, step)
            if inner is None:
                break
            seen = inner
        return seen.count

    def applying(self, trail: Trail) -> int:
        """Return of how many of them its rule speaks: through a branch of a condition, by the sample, not of all."""
        return self.at(trail) if trail.branch is None else int(self.at(trail) * self._share(trail, trail.branch))

    def _share(self, trail: Trail, branch: Place) -> float:
        """Return to which share of the values in the sample that a condition speaks of its branch applies."""
        key = trail.pair, branch
        if key not in self._shares:
            *parts, keyword = branch.parts
            schema: Mapping[str, Any] = at(
                self._catalog.schemas.documents(self._catalog.uri(branch.file)), tuple(parts)
            )
            applied = [True]
            if "if" in schema and trail.pair in self._learned.contracts:
                pointer = quote(f"{branch.pointer.rpartition('/')[0]}/if")
                holds = self._catalog.schemas.validator(f"{self._catalog.uri(branch.file)}#{pointer}").is_valid
                sample = self._learned.contracts[trail.pair].sample
                applied = [holds(value) == (keyword == "then") for value in _values(sample, trail.below[: trail.held])]
            self._shares[key] = sum(applied) / max(1, len(applied))
        return self._shares[key]


def _within(seen: Seen, step: Step) -> Seen | None:
    keyword, name = step
    if keyword in ("items", "prefixItems"):
        return seen.arrays.items if seen.arrays is not None else None
    if seen.objects is None:
        return None
    return seen.objects.properties.get(name) if keyword == "properties" else seen.objects.together()[0]


def _values(values: Iterable[Any], steps: Iterable[Step]) -> Iterable[Any]:
    """Return the values to which the steps lead from these."""
    for step in steps:
        values = [inner for value in values for inner in _inner(value, *step)]
    return values


def _inner(value: Any, keyword: str, name: str) -> Iterator[Any]:
    if keyword in ("items", "prefixItems"):
        yield from value if isinstance(value, list) else ()
    elif isinstance(value, dict):
        yield from [value[name]] if keyword == "properties" and name in value else ()
        yield from value.values() if keyword != "properties" else ()
