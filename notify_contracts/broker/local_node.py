"""A private node of the installed rabbitmq-server: own ports, name, data and log."""

import contextlib
import os
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from notify_contracts._untrusted import monotonic, printable, redacted, shortened
from notify_contracts.broker.handshake import wait_until_ready
from notify_contracts.broker.installation import Installation
from notify_contracts.broker.node_files import NodeFiles
from notify_contracts.broker.ports import LOOPBACK, free_ports, is_free
from notify_contracts.broker.server_process import END_SECONDS, ServerProcess
from notify_contracts.errors import BrokerError, BrokerUnavailableError

START_SECONDS: Final = 60.0
COMMAND_SECONDS: Final = 60.0
USER: Final = "notify"

# The beginning of a line of RabbitMQ's log; the level stays, as it makes a line telling.
_PREFIX = re.compile(r"\S+ \S+ (\[\w+\]) <[\d.]+>\s*")


# It asks a shell how much room there is at a path that it puts into quotes as it is, and waits for the answer for ever.
_HANGS = re.compile("['\"\udc80-\udcff]")
_ANOTHER: Final = "set TMPDIR to another"


class _EndedError(BrokerUnavailableError):
    """The server ended while it was starting."""


class LocalNode:
    """A RabbitMQ of one's own: on loopback only, without plugins, ready in about three seconds.

    It starts on `start` or on entering the context; it ends, and its data are removed, on `close` or on leaving
    it, at the latest when the process that started it ends, however it ends.

    `kill` and `start` play a crash and a restart: ports, user and data stay. `rabbitmqctl` gives full control.
    `start_seconds` bounds a start; `trimmed` leaves out what of the installation the server does not need.
    """

    def __init__(self, *, start_seconds: float = START_SECONDS, trimmed: bool = True) -> None:
        self._installation = Installation.find()
        self._start_seconds = start_seconds
        self._trimmed = trimmed
        self._password = secrets.token_hex(16)
        self._files: NodeFiles | None = None
        self._process: ServerProcess | None = None
        self._owner = os.getpid()

    @property
    def url(self) -> str:
        """The AMQP URL, password included; its user may do everything on the virtual host ``/``."""
        return f"amqp://{USER}:{self._password}@{LOOPBACK}:{self._begun().amqp_port}"

    @property
    def pid(self) -> int | None:
        """The process id of the Erlang VM, None while it is not running."""
        return self._process.pid if self._process and self._process.status is None else None

    @property
    def folder(self) -> Path:
        """The folder of data, log and settings."""
        return self._begun().folder

    def start(self) -> Self:
        """Start the node and return when it answers an AMQP handshake; do nothing if it is running.

        Raise `BrokerUnavailableError` with the telling line of its output if it does not come up.
        """
        if self.pid is not None:
            return self
        if self._files is not None:
            self._start_again(self._files)
            return self
        # Somebody may have taken a port meanwhile, and a RabbitMQ newer than this may need more than it lists.
        for _ in range(2):
            with contextlib.suppress(_EndedError):
                self._begin(trimmed=self._trimmed)
                return self
        self._begin(trimmed=False)
        return self

    def kill(self) -> None:
        """End the Erlang VM with SIGKILL, as a crash would, and return when it is gone; its data stay."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the node and remove its data; may be called more than once, and `start` begins anew.

        A fork of the process that has started it leaves it alone.
        """
        if self._files is not None and os.getpid() != self._owner:
            return
        self.kill()
        files, self._files = self._files, None
        if files is not None:
            shutil.rmtree(files.folder, ignore_errors=True)

    def rabbitmqctl(self, *arguments: str) -> str:
        """Run ``rabbitmqctl --quiet`` with `arguments` on this node and return what it prints.

        Raise `BrokerError` if it fails or takes longer than a minute.
        """
        files = self._begun()
        what = f"rabbitmqctl {' '.join(arguments[:1])}"  # the others may hold a password
        try:
            done = subprocess.run(  # noqa: S603
                (self._installation.scripts / "rabbitmqctl", "--quiet", "--node", files.node_name, *arguments),
                env=files.environment(),
                cwd=files.folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                text=True,
                errors="replace",
                timeout=COMMAND_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise BrokerError(f"{what} did not end within {COMMAND_SECONDS:g} seconds") from None
        if done.returncode:
            raise BrokerError(f"{what} failed: {_reason_in(done.stderr + done.stdout)}")
        return done.stdout

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"LocalNode({redacted(self.url)!r}, pid={self.pid})" if self._files else "LocalNode(not started)"

    def _begun(self) -> NodeFiles:
        if self._files is None:
            raise BrokerError("the private node has not been started, or is closed; call start() first")
        return self._files

    def _begin(self, *, trimmed: bool) -> None:
        """Choose ports, write the settings into a new folder and launch."""
        folder = _new_folder()
        self._files, self._owner = NodeFiles(folder, *free_ports(2)), os.getpid()
        try:
            self._files.write(USER, self._password)
            if trimmed:
                self._files.link_home(self._installation)
            self._launch()
        except BaseException as error:
            self.close()
            if isinstance(error, BrokerError) or not isinstance(error, OSError):
                raise
            where = printable(str(folder))
            raise BrokerUnavailableError(f"no private node in {where}: {error.strerror}; {_ANOTHER}") from None

    def _start_again(self, files: NodeFiles) -> None:
        self.kill()  # what an Erlang VM that ended by itself has left behind
        deadline = monotonic() + END_SECONDS
        while not (is_free(files.amqp_port) and is_free(files.epmd_port)) and monotonic() < deadline:
            time.sleep(0.01)
        self._launch()

    def _launch(self) -> None:
        files = self._begun()
        self._process = process = ServerProcess(self._installation, files.folder, files.environment())
        try:
            wait_until_ready(self.url, self._start_seconds, check=lambda: _check(process))
        except _EndedError:
            self.kill()
            raise
        except BrokerUnavailableError as error:
            said = _last_line(process.output.read_text("utf-8", errors="replace"))
            self.kill()
            raise BrokerUnavailableError(f"{error}; it said last: {said}") from None
        except BaseException:
            self.kill()
            raise


def _new_folder() -> Path:
    """Make the folder of a node, or raise `BrokerUnavailableError` if the server could not live there."""
    try:
        folder = tempfile.mkdtemp(prefix="notify-contracts-node-")
    except OSError as error:
        raise BrokerUnavailableError(f"no folder for a private node: {error.strerror}; {_ANOTHER}") from None
    if found := _HANGS.search(folder):
        Path(folder).rmdir()
        raise BrokerUnavailableError(
            f"no private node in {printable(folder)}: RabbitMQ never starts in a folder whose path has "
            f"{printable(found[0])} in it; {_ANOTHER}"
        )
    return Path(folder)


def _check(process: ServerProcess) -> None:
    if process.status is not None:
        said = _first_error(process.output.read_text("utf-8", errors="replace"))
        raise _EndedError(f"the private node ended while it was starting: {said}")


def _first_error(output: str) -> str:
    """Return the first error of a server that gave up; what follows is how its supervisors ended one another."""
    if "eaddrinuse" in output:
        return "another process has taken its port (eaddrinuse)"
    lines = [_PREFIX.sub(r"\1 ", line).strip() for line in output.splitlines()]
    telling = next((line for line in lines if "error" in line.lower()), None)
    return shortened(printable(telling), 200) if telling else _last_line(output)


def _last_line(output: str) -> str:
    lines = (_PREFIX.sub(r"\1 ", line).strip() for line in reversed(output.splitlines()))
    return shortened(printable(next(filter(None, lines), "nothing")), 200)


def _reason_in(output: str) -> str:
    """Return the reason alone.

    Before it may stand what rabbitmqctl logs, and further down it repeats its arguments, which may hold a password.
    """
    lines = (line.strip() for line in (output.partition("Error:\n")[2] or output).splitlines())
    return shortened(printable(next(filter(None, lines), "it said nothing")), 200)
