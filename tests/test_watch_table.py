"""The live table of a watch, on a terminal."""

import os
import pty
import re
import signal
from io import StringIO

import pytest

from notify_contracts import load
from notify_contracts._live.watching import Ledger, OwnQueue, Watch
from notify_contracts.cli.live import LiveTable
from tests.watching import BAD, GOOD, Bus

HOSTILE = GOOD | {"event_type": "\x1b]0;owned\x07\u202e[bold]", "payload": "\x1b[31m"}
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def bus(broker_url, start):
    """Give an exchange of the test's own."""
    bus = Bus(broker_url, start)
    yield bus
    bus.remove()


def _read(master):
    try:
        return os.read(master, 65536)
    except OSError:  # the other end has been closed
        return b""


def test_table(bus):
    """Counts and the newest violations are drawn while it runs, the summary at the end; payloads do nothing."""
    master, slave = pty.openpty()
    environment = {"TERM": "xterm", "COLUMNS": "120", "LINES": "40"}
    with bus.watch(stdout=slave, env=environment) as process:
        os.close(slave)
        bus.send(GOOD, BAD, HOSTILE)
        written = b""
        while b"3 notifications" not in written:
            written += _read(master)
        process.send_signal(signal.SIGINT)
        while block := _read(master):
            written += block
        status = process.wait(timeout=60)
    os.close(master)
    text = written.decode()
    shown = ESCAPE.sub("", text)
    assert status == 1
    assert re.search(r"image\.delete-INFO +1 +1", shown)
    assert "image.delete-INFO /payload (type)" in shown
    assert r"\x1b]0;owned\x07\u202e[bold]" in shown
    assert not {"\x07", "\u202e", "\x1b"} & set(shown)
    assert "3 notifications, 1 conform, 2 do not" in shown
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l"), "the cursor is back"


def test_no_longer_than_the_terminal_is_high(bus):
    """However many contracts are seen, the table fits."""
    from rich.console import Console

    ledger = Ledger(load("glance-emitted"), "exchange x")
    for contract in ledger.tally.catalog.contracts:
        ledger.tally.summary.passed[contract.id] = 1
    watch = Watch(bus.url, OwnQueue(None), ledger)
    console = Console(width=80, height=20, record=True, file=StringIO())
    console.print(LiveTable(watch))
    lines = console.export_text().splitlines()
    assert len(lines) <= 20
    assert any(re.search(r"and \d+ more", line) for line in lines)
