"""Notifications by hypothesis: ordinary strategies, which compose, shrink and replay."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from notify_contracts._schema import Documents
from notify_contracts.catalog import Catalog, Contract
from notify_contracts.errors import UsageError
from notify_contracts.generate.agreeing import agreeing
from notify_contracts.generate.contracts import contract_shape, shape_at
from notify_contracts.generate.shapes import Shape
from notify_contracts.generate.texts import check_kinds

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def notifications(
    catalog: Catalog, event: str = "*", priority: str | None = None, *, without: Iterable[str] = ()
) -> "SearchStrategy[dict[str, Any]]":
    """Return the strategy of envelopes that keep one of the contracts that `event` (a glob) and `priority` select.

    `without` names kinds of texts that are left out (`TEXT_KINDS`), for a service that forbids them. Raise UsageError
    where nothing is selected or hypothesis is missing, CatalogError for a contract that nothing keeps.
    """
    return _either([envelopes(contract, without=without) for contract in catalog.selected(event, priority)])


def envelopes(contract: Contract, *, without: Iterable[str] = ()) -> "SearchStrategy[dict[str, Any]]":
    """Return the strategy of the envelopes that keep one contract."""
    strategy = strategy_of(contract_shape(contract), check_kinds(without))
    return strategy.map(agreeing(contract)) if contract.schemas.folder.envelopes else strategy


def payloads(contract: Contract, *, without: Iterable[str] = ()) -> "SearchStrategy[Any]":
    """Return the strategy of the payloads that one contract allows."""
    with_one = envelopes(contract, without=without).filter(lambda envelope: "payload" in envelope)
    return with_one.map(lambda envelope: envelope["payload"])


def values(documents: Documents, uri: str, *, without: Iterable[str] = ()) -> "SearchStrategy[Any]":
    """Return the strategy of the values that keep the schema at `uri`, one of `documents`."""
    return strategy_of(shape_at(documents, uri, uri), check_kinds(without))


def _strategies(without: tuple[str, ...]) -> Any:
    try:
        from notify_contracts.generate.strategies import Strategies
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise UsageError("hypothesis is not installed: pip install 'notify-contracts[fuzz]'") from None
    return Strategies(without)


@lru_cache(maxsize=512)
def strategy_of(shape: Shape, without: tuple[str, ...]) -> "SearchStrategy[Any]":
    """Return the strategy of a shape, made once; raise UsageError where hypothesis is missing."""
    found: SearchStrategy[Any] = _strategies(without).strategy(shape)
    return found


def _either(strategies: "list[SearchStrategy[Any]]") -> "SearchStrategy[Any]":
    from hypothesis.strategies import one_of

    return one_of(*strategies)
