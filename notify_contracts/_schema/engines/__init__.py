"""The JSON Schema engines that decide, behind one small interface: two of them, and they must agree."""

from notify_contracts._schema.engines.base import DEFAULT_ENGINE, ENGINES, Engine, Fault, Validator, engine_named

__all__ = ["DEFAULT_ENGINE", "ENGINES", "Engine", "Fault", "Validator", "engine_named"]
