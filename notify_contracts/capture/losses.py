"""Notifications of which a service's log says that they were lost: oslo.messaging logs it and raises nothing.

Source: oslo.messaging 18.3.1, `notify/messaging.py` (a messaging driver gives up), `notify/notifier.py` (any driver
raises), `_drivers/impl_kafka.py`.
"""

from collections.abc import Iterator

from notify_contracts._untrusted import expression, printable, shortened
from notify_contracts.model import UNDELIVERED, Unreadable

_LOST = expression(
    r"Could not send notification to (?P<topic>\S{1,255}?)\.? Payload="
    r"|attempting to send to notification system\. Payload="
    r"|impl_kafka \S{0,99}.{0,255}?Produce message failed: "
)
WORDS = ("Could not send notification", "send to notification system", "Produce message failed")
LOST = tuple(word.encode() for word in WORDS)
"""Bytes of which a line has some if it says that a notification was lost."""

_UNFILLED = "%(topic)s"  # of a record that holds the message and its arguments apart

_FACTS = expression(r"'(event_type|priority|message_id)': '([^']{1,100})'")
_FAR = 4096  # characters of what was lost in which its event type is looked for


def may_tell_of_one(line: bytes) -> bool:
    """Whether a line may say that a notification was lost; quick."""
    return any(mark in line for mark in LOST)


def tells_of_one(text: str) -> bool:
    """Whether a text may say that a notification was lost; quick."""
    return any(word in text for word in WORDS)


def losses(text: str) -> Iterator[Unreadable]:
    """Yield what was lost, as `text` says."""
    if not tells_of_one(text):
        return
    for match in _LOST.finditer(text):
        facts = dict(_FACTS.findall(text, match.end(), match.end() + _FAR))
        known = " ".join(facts[name] for name in ("event_type", "priority", "message_id") if name in facts)
        what = f'"{shortened(printable(known), 150)}"' if known else "a notification"
        to = f" to {printable(match['topic'])}" if match["topic"] and match["topic"] != _UNFILLED else ""
        yield Unreadable(
            f"it was lost: oslo.messaging logs that it could not send {what}{to}, and the lines behind it say why",
            UNDELIVERED,
        )
