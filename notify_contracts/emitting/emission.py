"""What an emitter says of a notification that it sends, or has failed to send."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire import FormatVersion

Emitter = Literal["notifier", "oslo.messaging"]


class Undelivered(NamedTuple):
    """What a driver did not deliver while its emitter went on as if it had; `reason` is one line."""

    reason: str

    def __str__(self) -> str:
        """Say so in a line."""
        return f"a notification was not delivered, and its emitter went on: {self.reason}"


class Lost(NamedTuple):
    """A notification that its emitter hands over and that no consumer gets, for its format has no way to write it.

    `notification` is as much of it as can be shown; the keys in `place` lead to what cannot be carried; `reason` is
    one line.
    """

    notification: Notification
    place: tuple[Any, ...]
    reason: str


Emitted = Notification | Unreadable | Undelivered | Lost


class Emission(NamedTuple):
    """What an emitter sends, or has failed to send.

    `content` is what arrives of it in format 2.0; `on_wire` says what arrives in either, and is None where both carry
    the same. It is to be asked before the emitter goes on and may change what it sent.
    """

    emitter: Emitter
    content: Emitted
    on_wire: Callable[[FormatVersion], Emitted] | None = None

    def arriving(self, wire: FormatVersion) -> Emitted:
        """Return what arrives of it where the format `wire` is configured."""
        return self.content if self.on_wire is None or wire == "2.0" else self.on_wire(wire)
