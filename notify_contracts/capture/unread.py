"""What is said of a value in which no notification was found, but seems to stand."""

from notify_contracts.capture.evidence import (
    lists_one,
    logged_otherwise,
    names_columns,
    names_one,
    names_otherwise,
    prints_arguments,
    seems_to_hold_one,
    seems_to_print_one,
)
from notify_contracts.capture.losses import losses
from notify_contracts.capture.messages import no_notification
from notify_contracts.model import Unreadable
from notify_contracts.wire.envelopes import is_event_otherwise

UNREAD = "one seems to stand in it, in a form that is not read: write it as JSON, on a line of its own"
BEGINS = "a notification begins here, and its end is missing: get the whole of it"
BODY_BEGINS = (
    "a message's body begins here, and its end is missing: get the whole of it, with a larger `truncate` (management "
    "API) or `max_payload_bytes` (tracing plugin)"
)
ENDS = "the end of a notification stands here, and its beginning is missing: get the whole of it"
TORN = "another record begins in the middle of it"
CALLED_OTHERWISE = (
    "one seems to stand in it whose attributes are called otherwise: they are message_id, publisher_id, event_type, "
    "priority, timestamp and payload"
)
_EVENT_OTHERWISE = (
    "an event seems to stand in it of which names are written otherwise than the envelope says that the catalog states"
)
_COLUMNS = (
    "a table begins here whose columns are a notification's attributes, which is not read: write them as JSON lines"
)
_ARGUMENTS = (
    "what a listener's endpoint was given stands in it without the names, which is not read: "
    "print it as an object with publisher_id, event_type, payload and metadata"
)
_OF_ANOTHER = (
    "it is a notification as another notifier logs it, without an envelope: log it with oslo.messaging's driver"
)
_SAID = (
    (names_columns, _COLUMNS),
    (prints_arguments, _ARGUMENTS),
    (logged_otherwise, _OF_ANOTHER),
    (seems_to_print_one, UNREAD),
    (names_otherwise, CALLED_OTHERWISE),
)
"""What is said of a text in which nothing was read, by what it seems to be."""


def said_of(text: str) -> str | None:
    """Return what is said of a text in which no notification was read, None if it does not seem to hold one."""
    return next((said for seems, said in _SAID if seems(text)), None)


def cut_off_in(text: str, *, is_broken: bool = False) -> str | None:
    """Return what is said of what is no value and seems to hold a piece of a notification, None of any other text.

    A piece opens more braces than it closes, or fewer; who speaks of a notification does not. The pieces of one into
    which another was written may be as many, but then something in the text `is_broken`.
    """
    more = text.count("{") - text.count("}")
    if not (more or is_broken) or not (seems_to_hold_one(text) or (more and seems_to_print_one(text))):
        return None
    return TORN if not more else BEGINS if more > 0 else ENDS


def nothing_in(value: object, text: str, *, is_log: bool) -> list[Unreadable]:
    """Return what is said of a whole value, of which `text` is the JSON, in which no notification was found."""
    lost = [*losses(text)]
    if lost:
        return lost
    said = no_notification(value)
    if names_one(text) or lists_one(text):
        return [Unreadable(f"{said.reason}; {UNREAD}")]
    if names_otherwise(text):
        return [Unreadable(f"{said.reason}; {CALLED_OTHERWISE}")]
    if is_event_otherwise(value, text):
        return [Unreadable(f"{said.reason}; {_EVENT_OTHERWISE}")]
    return [] if is_log else [said]
