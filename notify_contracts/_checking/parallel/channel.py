"""A way between two processes that trust one another, by which Python values and open files go."""

import pickle
from select import select
from socket import recv_fds, send_fds, socket
from struct import Struct
from typing import Any

_SIZE = Struct("!Q")
_SIGN = b"\0"  # goes with a file, for one alone does not travel, and back when it has arrived


class Channel:
    """One end of the way, on a socket of a pair. Raise ConnectionError or EOFError if nobody is at the other end.

    It does what `multiprocessing.connection` does; that takes longer to import than some recordings to check.
    """

    def __init__(self, end: socket) -> None:
        self._end = end

    def fileno(self) -> int:
        """Return what can be read when something has come, or nobody is at the other end any more."""
        return self._end.fileno()

    def send(self, value: object) -> None:
        """Send a value; wait while too much is under way."""
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._end.sendall(_SIZE.pack(len(content)) + content)

    def receive(self) -> Any:
        """Return the next value; wait until it has come."""
        (size,) = _SIZE.unpack(self._read(_SIZE.size))
        return pickle.loads(self._read(size))  # noqa: S301  # the other end is a process of ours

    def send_file(self, descriptor: int) -> None:
        """Send an open file, and wait until it has arrived: closed before, it would be lost on macOS."""
        send_fds(self._end, [_SIGN], [descriptor])
        self._read(len(_SIGN))

    def receive_file(self) -> int:
        """Return the descriptor, here, of the file that comes next."""
        _, descriptors, _, _ = recv_fds(self._end, len(_SIGN), 1)
        if not descriptors:
            raise EOFError
        self._end.sendall(_SIGN)
        return descriptors[0]

    def has_more(self) -> bool:
        """Whether one need not wait for what comes next."""
        return bool(select([self._end], [], [], 0)[0])

    def close(self) -> None:
        """Leave this end."""
        self._end.close()

    def _read(self, size: int) -> bytearray:
        content = bytearray(size)
        rest = memoryview(content)
        while rest:
            read = self._end.recv_into(rest)
            if not read:
                raise EOFError
            rest = rest[read:]
        return content
