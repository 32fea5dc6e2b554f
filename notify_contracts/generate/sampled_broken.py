"""Broken notifications by a seeded generator, without end."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from notify_contracts.catalog import Catalog
from notify_contracts.generate._mutations import Mutator, address_mutations
from notify_contracts.generate.breaking import Broken, broken_in
from notify_contracts.generate.sampled import samples

_MISADDRESSED = 0.05


def broken_samples(
    catalog: Catalog, event: str = "*", priority: str | None = None, *, seed: int = 0, without: Iterable[str] = ()
) -> Iterator[Broken[dict[str, Any]]]:
    """Return envelopes without end, each broken in one way and with the violation that it must give.

    One rule of its contract is broken or, now and then, it gets an address without a contract. Arguments are those of
    `samples`.
    """
    whole = samples(catalog, event, priority, seed=seed, without=without)
    contracts = {(one.event_type, one.priority): Mutator(one) for one in catalog.selected(event, priority)}
    random = Random(seed).random  # noqa: S311  # for tests, not for secrets

    def choose(options: Sequence[Any]) -> Any:
        return options[int(random() * len(options))]

    for envelope in whole:
        if random() < _MISADDRESSED and (ways := address_mutations(catalog, envelope)):
            mutation = choose(ways)
        else:
            mutation = contracts[envelope["event_type"], envelope["priority"]].mutation(envelope, choose)
        if mutation is not None:
            yield broken_in(mutation, choose)
