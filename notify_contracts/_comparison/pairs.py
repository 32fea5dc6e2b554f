"""One contract of two catalogs, held against each other in both directions."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from notify_contracts._comparison.findings import Direction, State, Witness, witness_of
from notify_contracts._comparison.inclusion import Allowed, Doubt, Gap, inclusion
from notify_contracts._comparison.statements import stated
from notify_contracts._schema import UnusableSchemaError, same
from notify_contracts.catalog import Contract, Numbered, shape_of_contracts
from notify_contracts.model import Violation


class Hearer:
    """A contract that refuses notifications: one may show thousands of breaks, and is judged once for them."""

    def __init__(self, contract: Contract) -> None:
        """Take the contract."""
        self._contract = contract
        self._last: tuple[Any, tuple[Violation, ...]] = None, ()

    def broken_by(self, value: Mapping[str, Any]) -> tuple[Violation, ...]:
        """Return everything in a notification that breaks the contract."""
        if not same(value, self._last[0]):
            self._last = value, self._contract.broken_by(value)
        return self._last[1]


class Break:
    """One place of a contract at which one side refuses what the other allows, with a value that shows it."""

    def __init__(self, direction: Direction, gap: Gap, sender: Contract, hearer: Hearer) -> None:
        """Take the contracts of who sends and of who refuses."""
        self.direction, self.pointer, self.keyword = direction, gap.pointer, gap.keyword
        self._value: Mapping[str, Any] = gap.witness
        self._sender, self._hearer = sender, hearer

    @cached_property
    def witness(self) -> Witness:
        """The notification, and what is said of it; without its secrets where it shows the same without."""
        hidden = self._sender.schemas.secrets.hidden(self._value)
        said = self._said(hidden) if hidden == self._value or self._sender.is_kept_by(hidden) else None
        if said is not None:
            return witness_of(self._sender, said, hidden)
        violations = self._hearer.broken_by(self._value)
        message = self._said(self._value) or next((one.message for one in violations), "it breaks the contract")
        return witness_of(self._sender, message, self._value)

    def _said(self, value: Mapping[str, Any]) -> str | None:
        here = self.pointer, self.keyword
        violations = self._hearer.broken_by(value)
        return next((one.message for one in violations if (one.pointer, one.keyword) == here), None)


class Open(NamedTuple):
    """One place of a contract that is not decided."""

    direction: Direction
    doubt: Doubt


class Pair:
    """The contract that both catalogs have for an event type and a priority."""

    def __init__(self, old: Contract, new: Contract, seconds: float) -> None:
        self.old, self.new = old, new
        self._seconds = seconds
        self.stated = cache(stated)
        self.breaks: list[Break] = []
        self.open: list[Open] = []
        allowed = {contract: Allowed(contract.documents, contract.uri) for contract in (old, new)}
        with shape_of_contracts(old.schemas.folder.place(old.uri)):
            try:
                self._decide(Direction.NEW_SENDS, new, old, allowed)
                self._decide(Direction.OLD_SENT, old, new, allowed)
            except UnusableSchemaError:
                for contract in (old, new):
                    _ = contract.validator  # says where
                raise

    @cached_property
    def numbered(self) -> Numbered:
        """The names of properties that either catalog declares, and that would be taken for data."""
        return Numbered(self.old.schemas.folder, self.new.schemas.folder)

    def state(self, direction: Direction) -> State:
        """Return what is known in one direction; a break is sure, whatever else is not."""
        if any(one.direction is direction for one in self.breaks):
            return State.BREAKING
        return State.UNDECIDED if any(one.direction is direction for one in self.open) else State.PROVED

    def _decide(
        self, direction: Direction, narrow: Contract, wide: Contract, allowed: Mapping[Contract, Allowed]
    ) -> None:
        base, hearer = next(iter(narrow.examples), None), Hearer(wide)
        found = inclusion(allowed[narrow], allowed[wide], base=base, seconds=self._seconds)
        self.open += [Open(direction, doubt) for doubt in found.doubts]
        for gap in found.gaps:
            if isinstance(gap.witness, Mapping):
                self.breaks.append(Break(direction, gap, narrow, hearer))
            else:
                doubt = Doubt(gap.pointer, "what was found is no notification", 1)
                self.open.append(Open(direction, doubt))
