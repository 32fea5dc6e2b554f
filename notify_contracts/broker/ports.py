"""Free ports for a private node."""

import random
import socket
from typing import Final

LOOPBACK: Final = "127.0.0.1"
# Below what kernels give to outgoing connections: while a node is down, nobody may get its port by chance, not
# even a client that connects to it over and over (on loopback, such a client can end up connected to itself).
_RANGE: Final = range(20_000, 32_000)


def free_ports(number: int) -> tuple[int, ...]:
    """Return `number` different TCP ports that nobody listens on at this moment; what comes next is a race."""
    free = (port for port in random.sample(_RANGE, len(_RANGE)) if is_free(port))
    return tuple(next(free) for _ in range(number))


def is_free(port: int) -> bool:
    """Return whether nobody listens on the TCP port on loopback."""
    with socket.socket() as probe:
        # As servers do: connections of the port's last owner that are still winding down do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
