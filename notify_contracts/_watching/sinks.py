"""What becomes of everything that arrives: a line for each verdict, and a recording that `check` reads."""

from collections.abc import Callable, Mapping
from typing import Any

from notify_contracts._amqp import Arrival
from notify_contracts._report import verdict_line
from notify_contracts._untrusted import NotJsonError, dump
from notify_contracts.model import Verdict

RECORDING_BEGINNING = b'{"exchange":'
"""What every line of a recording begins with."""


class VerdictLines:
    """Gives `hand_on` a line of JSON for each verdict, or only for those with violations, a portion at a time."""

    def __init__(self, hand_on: Callable[[bytes], None], *, only_violations: bool) -> None:
        self._hand_on = hand_on
        self._only_violations = only_violations
        self._lines: list[bytes] = []

    def add(self, arrival: Arrival, verdict: Verdict) -> None:
        """Keep the line of one verdict."""
        if verdict.violations or not self._only_violations:
            self._lines.append(verdict_line(verdict, redelivered=arrival.method.redelivered))

    def flush(self) -> None:
        """Hand on the lines kept."""
        if self._lines:
            self._hand_on(b"".join(self._lines))
            self._lines.clear()


class RecordingLines:
    """Gives `hand_on` messages as lines of JSON, a portion at a time: exchange, routing key, properties and body."""

    def __init__(self, hand_on: Callable[[bytes], None]) -> None:
        self._hand_on = hand_on
        self._lines: list[bytes] = []

    def add(self, arrival: Arrival, verdict: Verdict) -> None:  # noqa: ARG002 - conforming or not, it is recorded
        """Keep the line of one message."""
        self._lines.append(recording_line(arrival))

    def flush(self) -> None:
        """Hand on the lines kept."""
        if self._lines:
            self._hand_on(b"".join(self._lines))
            self._lines.clear()


def recording_line(arrival: Arrival) -> bytes:
    """Return a message as a line of JSON.

    A body that is not UTF-8 has no place in JSON; what stands for it is as unreadable and shows what it was.
    """
    delivery = arrival.delivery
    try:
        body = arrival.body.decode()
    except UnicodeDecodeError:
        body = f"not UTF-8: {arrival.body.decode(errors='backslashreplace')}"
    line = {
        "exchange": delivery.exchange,
        "routing_key": delivery.routing_key,
        "properties": delivery.properties,
        "body": body,
    }
    try:
        return dump(line) + b"\n"
    except NotJsonError:  # AMQP knows bytes, times and decimals
        return dump(line | {"properties": _plain(delivery.properties)}) + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(_plain(name)): _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes | bytearray):
        return value.decode(errors="backslashreplace")
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
