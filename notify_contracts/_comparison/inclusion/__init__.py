"""Whether every value that one schema allows is allowed by another: proved, refuted by values, or not decided."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._comparison.inclusion.allowed import Allowed, allowed_by_schema
    from notify_contracts._comparison.inclusion.deciding import inclusion
    from notify_contracts._comparison.inclusion.findings import Doubt, Gap, Inclusion

__all__ = ["Allowed", "Doubt", "Gap", "Inclusion", "allowed_by_schema", "inclusion"]
