"""Notifications broken on purpose: exactly one rule at one place, with the violation that a checker must report."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.generate._mutations.bodies import body_mutations
    from notify_contracts.generate._mutations.breaking import canonical
    from notify_contracts.generate._mutations.catalogwide import address_mutations, delivery_mutations
    from notify_contracts.generate._mutations.mutation import Mutation, replaced
    from notify_contracts.generate._mutations.mutator import Mutator
    from notify_contracts.generate._mutations.rules import Rule, rules_of
    from notify_contracts.generate._mutations.sites import UNHEARD_OF

__all__ = [
    "UNHEARD_OF",
    "Mutation",
    "Mutator",
    "Rule",
    "address_mutations",
    "body_mutations",
    "canonical",
    "delivery_mutations",
    "replaced",
    "rules_of",
]
