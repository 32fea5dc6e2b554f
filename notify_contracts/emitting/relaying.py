"""What a child process emits, on its way to the process that listens: a line for each in a file that both know."""

import errno
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from notify_contracts._untrusted import NotJsonError, dump, parse
from notify_contracts.emitting.emission import Emission, Emitted, Lost, Undelivered
from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire import FormatVersion

LISTENERS_VARIABLE = "NOTIFY_CONTRACTS_LISTENERS"
"""The environment variable by which a child process that is no fork learns who listens."""


class Listener(NamedTuple):
    """Who listens in another process to what `source` emits, in the format `wire`; `token` is its name in the file."""

    token: str
    source: str
    wire: FormatVersion


LOSS = stat.S_IXUSR
"""The bit of the file's mode by which a child says that something is lost, for which no room in it is needed."""


def relay(path: str, token: str, emitted: Emitted) -> None:
    """Add what was emitted to the file for the listener `token`; where the file is gone, nobody listens any more.

    Where that fails otherwise, for the disk is full, the file is marked with `LOSS`.
    """
    try:
        line = dump({"token": token, **_values(emitted)})
    except NotJsonError as error:
        line = dump({"token": token, **_values(Undelivered(f"what a child process emitted is not JSON: {error}"))})
    try:
        _append(path, line + b"\n")
    except FileNotFoundError:
        return
    except OSError:
        with suppress(OSError):
            os.chmod(path, LOSS | stat.S_IRUSR | stat.S_IWUSR)  # noqa: PTH101  # here nothing may take long to import


def _append(path: str, line: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        # At once: lines of several processes do not mix.
        if os.write(file, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    finally:
        os.close(file)


def relayed(line: bytes) -> tuple[str, Emitted]:
    """Return for which listener a line of the file is, and what was emitted; raise ValueError if it is none."""
    try:
        values = parse(line)
        return str(values["token"]), _emitted(values)
    except (NotJsonError, LookupError, TypeError):
        raise ValueError("not a line of a child process") from None


def written(path: str, listeners: Sequence[Listener]) -> str:
    """Return the value of `LISTENERS_VARIABLE` that names the file and who listens."""
    return dump([path, list(map(list, listeners))]).decode()


def observer_of(environment: Mapping[str, str]) -> Callable[[Emission], None] | None:
    """Return what tells the listeners that `LISTENERS_VARIABLE` names, None if it names none."""
    try:
        path, listeners = parse(environment.get(LISTENERS_VARIABLE, ""))
        named = [Listener(*map(str, each)) for each in listeners]  # type: ignore[arg-type]  # whatever it is, it is told
    except (NotJsonError, TypeError, ValueError):
        return None
    return lambda emission: _tell(path, named, emission)


def _tell(path: str, listeners: Sequence[Listener], emission: Emission) -> None:
    for listener in listeners:
        if listener.source == emission.emitter:
            relay(path, listener.token, emission.arriving(listener.wire))


def _values(emitted: Emitted) -> dict[str, Any]:
    if isinstance(emitted, Undelivered):
        return {"undelivered": emitted.reason}
    if isinstance(emitted, Unreadable):
        return {"unreadable": emitted.reason}
    if isinstance(emitted, Lost):
        place = [part if isinstance(part, int) else str(part) for part in emitted.place]
        return {**_values(emitted.notification), "lost": emitted.reason, "place": place}
    return {"notification": [emitted.envelope, emitted.context, emitted.format_version]}


def _emitted(values: Mapping[str, Any]) -> Emitted:
    if "undelivered" in values:
        return Undelivered(values["undelivered"])
    if "unreadable" in values:
        return Unreadable(values["unreadable"])
    notification = Notification(*values["notification"])
    return Lost(notification, tuple(values["place"]), values["lost"]) if "lost" in values else notification
