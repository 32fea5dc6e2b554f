"""What is missing without the extra ``cluster``, said in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from notify_contracts.errors import UsageError


@contextmanager
def extra_cluster() -> Iterator[None]:
    """Import here what comes with the extra; raise UsageError where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'notify-contracts[cluster]'") from None
