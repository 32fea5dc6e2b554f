"""How many values were seen where a rule was broken, broken or not: what is rare is rare among these."""

from notify_contracts._drafting.inference import Learned
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.updating.trails import Step, Trail

_PAYLOAD = ("properties", "payload")


def total_at(learned: Learned, trail: Trail) -> int:
    """Return how many values were seen where a trail leads; of those above it, where that is not known."""
    of_contract = learned.contracts.get(trail.pair)
    if of_contract is None:
        return 0
    seen = of_contract.payload
    for step in trail.below[1:] if trail.below[:1] == (_PAYLOAD,) else ():
        inner = _within(seen, step)
        if inner is None:
            break
        seen = inner
    return seen.count


def _within(seen: Seen, step: Step) -> Seen | None:
    keyword, name = step
    if keyword in ("items", "prefixItems"):
        return seen.arrays.items if seen.arrays is not None else None
    if seen.objects is None:
        return None
    return seen.objects.properties.get(name) if keyword == "properties" else seen.objects.together()[0]
