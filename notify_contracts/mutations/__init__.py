"""Notifications broken on purpose: exactly one rule at one place, with the violation that a checker must report."""

from notify_contracts.mutations.bodies import body_mutations
from notify_contracts.mutations.catalogwide import address_mutations, delivery_mutations
from notify_contracts.mutations.mutation import Mutation
from notify_contracts.mutations.mutator import Mutator
from notify_contracts.mutations.rules import Rule, rules_of

__all__ = ["Mutation", "Mutator", "Rule", "address_mutations", "body_mutations", "delivery_mutations", "rules_of"]
