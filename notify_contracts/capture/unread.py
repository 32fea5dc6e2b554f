"""What is said of a value in which no notification was found, but seems to stand."""

from notify_contracts.capture.evidence import lists_one, names_otherwise, seems_to_hold_one
from notify_contracts.capture.losses import losses
from notify_contracts.capture.messages import no_notification
from notify_contracts.model import Unreadable

UNREAD = "one seems to stand in it, in a form that is not read: write it as JSON, on a line of its own"
CALLED_OTHERWISE = (
    "one seems to stand in it whose attributes are called otherwise: they are message_id, publisher_id, event_type, "
    "priority, timestamp and payload"
)


def nothing_in(value: object, text: str, *, is_log: bool) -> list[Unreadable]:
    """Return what is said of a whole value, of which `text` is the JSON, in which no notification was found."""
    lost = [*losses(text)]
    if lost:
        return lost
    said = no_notification(value)
    if seems_to_hold_one(text) or lists_one(text):
        return [Unreadable(f"{said.reason}; {UNREAD}")]
    if names_otherwise(text):
        return [Unreadable(f"{said.reason}; {CALLED_OTHERWISE}")]
    return [] if is_log else [said]
