"""As few broken notifications as break every rule that can be broken: a catalog's own cases."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from notify_contracts._schema import Pointer
from notify_contracts.catalog import Catalog, Contract
from notify_contracts.generate._mutations import Mutation, Mutator, address_mutations
from notify_contracts.generate.breaking import Broken, broken_in
from notify_contracts.generate.sampled import samples
from notify_contracts.model import UNKNOWN_EVENT, Violation

_SAMPLES = 24
_MOST_IN_VAIN = 5


def minimal_broken(
    catalog: Catalog, contract: Contract, *, seed: int = 0, without: Iterable[str] = ()
) -> Iterator[Broken[dict[str, Any]]]:
    """Yield, of each rule of `contract` that can be broken, one envelope that breaks it and nothing else.

    The contract's examples are broken first, and then samples in which there is what no example has: see `samples` for
    `seed` and `without`. The catalog agrees with each about what is broken.
    """
    mutator, seen = Mutator(contract), set[Pointer]()
    made = samples(catalog, contract.event_type, contract.priority, seed=seed, without=without)
    in_vain = 0
    for envelope in chain(contract.examples, islice(made, _SAMPLES)):
        if in_vain == _MOST_IN_VAIN:
            return
        in_vain += 1
        unseen = mutator.mutations(envelope, lambda _, stated: not seen.issuperset(rule.cut for rule in stated))
        for mutation in (*unseen, *_without_contract(catalog, envelope)):
            rules = mutation.rules or ((mutation.pointer, mutation.keyword),)
            if seen.issuperset(rules):
                continue
            broken = broken_in(mutation, lambda choices: choices[0])
            if _agrees(catalog, broken.content, broken.violation):
                seen.update(rules)
                in_vain = 0
                yield broken


def _without_contract(catalog: Catalog, envelope: Mapping[str, Any]) -> Iterator[Mutation[dict[str, Any]]]:
    """Yield the ways to give an envelope a priority of which its event type has no contract."""
    yield from (each for each in address_mutations(catalog, envelope) if each.keyword != UNKNOWN_EVENT)


def _agrees(catalog: Catalog, content: Mapping[str, Any], violation: Violation) -> bool:
    found = {(each.pointer, each.keyword) for each in catalog.check(content).violations}
    return found == {(violation.pointer, violation.keyword)}
