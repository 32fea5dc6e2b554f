"""YAML of somebody else's: whatever is wrong with it is one error with its line."""

from collections.abc import Iterator
from contextlib import contextmanager

from notify_contracts._untrusted.text import printable
from notify_contracts.errors import SourceError


@contextmanager
def reading_yaml(shown: str) -> Iterator[None]:
    """Raise SourceError, saying where in the file called `shown`, for what is no YAML or holds more than can be."""
    import yaml

    try:
        yield
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or "it cannot be read"
        raise SourceError(f"{shown}{where}: is no YAML: {printable(str(said))}") from None
    except (RecursionError, ValueError, TypeError, OverflowError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else printable(str(error))
        raise SourceError(f"{shown}: is no YAML that can be read: {said}") from None
