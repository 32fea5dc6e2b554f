"""A process that checks parts of recordings, seen from both of its ends."""

import signal
from collections.abc import Generator
from io import FileIO
from multiprocessing import get_context
from multiprocessing.connection import Connection  # noqa: TC003  # what a signature names stays importable
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any

from notify_contracts._base import without_interrupts
from notify_contracts._checking.checking import PartialResult, Result, Work
from notify_contracts.capture import Part, ReadingWay, Recording, reading_in, reading_way
from notify_contracts.errors import NotifyContractsError

Message = PartialResult[Any] | NotifyContractsError | None
"""What a worker says: a result, why there are no more, or that it is free for a part."""

# Fresh processes: a fork would carry over whatever threads and locks the caller has.
_FRESH = get_context("spawn")
_LONGEST_DEATH = 5.0  # seconds between the last that is heard of a process and its end


def work(connection: "Connection[Message, tuple[str, Part]]", asked: Work[Any], way: ReadingWay) -> None:
    """Check the parts that come through `connection`, read in a `way`, until nobody is at its other end."""
    try:
        with reading_in(way):
            while True:
                connection.send(None)
                path, part = connection.recv()
                # The file that is open, not its name: by then another may have taken that.
                file = FileIO(recv_handle(connection)) if part.content is None else None
                for message in checked(path, part, file, asked):
                    if isinstance(message, NotifyContractsError) or not message.is_progress_alone:
                        connection.send(message)
    except (EOFError, ConnectionError):
        return


def checked(
    path: str, part: Part, file: FileIO | None, asked: Work[Result]
) -> Generator[PartialResult[Result] | NotifyContractsError]:
    """Yield what a part comes to, and why there is no more of it where something is wrong with it; close `file`."""
    try:
        with Recording(path, file, part) as recording:
            yield from asked.results(recording)
    except NotifyContractsError as error:
        yield error


class Worker:
    """A worker process and the way to it; raise NotifyContractsError if there can be none."""

    def __init__(self, asked: Work[Any]) -> None:
        try:
            self._connection, theirs = _FRESH.Pipe()
            self._process = _FRESH.Process(target=work, args=(theirs, asked, reading_way()), daemon=True)
            with without_interrupts():
                self._process.start()
        except OSError as error:
            raise NotifyContractsError(f"a process cannot be started: {error.strerror}; try fewer --jobs") from None
        theirs.close()

    def fileno(self) -> int:
        """Return what can be read when the worker has said something, or has died."""
        return self._connection.fileno()

    def give(self, path: str, part: Part) -> None:
        """Have it check a part; only when it is free, for nobody else would read what it says meanwhile.

        A part that does not bring its content is waited for until its file is handed on.
        """
        try:
            self._connection.send((path, part))
        except ConnectionError:
            return  # it has died, which whoever listens to it learns

    def hand_on(self, file: int) -> None:
        """Give it the open file of the part, by its descriptor here."""
        try:
            send_handle(self._connection, file, self._process.pid)
        except ConnectionError:
            return

    def hear(self) -> Message:
        """Return what it says next; raise EOFError if it has died."""
        try:
            message: Message = self._connection.recv()
        except OSError as error:
            raise EOFError(*error.args) from None
        return message

    def has_said_more(self) -> bool:
        """Whether it has said something that was not heard, or has died."""
        return self._connection.poll()

    def end(self) -> None:
        """End it at once, whatever it does."""
        self._connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def died_of(self) -> str:
        """Return what it died of, when it is no longer to be heard."""
        self._process.join(_LONGEST_DEATH)
        code = self._process.exitcode or 0
        return f"signal {-code}, {signal.strsignal(-code)}" if code < 0 else f"status {code}"
