"""What decides whether a notification keeps a schema that needs are compiled to."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from notify_contracts._schema import DEFAULT_ENGINE, Validator, engine_named
from notify_contracts._untrusted import dump, parse

_URI = "https://notify-contracts.invalid/need"


def validator_of(schema: Mapping[str, Any]) -> Validator:
    """Return what decides about a schema; the same for the same schema."""
    return _compiled(dump(schema))


@cache
def _compiled(schema: bytes) -> Validator:
    content = parse(schema)
    return engine_named(DEFAULT_ENGINE, linted=True)(lambda uri: {_URI: content}[uri], _URI)


def is_kept(validator: Validator, value: Any) -> bool:
    """Whether `value` is valid; nothing is that engines refuse to look at."""
    try:
        return validator.is_valid(value)
    except (RecursionError, ValueError):
        return False
