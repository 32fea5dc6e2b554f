"""What a function under test returns when it has done nothing yet."""

from inspect import iscoroutine

from notify_contracts.errors import UsageError


def require_done(returned: object) -> None:
    """Raise UsageError for a coroutine: nothing that was asked for has happened, and nothing ever will."""
    if iscoroutine(returned):
        name = returned.__qualname__.rpartition(".")[2]
        returned.close()  # Python would warn that it was never awaited
        raise UsageError(f"{name} is a coroutine function: wrap it in one that runs it to its end, as asyncio.run does")
