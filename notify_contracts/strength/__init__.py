"""How strong contracts are: which share of blind changes to valid notifications they catch, and what they let pass."""

from notify_contracts.strength.measure import strength_of
from notify_contracts.strength.result import ContractStrength, FieldStrength, Strength

__all__ = ["ContractStrength", "FieldStrength", "Strength", "strength_of"]
