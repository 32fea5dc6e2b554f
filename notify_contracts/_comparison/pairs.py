"""One contract of two catalogs, held against each other in both directions."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from notify_contracts._comparison.findings import Direction, State, Witness
from notify_contracts._comparison.inclusion import Allowed, Doubt, allowed_by, inclusion
from notify_contracts._comparison.statements import stated
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import Contract, shape_of_contracts

_LONGEST = 300


class Break(NamedTuple):
    """One place of a contract at which one side refuses what the other allows, with the notification that shows it."""

    direction: Direction
    pointer: str
    keyword: str
    witness: Witness


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
        for contract in (old, new):
            _ = contract.validator  # says where, if a schema cannot be used
        allowed = {contract: allowed_by(contract.documents, contract.uri) for contract in (old, new)}
        with shape_of_contracts(old.schemas.folder.place(old.uri)):
            for direction, narrow, wide in ((Direction.NEW_SENDS, new, old), (Direction.OLD_SENT, old, new)):
                self._decide(direction, narrow, wide, allowed)

    def state(self, direction: Direction) -> State:
        """Return what is known in one direction; a break is sure, whatever else is not."""
        if any(one.direction is direction for one in self.breaks):
            return State.BREAKING
        return State.UNDECIDED if any(one.direction is direction for one in self.open) else State.PROVED

    def _decide(
        self, direction: Direction, narrow: Contract, wide: Contract, allowed: Mapping[Contract, Allowed]
    ) -> None:
        base = next((example for example in narrow.examples if narrow.is_kept_by(example)), None)
        found = inclusion(allowed[narrow], allowed[wide], base=base, seconds=self._seconds)
        self.open += [Open(direction, doubt) for doubt in found.doubts]
        for gap in found.gaps:
            witness = witnessed(narrow, wide, gap.witness, gap.pointer, gap.keyword)
            if witness is None:
                doubt = Doubt(gap.pointer, "what was found does not show it when it is checked as a notification", 1)
                self.open.append(Open(direction, doubt))
            else:
                self.breaks.append(Break(direction, gap.pointer, gap.keyword, witness))


def witnessed(narrow: Contract, wide: Contract, value: Any, pointer: str, keyword: str) -> Witness | None:
    """Return a value as a witness with what `wide` says of it; None unless it is one.

    Where it is one without its secrets as well, it is shown without.
    """
    if not isinstance(value, Mapping):
        return None
    hidden = narrow.schemas.secrets.hidden(value)
    for one in (hidden, value):
        if not narrow.is_kept_by(one):
            continue
        violations = wide.broken_by(one)
        said = [violation for violation in violations if (violation.pointer, violation.keyword) == (pointer, keyword)]
        if said or (violations and one is value):
            message = (said or violations)[0].message
            return Witness(narrow.id, shortened(printable(message), _LONGEST), one)
    return None
