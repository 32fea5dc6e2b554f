"""A process that checks parts of recordings, seen from both of its ends."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, suppress
from io import FileIO
from socket import socket, socketpair
from typing import Any

from notify_contracts._base import without_signals
from notify_contracts._checking.checking import PartialResult, Result, Work
from notify_contracts._checking.parallel.channel import Channel
from notify_contracts.capture import Part, Recording, reading_in, reading_way
from notify_contracts.errors import NotifyContractsError

Message = PartialResult[Any] | NotifyContractsError | None
"""What a worker says: a result, why there are no more, or that it is free for a part."""

_PROGRAM = f"import sys; sys.path[:] = sys.argv[2:]; from {__name__} import work; work(int(sys.argv[1]))"
_LONGEST_DEATH = 5.0  # seconds between the last that is heard of a process and its end


def work(descriptor: int) -> None:
    """Check the parts that come through the socket with `descriptor`, until nobody is at its other end."""
    channel = Channel(socket(fileno=descriptor))
    try:
        asked, way = channel.receive()
        with reading_in(way):
            while True:
                channel.send(None)
                path, part = channel.receive()
                # The file that is open, not its name: by then another may have taken that.
                file = FileIO(channel.receive_file()) if part.content is None else None
                for message in checked(path, part, file, asked):
                    if isinstance(message, NotifyContractsError) or not message.is_progress_alone:
                        channel.send(message)
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
    """A worker process and the way to it; raise NotifyContractsError if there can be none.

    It is a fresh process, for a fork would carry over whatever threads and locks the caller has. It finds its modules
    where this one does, and hears no SIGINT, which a terminal sends to all: whoever starts it ends it.
    """

    def __init__(self, asked: Work[Any]) -> None:
        python = [sys.executable, *(["-I"] if sys.flags.isolated else [])]
        try:
            with ExitStack() as undone:
                ours, theirs = map(undone.enter_context, socketpair())
                kept = theirs.fileno()
                with without_signals((signal.SIGINT,)):
                    self._process = subprocess.Popen(  # noqa: S603  # a program of ours
                        [*python, "-c", _PROGRAM, str(kept), *sys.path], pass_fds=[kept]
                    )
                undone.pop_all()
        except OSError as error:
            raise NotifyContractsError(f"a process cannot be started: {error.strerror}; try fewer --jobs") from None
        theirs.close()
        self._channel = Channel(ours)
        with suppress(ConnectionError):  # it has died, which whoever listens to it learns
            self._channel.send((asked, reading_way()))

    def fileno(self) -> int:
        """Return what can be read when the worker has said something, or has died."""
        return self._channel.fileno()

    def give(self, path: str, part: Part) -> None:
        """Have it check a part; only when it is free, for nobody else would read what it says meanwhile.

        A part that does not bring its content is waited for until its file is handed on.
        """
        with suppress(ConnectionError):
            self._channel.send((path, part))

    def hand_on(self, file: int) -> None:
        """Give it the open file of the part, by its descriptor here."""
        with suppress(ConnectionError, EOFError):
            self._channel.send_file(file)

    def hear(self) -> Message:
        """Return what it says next; raise EOFError if it has died."""
        try:
            message: Message = self._channel.receive()
        except OSError as error:
            raise EOFError(*error.args) from None
        return message

    def has_said_more(self) -> bool:
        """Whether it has said something that was not heard, or has died."""
        return self._channel.has_more()

    def end(self) -> None:
        """End it at once, whatever it does."""
        self._channel.close()
        self._process.kill()
        self._process.wait()

    def died_of(self) -> str:
        """Return what it died of, when it is no longer to be heard."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LONGEST_DEATH)
        code = self._process.returncode or 0
        return f"signal {-code}, {signal.strsignal(-code)}" if code < 0 else f"status {code}"
