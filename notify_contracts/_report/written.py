"""What one of several forms makes of a value, found by where it stands."""

from importlib import import_module


def written(value: object, where: str, **how: object) -> bytes:
    """Return in UTF-8 what the function at ``module:name`` writes of a value; only its module is imported."""
    module, _, name = where.partition(":")
    text: str = getattr(import_module(module), name)(value, **how)
    return text.encode(errors="backslashreplace")
