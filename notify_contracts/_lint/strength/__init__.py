"""The strength of contracts: the share of blind changes to valid notifications that they catch, and the rest."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._lint.strength.measure import strength_of
    from notify_contracts._lint.strength.refusing import ANYTHING, remedies
    from notify_contracts._lint.strength.result import ContractStrength, FieldStrength, Strength, share

__all__ = ["ANYTHING", "ContractStrength", "FieldStrength", "Strength", "remedies", "share", "strength_of"]
