"""Whether a notification keeps a schema that needs are compiled to."""

from typing import Any

from notify_contracts._schema import Validator


def is_kept(validator: Validator, value: Any) -> bool:
    """Whether `value` is valid; nothing is that engines refuse to look at."""
    try:
        return validator.is_valid(value)
    except (RecursionError, ValueError):
        return False
