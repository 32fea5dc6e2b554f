"""A call that must return in time; one that does not is left or interrupted."""

import signal
import threading
from collections.abc import Callable

from notify_contracts._untrusted import monotonic

Call = Callable[[], object]

_AT_LEAST = 1e-3


class HangError(Exception):
    """A call did not return in time."""


class _TimeUp(BaseException):
    """Interrupts a call; no ``except Exception`` holds it up."""


def call_within(seconds: float, call: Call) -> None:
    """Call, and raise `HangError` if that takes longer than `seconds`.

    Where the system has timers, the main thread interrupts the call. Elsewhere it runs in a thread of its own, which is
    left behind: nothing can end a thread.
    """
    __tracebackhide__ = True
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        _interrupted(seconds, call)
    else:
        _left_behind(seconds, call)


def _interrupted(seconds: float, call: Call) -> None:
    __tracebackhide__ = True
    rung = False

    def ring(_signal: int, _frame: object) -> None:
        nonlocal rung
        rung = True
        raise _TimeUp

    before, started = signal.signal(signal.SIGALRM, ring), monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        try:
            call()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _TimeUp:
        raise HangError from None
    finally:
        signal.signal(signal.SIGALRM, before)
        if left:  # somebody else's timer goes on
            signal.setitimer(signal.ITIMER_REAL, max(left - (monotonic() - started), _AT_LEAST), interval)
    if rung:
        raise HangError


def _left_behind(seconds: float, call: Call) -> None:
    __tracebackhide__ = True
    raised: list[BaseException] = []

    def work() -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - it is raised again where the call came from
            raised.append(error)

    thread = threading.Thread(target=work, name="handling a notification", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise HangError
    if raised:
        raise raised[0]
