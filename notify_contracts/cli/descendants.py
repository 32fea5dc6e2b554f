"""Whatever a command has started, directly or not: each process has inherited a mark in its environment.

A pipe tells less: most programs close, in what they start, all that was not meant for it.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_VARIABLE = "NOTIFY_CONTRACTS_VERIFYING"
_TIMES = 10  # as what is killed may have started something meanwhile


class Descendants:
    """What was started with `mark` in its environment; nothing is found where there is no ``/proc`` (Linux has it)."""

    def __init__(self) -> None:
        self.mark = {_VARIABLE: uuid4().hex}
        self._written = os.fsencode("=".join(*self.mark.items()))

    def running(self) -> list[int]:
        """Return the ids of the processes that run."""
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if self._is_marked(path)]

    def kill(self) -> None:
        """Kill all of them."""
        for _ in range(_TIMES):
            found = self.running()
            for process in found:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            if not found:
                return

    def _is_marked(self, environment: Path) -> bool:
        try:
            return self._written in environment.read_bytes().split(b"\0")
        except OSError:  # it has ended, or is none of ours
            return False
