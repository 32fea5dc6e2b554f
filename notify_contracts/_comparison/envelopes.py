"""Where two catalogs say that a service writes the attributes of a notification: one envelope or another."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._comparison.advice import ENVELOPE_STATED, advice
from notify_contracts._comparison.findings import Direction, Finding, Kind, Witness, witness_of
from notify_contracts._comparison.identity import digest
from notify_contracts._untrusted import dump, printable, shortened
from notify_contracts.catalog import MANIFEST, Catalog, Contract

_LONGEST = 300
_AS_IT_IS = "that of a notification"


def of_envelope(old: Catalog, new: Catalog, common: Sequence[tuple[Contract, Contract]]) -> Iterator[Finding]:
    """Yield, for each direction, that the envelopes differ; `common` are the contracts that both have."""
    stated = [catalog.manifest.get(ENVELOPE_STATED) for catalog in (old, new)]
    if stated[0] == stated[1] or not common:
        return
    was, now = _differing(*stated)
    of_old, of_new = common[0]
    ids = tuple(one.id for _, one in common)
    for direction, sender, contract, hearer in (
        (Direction.NEW_SENDS, new, of_new, old),
        (Direction.OLD_SENT, old, of_old, new),
    ):
        yield Finding(
            direction,
            Kind.TRANSPORT,
            ENVELOPE_STATED,
            ENVELOPE_STATED,
            was,
            now,
            ids,
            *advice(direction, Kind.TRANSPORT, ENVELOPE_STATED),
            _witness(contract, sender, hearer),
            (MANIFEST,),
            everywhere=True,
            rules=lambda: {("", ENVELOPE_STATED): digest(stated)},
        )


def _differing(old: Any, new: Any) -> Iterator[str]:
    """Yield what each side states, less what both do."""
    both = old.items() & new.items() if old and new else ()
    for stated in (old, new):
        own = {name: stated[name] for name in stated or () if (name, stated[name]) not in both}
        yield shortened(printable(dump(own).decode()), _LONGEST) if stated else _AS_IT_IS


def _witness(contract: Contract, sender: Catalog, hearer: Catalog) -> Witness | None:
    """Return an event as it is sent, where the other side does not read it."""
    for example in contract.examples[:1]:
        event: Mapping[str, Any] = sender.sent(contract.schemas.secrets.hidden(example))
        for violation in hearer.check(event).violations:
            return witness_of(contract, violation.message, event)
    return None
