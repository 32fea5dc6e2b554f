"""Who is told of every notification that this process emits: the recorder of a test, for one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from notify_contracts.emitting.emission import Emission
from notify_contracts.emitting.relaying import observer_of

Observer = Callable[[Emission], None]

_parents = observer_of(os.environ)
_observers: tuple[Observer, ...] = () if _parents is None else (_parents,)
"""From the start those of the process that has started this one, if it records."""


@contextmanager
def observing(observer: Observer) -> Iterator[None]:
    """Call `observer`, in the thread that emits, with everything emitted from now on until the context is left."""
    global _observers  # noqa: PLW0603 - an emitter deep in the code under test has no other way to its observer
    _observers = (*_observers, observer)
    try:
        yield
    finally:
        _observers = tuple(other for other in _observers if other is not observer)


def tell(emission: Emission) -> bool:
    """Tell every observer, and return whether there is any."""
    observers = _observers
    for observer in observers:
        observer(emission)
    return bool(observers)
