"""The processes of a private node, which end when the process that started them does, however it ends."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from notify_contracts.broker.installation import Installation

END_SECONDS: Final = 10.0

# The shell becomes the server, so that our child is the Erlang VM itself. Beside it stay Erlang's name server, at
# whose end (its port is taken) there is nothing to wait for, and a watcher that reads from a pipe only we hold.
# However we end, SIGKILL included, the kernel closes that pipe; the watcher then ends the server, removes the
# folder and ends what is left of the process group, itself included. (PR_SET_PDEATHSIG would be Linux only, and
# fires already when the thread ends that started the child.) While the group has a member, the kernel does not
# give the number $$ to anybody else.
_SCRIPT: Final = """
folder=$1 epmd=$2
shift 2
exec 3<&0 0</dev/null
(
    "$epmd" -port "$ERL_EPMD_PORT" -address "$ERL_EPMD_ADDRESS" 3<&-
    echo "Error: Erlang's name server ended; its port is taken"
    kill -KILL $$
) &
(
    read -r _ <&3
    kill -KILL $$
    rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
    kill -KILL 0
) &
exec 3<&-
exec "$@"
"""


class ServerProcess:
    """A running ``rabbitmq-server``, its output in the file ``output`` of its folder."""

    def __init__(self, installation: Installation, folder: Path, environment: Mapping[str, str]) -> None:
        command = ("/bin/sh", "-c", _SCRIPT, "private-node", folder, installation.epmd, installation.server)
        self.output = folder / "output"
        with self.output.open("wb") as output:
            self._popen = subprocess.Popen(  # noqa: S603
                command,
                env=environment,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,  # a group to kill as one, which Ctrl-C in the terminal does not reach
            )
        self.pid = self._popen.pid

    @property
    def status(self) -> int | None:
        """The exit status, None while the Erlang VM is running."""
        return self._popen.poll()

    def kill(self) -> None:
        """End all processes with SIGKILL and return when the Erlang VM is gone; the folder stays."""
        if self._popen.stdin is None or self._popen.stdin.closed:
            return
        # Even if the Erlang VM has ended, the others of its group are still there.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait(END_SECONDS)
        self._popen.stdin.close()
