"""Interrupts: SIGTERM is one, and both can wait until something has been done."""

import os
import signal
import subprocess
import sys
import threading
from select import select

import pytest

from notify_contracts._report import deferred_interrupts
from notify_contracts.cli.interrupts import Terminated, terminable


def test_sigterm_is_an_interrupt():
    """Within the block SIGTERM raises what whoever handles an interrupt handles, too; outside nothing is changed."""
    with pytest.raises(Terminated), terminable():
        signal.raise_signal(signal.SIGTERM)
    assert issubclass(Terminated, KeyboardInterrupt)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_handler_of_somebody_else_stays():
    """Where SIGTERM is ignored, or handled, by whoever runs the command, that stays."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with terminable():
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize(("number", "meaning"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)])
def test_what_must_not_be_interrupted(number, meaning):
    """What is in the block is done to its end, then the signal does what it does."""
    done = []

    def interrupted():
        with terminable(), deferred_interrupts():
            signal.raise_signal(number)
            done.append("the rest")

    with pytest.raises(meaning):
        interrupted()
    assert done == ["the rest"]
    with deferred_interrupts():
        pass


def test_in_another_thread():
    """Where no signal can be heard nothing is done about them."""
    ran = []

    def run():
        with terminable(), deferred_interrupts():
            ran.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert ran == [True]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_verify(number, start, broker_url, tmp_path):
    """An interrupt of verify ends the command that it runs, too, and leaves no report."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    script = f"exec 3>{pipe}; echo begun >&3; exec cat"  # which reads what nobody writes
    where = ("--url", broker_url, "--exchange", f"interrupted.{number:d}", "--topic", "interrupted")
    command = ("--output", tmp_path / "report", "--", "sh", "-c", script)
    said = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with start("verify", *where, *command) as process, os.fdopen(said, "rb", buffering=0) as begun:
        assert select([begun], [], [], 60)[0], "the command was not run"
        process.send_signal(number)
        process.wait(timeout=60)
        assert b"notify-contracts: interrupted\n" in process.stderr.read()
        assert begun.read(6) == b"begun\n"
        assert begun.read(1) == b""  # nobody has it open any more
    assert process.returncode == 128 + number
    assert list(tmp_path.iterdir()) == [pipe]


LOST = """
import os, signal, sys, weakref
from notify_contracts.cli import main

class Dying:
    pass

def terminated(_):
    os.kill(os.getpid(), signal.SIGTERM)
    for _ in range(1000):
        pass

class Output:
    encoding = "utf-8"
    watched = None
    def write(self, _text):
        dying = Dying()
        self.watched = self.watched or weakref.ref(dying, terminated)  # the first of them dies
    def flush(self):
        pass

sys.stdout = Output()
status = main(["catalog", "list"])
sys.exit(status)
"""


def test_a_signal_whose_exception_is_lost():
    """Where Python drops the exception of a signal, as in a callback of an import, the status tells of it."""
    ran = subprocess.run([sys.executable, "-c", LOST], capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 128 + signal.SIGTERM
    assert "Exception ignored" in ran.stderr
