"""Who is told of every notification that this process emits: the recorder of a test, for one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from notify_contracts.model import Notification, Unreadable

Emitter = Literal["notifier", "oslo.messaging"]


class Undelivered(NamedTuple):
    """What a driver did not deliver while its emitter went on as if it had; `reason` is one line."""

    reason: str


class Emission(NamedTuple):
    """What an emitter sends, or has failed to send."""

    emitter: Emitter
    content: Notification | Unreadable | Undelivered


Observer = Callable[[Emission], None]

_observers: tuple[Observer, ...] = ()


@contextmanager
def observing(observer: Observer) -> Iterator[None]:
    """Call `observer`, in the thread that emits, with everything emitted from now on until the context is left."""
    global _observers  # noqa: PLW0603 - an emitter deep in the code under test has no other way to its observer
    _observers = (*_observers, observer)
    try:
        yield
    finally:
        _observers = tuple(other for other in _observers if other is not observer)


def tell(emission: Emission) -> None:
    """Tell every observer."""
    for observer in _observers:
        observer(emission)
