"""Two catalogs held against each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from notify_contracts._comparison.envelopes import of_envelope
from notify_contracts._comparison.findings import (
    Comparison,
    Direction,
    Finding,
    Side,
    State,
    Undecided,
)
from notify_contracts._comparison.grouping import of_doubts, of_rules
from notify_contracts._comparison.orders import of_lifecycles
from notify_contracts._comparison.pairs import Pair
from notify_contracts._comparison.presence import came_and_went
from notify_contracts._comparison.renames import renamed_event_types
from notify_contracts._comparison.transports import of_transport
from notify_contracts._comparison.versions import judged
from notify_contracts._comparison.wording import reworded
from notify_contracts.catalog import Catalog, Contract, shape_of_contracts
from notify_contracts.errors import UsageError

SECONDS = 1.0


_Both = tuple[Contract, Contract]


def compare(
    old: Catalog,
    new: Catalog,
    *,
    seconds: float = SECONDS,
    watched: Callable[[Sequence[_Both]], Iterable[_Both]] = iter,
) -> Comparison:
    """Return what differs between two catalogs, and whom it breaks.

    Each contract may take about `seconds` in a direction where it is not decided place by place. `watched` gives
    the pairs of contracts on, one after the other. Raise CatalogError for a catalog that cannot be used, UsageError
    where the two have nothing in common, for then nothing would be compared.
    """
    with shape_of_contracts(f"{old.name} and {new.name}"):
        return _compared(old, new, seconds, watched)


def _compared(
    old: Catalog, new: Catalog, seconds: float, watched: Callable[[Sequence[_Both]], Iterable[_Both]]
) -> Comparison:
    for name, catalog in (("OLD", old), ("NEW", new)):
        if not catalog.contracts:
            raise UsageError(f"nothing was compared: {name}, {catalog.name}, has no contract; is it the right folder?")
    of_old, of_new = ({_pair(contract): contract for contract in catalog.contracts} for catalog in (old, new))
    common = [(of_old[key], of_new[key]) for key in of_old if key in of_new]
    renamed = renamed_event_types(old, new)
    if not common and not renamed:
        both = f"{old.name} and {new.name} have no contract in common"
        raise UsageError(f"nothing was compared: {both}; give two catalogs of one service")
    pairs = [Pair(*both, seconds) for both in watched(common)]
    of_orders = list(of_lifecycles(old, new))
    findings = (
        *came_and_went(old, new, renamed),
        *of_transport(old, new, common),
        *of_envelope(old, new, common),
        *of_rules(pairs),
        *(one for one in of_orders if isinstance(one, Finding)),
    )
    undecided = (*of_doubts(pairs), *(one for one in of_orders if isinstance(one, Undecided)))
    words = reworded(old, new, {file for finding in findings for file in finding.stated})
    return Comparison(
        Side(old.name, old.version, old.name),
        Side(new.name, new.version, new.name),
        _states(of_old, of_new, pairs),
        findings,
        undecided,
        words,
        judged(old, new, findings, undecided, words),
    )


def _pair(contract: Contract) -> tuple[str, str]:
    return contract.event_type, contract.priority


def _states(
    old: Mapping[tuple[str, str], Contract], new: Mapping[tuple[str, str], Contract], pairs: list[Pair]
) -> dict[str, dict[Direction, State]]:
    """Return what is known of each contract; what only one side has breaks where it is sent, and is not sent else."""
    by_id = {pair.new.id: pair for pair in pairs}
    states: dict[str, dict[Direction, State]] = {}
    for key in sorted({*old, *new}):
        id_ = (old.get(key) or new[key]).id
        if id_ in by_id:
            states[id_] = {direction: by_id[id_].state(direction) for direction in Direction}
        else:
            sent = Direction.OLD_SENT if key in old else Direction.NEW_SENDS
            states[id_] = {one: State.BREAKING if one is sent else State.ABSENT for one in Direction}
    return states
