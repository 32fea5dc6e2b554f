"""What a function under test returns when it has done nothing yet."""

from concurrent.futures import Future
from inspect import isasyncgen, isawaitable, iscoroutine, isgenerator

from notify_contracts.errors import UsageError

_KINDS = (
    (iscoroutine, "a coroutine", "wrap it in one that runs it to its end, as asyncio.run does"),
    (isgenerator, "a generator", "wrap it in one that goes through it, as list does"),
    (isasyncgen, "an asynchronous generator", "wrap it in one that goes through it, in asyncio.run"),
)


def require_done(returned: object) -> None:
    """Raise UsageError for what has not run: nothing that was asked for has happened, and perhaps nothing ever will."""
    for is_one, kind, remedy in _KINDS:
        if is_one(returned):
            if iscoroutine(returned):
                returned.close()  # Python would warn that it was never awaited
            name = getattr(returned, "__qualname__", kind).rpartition(".")[2]
            raise UsageError(f"{name} is {kind} function: {remedy}")
    if (isinstance(returned, Future) or isawaitable(returned)) and not getattr(returned, "done", bool)():
        raise UsageError(f"a {type(returned).__name__} was returned that is not done: wrap it in one that waits for it")
