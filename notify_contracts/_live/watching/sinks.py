"""What becomes of everything that arrives: a line for each verdict, and a recording that `check` reads."""

from collections.abc import Callable, Sequence
from typing import Any

from notify_contracts._amqp import Arrival
from notify_contracts._checking import hidden
from notify_contracts._live.watching.ledger import nothing_is_known
from notify_contracts._live.watching.recorded import recording_line
from notify_contracts._report import verdict_line
from notify_contracts._untrusted import MASK, NotJsonError, dump, parse
from notify_contracts.catalog import Catalog
from notify_contracts.model import Unreadable, Verdict, Violation
from notify_contracts.wire import MESSAGE_KEY
from notify_contracts.wire.envelopes import told

RECORDING_BEGINNING = b'{"exchange":'
"""What every line of a recording begins with."""


class _Lines:
    """Lines that are kept until they are handed on, a portion at a time."""

    def __init__(self, hand_on: Callable[[bytes], None]) -> None:
        self._hand_on = hand_on
        self._lines: list[bytes] = []

    def flush(self) -> None:
        """Hand on the lines kept."""
        if self._lines:
            self._hand_on(b"".join(self._lines))
            self._lines.clear()


class VerdictLines(_Lines):
    """Gives `hand_on` a line of JSON for each verdict, a portion at a time.

    With `only_violations`, those that conform have none, and neither has one that `is_known`.
    """

    def __init__(
        self,
        hand_on: Callable[[bytes], None],
        *,
        only_violations: bool,
        is_known: Callable[[Verdict], bool] = nothing_is_known,
    ) -> None:
        super().__init__(hand_on)
        self._is_known = is_known
        self._only_violations = only_violations

    def add(self, arrival: Arrival, verdict: Verdict) -> None:
        """Keep the line of one verdict."""
        if not self._only_violations or (verdict.violations and not self._is_known(verdict)):
            self._lines.append(verdict_line(verdict, redelivered=arrival.method.redelivered))


class RecordingLines(_Lines):
    """Gives `hand_on` messages as lines of JSON, a portion at a time: exchange, routing key, properties and body.

    With `masked_by`, the secrets of a catalog are hidden in properties and bodies, and so is what must not be there; a
    body that cannot be read is hidden whole. Else bodies are as they came.
    """

    def __init__(self, hand_on: Callable[[bytes], None], masked_by: Catalog | None = None) -> None:
        super().__init__(hand_on)
        self._catalog = masked_by

    def add(self, arrival: Arrival, verdict: Verdict) -> None:
        """Keep the line of one message, whether it conforms or not."""
        if self._catalog is None:
            self._lines.append(recording_line(arrival))
            return
        line = parse(recording_line(arrival))
        line["properties"] = self._catalog.secrets.hidden(line["properties"])
        line["body"] = _masked(line["body"], verdict, self._catalog)
        self._lines.append(dump(line) + b"\n")


def _masked(body: str, verdict: Verdict, catalog: Catalog) -> str:
    """Return a body without secrets, as they are hidden in a report."""
    if isinstance(verdict.content, Unreadable):
        return MASK
    try:
        content = parse(body)
        if isinstance(content, dict) and isinstance(wrapped := content.get(MESSAGE_KEY), str):
            inner = dump(_shown(parse(wrapped), verdict.violations, catalog)).decode()
            return dump({**catalog.secrets.hidden(content), MESSAGE_KEY: inner}).decode()
        return dump(_shown(content, verdict.violations, catalog)).decode()
    except NotJsonError:
        return MASK


def _shown(content: Any, violations: Sequence[Violation], catalog: Catalog) -> Any:
    """Return a notification, or an event, without what is hidden: violations name places as in a notification."""
    envelope = told(content) if isinstance(content, dict) else None
    if envelope is None:
        return hidden(content, violations, catalog.secrets)
    return {**catalog.sent(hidden(envelope, violations, catalog.secrets))}
