"""What becomes of everything that arrives: a line for each verdict, and a recording that `check` reads."""

from collections.abc import Callable

from notify_contracts._amqp import Arrival
from notify_contracts._report import verdict_line
from notify_contracts._watching.recorded import recording_line
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
