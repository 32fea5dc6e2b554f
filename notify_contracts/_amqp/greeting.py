"""A connection to one host that is opened, and closed again: whether there is a broker that lets us in."""

from typing import Any

from notify_contracts._amqp.connection import Connection
from notify_contracts._amqp.sockets import SocketLoop


def greet(parameters: Any, seconds: float) -> BaseException | None:
    """Open and close a connection; return pika's error where it does not open.

    A host that has let us in has so many `seconds` to agree to the end. pika's blocking connection would wait for
    that without a limit.
    """
    loop = SocketLoop()
    found: list[BaseException | None] = []

    def opened(connection: Any) -> None:
        found.append(None)
        connection.close()
        loop.call_later(seconds, loop.hang_up)

    def ended(_connection: Any, error: BaseException) -> None:
        found.append(error)
        loop.stop()

    Connection(
        parameters, on_open_callback=opened, on_open_error_callback=ended, on_close_callback=ended, custom_ioloop=loop
    )
    try:
        loop.start()
    finally:
        loop.close()
    return found[0]
