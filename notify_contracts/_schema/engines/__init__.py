"""The JSON Schema engines that decide, behind one small interface: two of them, and they must agree."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._schema.engines.base import (
        DEFAULT_ENGINE,
        ENGINES,
        Fault,
        Validator,
        engine_named,
        require_engine,
        validator_of,
    )
    from notify_contracts._schema.engines.breaking import IsValid, Rule
    from notify_contracts._schema.engines.flatten import flattened

__all__ = [
    "DEFAULT_ENGINE",
    "ENGINES",
    "Fault",
    "IsValid",
    "Rule",
    "Validator",
    "engine_named",
    "flattened",
    "require_engine",
    "validator_of",
]
