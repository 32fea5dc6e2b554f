"""How strong contracts are: which share of blind changes to valid notifications they catch, and what they let pass."""

from notify_contracts._lint.strength.measure import strength_of
from notify_contracts._lint.strength.result import ContractStrength, FieldStrength, Strength, share

__all__ = ["ContractStrength", "FieldStrength", "Strength", "share", "strength_of"]
