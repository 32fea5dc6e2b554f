"""Notifications in a service's log, written by the log driver among everything else that is logged.

Source: oslo.messaging's log driver as recorded from Glance 33: a logger named after the event type, the notification as
JSON on one line, and after it the text of an exception if one was being handled.
"""

from notify_contracts._untrusted import NotJsonError, parse
from notify_contracts.capture.values import end_of_value

LOGGER = "oslo.messaging.notification."


def parse_logged(line: bytes) -> object:
    """Return the JSON value with which `line` begins, leaving the rest; raise `NotJsonError` if it begins with none."""
    try:
        return parse(line)
    except NotJsonError:
        # What is not UTF-8 may stand in the exception's text, after the notification.
        text = line.decode("utf-8", "surrogateescape")
        return parse(text[: end_of_value(text, 0)].encode("utf-8", "surrogateescape"))
