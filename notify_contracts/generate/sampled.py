"""Notifications by a seeded generator, without end."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from notify_contracts.catalog import Catalog
from notify_contracts.errors import CatalogError
from notify_contracts.generate.agreeing import agreeing
from notify_contracts.generate.contracts import fresh_shape
from notify_contracts.generate.sampling import ExhaustedError, Sampler
from notify_contracts.generate.texts import check_kinds


def samples(
    catalog: Catalog, event: str = "*", priority: str | None = None, *, seed: int = 0, without: Iterable[str] = ()
) -> Iterator[dict[str, Any]]:
    """Return envelopes without end, each of one of the contracts that `event` (a glob) and `priority` select.

    The same `seed` gives the same ones on every Python. Each has a ``message_id`` of its own, a UUID of version 4 where
    the contract allows that. `without` names kinds of texts that are left out (`TEXT_KINDS`). Raise UsageError where
    nothing is selected, CatalogError for a contract that nothing keeps.
    """
    sampler = Sampler(chance := Random(seed), check_kinds(without))  # noqa: S311  # for tests, not for secrets
    contracts = catalog.selected(event, priority)
    agreed = [agreeing(one) for one in contracts]
    makers = [sampler.sample(fresh_shape(one)) for one in contracts]

    def made() -> Iterator[dict[str, Any]]:
        random, count = chance.random, len(makers)
        while True:
            number = int(random() * count)
            try:
                yield agreed[number](makers[number]())
            except ExhaustedError as error:
                raise CatalogError(f"{contracts[number].id}: {error}") from None

    return made()
