"""A part on its way through a process, and what it has come to so far."""

from collections.abc import Iterator
from typing import Generic

from notify_contracts._checking.checking import PartialResult, Result
from notify_contracts._checking.steps import Values  # noqa: TC001  # what a signature names stays importable
from notify_contracts.capture import Part, source_name
from notify_contracts.errors import NotifyContractsError, SourceError

_IN_MEMORY = 8 * 1024 * 1024
_BLOCK = 1024 * 1024


class Job(Generic[Result]):
    """A part of the source whose turn it is as the `turn`-th; without a part, the end of that source.

    `file` is the descriptor of the source, until the next part of it is asked for.
    Lines that come before their turn wait in memory and, what is more than 8 MiB, in a temporary file.
    """

    def __init__(
        self,
        turn: int,
        source: str,
        part: Part | None,
        error: NotifyContractsError | None = None,
        file: int | None = None,
    ) -> None:
        from tempfile import SpooledTemporaryFile  # takes long; by now the other processes are starting

        self.turn = turn
        self.file = file
        self.source = source
        self.part = part
        self.error = error
        self.is_over = part is None
        self.last: PartialResult[Result] = PartialResult(b"", part.start if part else 0)
        self._steps: list[Values] = []
        self._lines = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # `close` closes it

    def take(self, message: PartialResult[Result] | NotifyContractsError) -> None:
        """Take what came of it."""
        if isinstance(message, NotifyContractsError):
            self.error = message
        else:
            self._lines.write(message.lines)
            self._steps += message.steps
            self.last = message._replace(lines=b"", steps=())

    def lose(self, why: str) -> None:
        """Take it that nothing more will come of it."""
        part = f", bytes {self.part.start} to {self.part.end}" if self.part else ""
        self.error = SourceError(f"{source_name(self.source)}{part}: {why}")
        self.is_over = True

    def landed(self) -> Iterator[PartialResult[Result]]:
        """Yield what has come since the last time."""
        self._lines.seek(0)
        lines = self._lines.read(_BLOCK)
        while lines:
            yield PartialResult(lines, self.last.position)
            lines = self._lines.read(_BLOCK)
        self._lines.seek(0)
        self._lines.truncate()
        steps, self._steps = self._steps, []
        yield PartialResult(b"", self.last.position, steps=steps)

    def close(self) -> None:
        """Forget what has come."""
        self._lines.close()
