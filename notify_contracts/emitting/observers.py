"""Who is told of every notification that this process emits: the recorder of a test, for one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from notify_contracts.emitting.emission import Emission
from notify_contracts.emitting.relaying import observer_of

Observer = Callable[[Emission], None]

_parents = observer_of(os.environ)
_observers: dict[object, Observer] = {} if _parents is None else {None: _parents}
"""From the start those of the process that has started this one, if it records; each under a key of its own.

Threads, and a fork, need no lock: Python adds, removes and lists in one step.
"""


@contextmanager
def observing(observer: Observer) -> Iterator[None]:
    """Call `observer`, in the thread that emits, with everything emitted from now on until the context is left."""
    key = object()
    _observers[key] = observer
    try:
        yield
    finally:
        del _observers[key]


def tell(emission: Emission) -> bool:
    """Tell every observer, and return whether there is any."""
    observers = list(_observers.values())
    for observer in observers:
        observer(emission)
    return bool(observers)
