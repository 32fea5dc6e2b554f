"""A service's log: notifications among everything else, each on its line, with things before and behind it."""

import json

import pytest

from notify_contracts.capture import Recording
from notify_contracts.model import Unreadable

PREFIX = "2026-11-22 09:32:55.731 28074 INFO oslo.messaging.notification.image.create "
CONTEXT = "[None req-e825f7d2 0b5e2a7c 7c1e4b8a - - default default] "
OTHERS = [
    "2026-11-22 09:32:52.951 28074 INFO glance.async_ [-] Threadpool model set to 'Native'",
    "Traceback (most recent call last):",
    '  File "/usr/lib/python3/glance/store.py", line 7, in add',
    "    raise StorageFull({'size': 1})",
    "",
    '2026-11-22 09:32:53.021 28074 ERROR oslo_messaging [-] Could not send to topic notifications: {"a": 1}',
    '{"not": "a notification"}',
    '  {"event_type": "indented"}',
    "2026-11-22 09:32:53.021 1 INFO oslo.messaging.notification.image.create [-] no brace here",
    "2026-11-22 09:32:53.021 1 DEBUG eventlet.wsgi [-] ::1 \"GET /v2 HTTP/1.1\" 200 {'event_type': 1}",
    "\x1b[31mred\x1b[0m \x00 \ufffd",
]


@pytest.fixture
def example(catalog_of):
    """Return a notification with everything in its texts that could mislead a reader of lines."""
    example = catalog_of("glance-emitted").contract("image.create", "INFO").example()
    example["payload"]["name"] = 'a "quoted\\" } name {: oslo.messaging.notification.x [-] {"event_type": "y"}'
    example["payload"]["properties"] = {"text": json.dumps({"nested": json.dumps({"deeper": '"}'})})}
    return example


@pytest.fixture
def read(made):
    """Return what is found in a log, with line numbers, and the number of other lines."""

    def read(log):
        with Recording(made(log if isinstance(log, bytes) else log.encode("utf-8", "surrogateescape"))) as recording:
            found = [
                (location.number, location.unit, getattr(content, "envelope", content))
                for content, location in recording
            ]
        return found, recording.skipped

    return read


def _logged(notification, before=PREFIX + CONTEXT, behind=""):
    return f"{before}{json.dumps(notification)}{behind}"


BEHIND = {
    "nothing": "",
    "carriage return": "\r",
    "exception": ": glance_store.exceptions.StorageFull: There is not enough disk space on the image storage media.",
    "exception with braces": ': KeyError: \'{"a": {}\' } ] {"event_type": "x"}',
    "another value": ' {"event_type": "image.delete"}',
    "brace": "}",
    "space": " \t ",
    "text that is not UTF-8": ": \udcff\udcfe",
    "reset of colour": "\x1b[00m",
}


@pytest.mark.parametrize("behind", BEHIND.values(), ids=BEHIND)
def test_text_behind(behind, example, read):
    """The JSON value is read from its first brace to its end, and what follows on the line is left."""
    log = "\n".join([OTHERS[0], _logged(example, behind=behind), OTHERS[1], ""])
    assert read(log) == ([(2, "line", example)], 2)


BEFORE = {
    "as Glance writes it": PREFIX + CONTEXT,
    "without a context": PREFIX + "[-] ",
    "with nothing but the logger": "oslo.messaging.notification.image.create ",
    "syslog": "Nov 22 09:32:55 host glance-api[28074]: " + PREFIX + CONTEXT,
    "of another event type": "x oslo.messaging.notification.volume.create [-] ",
    "in colour": "\x1b[00;36m" + PREFIX + "\x1b[01;35m" + CONTEXT + "\x1b[00m",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_prefix(before, example, read):
    """Whatever stands before the logger's name, the notification after it is found."""
    assert read(f"starting\n{_logged(example, before)}\n") == ([(2, "line", example)], 1)


def test_other_lines(example, read):
    """Everything else in a log is skipped and counted: tracebacks, blank lines, other loggers' JSON."""
    lines = []
    for other in OTHERS:
        lines += [other, _logged(example)]
    found, skipped = read("\n".join(lines))
    assert found == [(number, "line", example) for number in range(2, 2 * len(OTHERS) + 1, 2)]
    assert skipped == len(OTHERS)


def test_log_without_notifications(read):
    """A log without any notification yields nothing, and all its lines are counted."""
    assert read("\n".join(OTHERS) + "\n") == ([], len(OTHERS))


def test_bare_notifications_among_text(example, read):
    """A log whose format is the message alone has its notifications at the beginning of their lines."""
    assert read(f"starting\n{json.dumps(example)}\nstopping\n") == ([(2, "line", example)], 2)


BROKEN = [
    "{",
    '{"event_type": ',
    '{"event_type": "image.create"',
    '{"a": NaN}',
    "{'a': 1}",
    "{" * 100_000,
    '{"a": "\\ud800"}',
]


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
def test_broken_notification(broken, example, read):
    """What the notification logger wrote and is no JSON is unreadable, and does not stop the rest."""
    found, skipped = read(f"starting\n{PREFIX}[-] {broken}\n{_logged(example)}\n")
    assert found[1:] == [(3, "line", example)]
    assert isinstance(found[0][2], Unreadable)
    assert (found[0][0], skipped) == (2, 1)


def test_masked_secrets(catalog_of, read):
    """The log driver masks secrets; a masked text is a text."""
    catalog = catalog_of("glance-emitted")
    example = catalog.contract("image.create", "INFO").example()
    example["payload"]["properties"] = {"password": "***"}
    ((_, _, found),), _ = read("starting\n" + _logged(example))
    assert catalog.check(found).conforms
