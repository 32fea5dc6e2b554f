"""The handle of a broker, as `obtain` returns it: its URL, its origin, and the way to close it."""

from collections.abc import Callable
from dataclasses import field
from types import TracebackType
from typing import Literal, Self

from notify_contracts._base import dataclass
from notify_contracts._untrusted import redacted

DEFAULT_URL = "amqp://guest:guest@localhost:5672/%2F"
"""The broker that is meant where none is named: RabbitMQ's own defaults."""

Origin = Literal["url", "docker", "local"]


def _do_nothing() -> None:
    """Do nothing: a broker that was named goes on without us."""


@dataclass(frozen=True, slots=True, repr=False)
class Broker:
    """A RabbitMQ that has answered an AMQP handshake.

    `url` is its AMQP URL, password included; printing the broker shows it without.
    `origin` says where it came from: ``"url"`` (it was named), ``"docker"`` or ``"local"`` (it was started).
    """

    url: str
    origin: Origin
    on_close: Callable[[], None] = field(default=_do_nothing, compare=False)

    def close(self) -> None:
        """End the broker if it was started for this; may be called more than once."""
        self.on_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Broker({redacted(self.url)!r}, origin={self.origin!r})"
