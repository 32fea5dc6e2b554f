"""Deliveries that a catalog's transport contradicts: they are told, and nothing is changed for them."""

from collections import Counter

from notify_contracts._drafting.inference import Learned
from notify_contracts.catalog import Catalog, contradicting_routing_key
from notify_contracts.model import Delivery, Violation


def contradicted_deliveries(catalog: Catalog, learned: Learned) -> list[tuple[Violation, int]]:
    """Return what is wrong with how notifications were carried, the most frequent first, each with how often it was."""
    found: Counter[Violation] = Counter()
    for (exchange, routing_key, pair), count in (learned.carried or {}).items():
        contract = "-".join(pair)
        wrong = catalog.transport.broken_by(Delivery(exchange, routing_key), contract, catalog.routing_key)
        for violation in (*contradicting_routing_key(routing_key, *pair, catalog.known_routing_key), *wrong):
            found[violation] += count
    return sorted(found.items(), key=lambda item: (-item[1], item[0].contract or "", item[0].keyword, item[0].message))
