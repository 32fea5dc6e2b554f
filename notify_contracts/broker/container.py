"""A RabbitMQ in a container, through testcontainers."""

import atexit
import contextlib
import gc
import os
import secrets
import warnings
from typing import Any, Final

from notify_contracts._untrusted import printable, redacted, shortened
from notify_contracts.broker.handle import Broker
from notify_contracts.broker.handshake import wait_until_ready
from notify_contracts.broker.node_files import FAST_START
from notify_contracts.errors import BrokerUnavailableError

IMAGE_VARIABLE: Final = "NOTIFY_CONTRACTS_RABBITMQ_IMAGE"
# Of a series that is supported. It still allows the non-durable, non-exclusive queues that services use by default.
DEFAULT_IMAGE: Final = "rabbitmq:4.2.9-alpine"
START_SECONDS: Final = 90.0
AMQP_PORT: Final = 5672


def start_container() -> Broker:
    """Start a container of the image that ``NOTIFY_CONTRACTS_RABBITMQ_IMAGE`` names and return its broker.

    `START_SECONDS` bound the time from the container's start to its first AMQP handshake; pulling the image comes
    before. The container ends with `Broker.close`, at the latest when Python exits; after a crash it is
    testcontainers' own helper, Ryuk, that removes it, unless that was disabled.

    Raise `BrokerUnavailableError` with the reason: package missing, no engine, no image, no start.
    """
    image = os.environ.get(IMAGE_VARIABLE) or DEFAULT_IMAGE
    container = _prepared(image)
    process = os.getpid()

    def close() -> None:
        atexit.unregister(close)
        if os.getpid() != process:  # a fork ends, too
            return
        # An engine that has gone meanwhile has taken the container with it.
        with contextlib.suppress(*_errors()):
            container.stop()

    atexit.register(close)
    try:
        _run(container, image)
        url = f"amqp://{container.username}:{container.password}@{_address(container, image)}"
        wait_until_ready(url, START_SECONDS, check=lambda: _check(container, image))
    except BaseException:
        close()
        raise
    return Broker(url, "docker", close)


def _errors() -> tuple[type[Exception], ...]:
    from docker.errors import DockerException

    return DockerException, OSError, RuntimeError  # the last is testcontainers' own wrapping


def _prepared(image: str) -> Any:
    """Return the container, not started; the engine has answered once."""
    try:
        with warnings.catch_warnings():
            # Importing their module warns about what it uses itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            from testcontainers.community.rabbitmq import RabbitMqContainer
    except ImportError as error:
        raise BrokerUnavailableError(
            f"testcontainers 4.15 or later is not installed (no {error.name}); pip install 'notify-contracts[docker]'"
        ) from None

    class Container(RabbitMqContainer):
        def readiness_probe(self) -> bool:
            """Leave the waiting to us: theirs takes a refusal for "not yet" and goes on for two minutes."""
            return True

    try:
        # A password of its own: the engine publishes the port on every interface of this machine.
        container = Container(image, AMQP_PORT, username="notify", password=secrets.token_hex(16), vhost="/")
        return container.with_env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", FAST_START)
    except _errors() as error:
        unavailable = _no_engine(error)
    _collect_sockets()
    raise unavailable


def _no_engine(error: Exception) -> BrokerUnavailableError:
    host, reason = os.environ.get("DOCKER_HOST"), _reason_of(error)
    if host:
        reason = reason.replace(host, redacted(host))
    where = redacted(host) if host else "the default socket"
    return BrokerUnavailableError(f"no Docker engine answers at {where}: {reason}; start it or set DOCKER_HOST")


def _collect_sockets() -> None:
    """Free the sockets the Docker client leaves open when no engine answers, before they warn in somebody's test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def _run(container: Any, image: str) -> None:
    from docker.errors import ImageNotFound

    client = container.get_docker_client().client
    try:
        container.start()
    except _errors() as error:
        reason = _reason_of(error)
        try:
            client.images.get(image)
        except ImageNotFound:
            raise BrokerUnavailableError(
                f"the image {image} is not here and cannot be pulled: {reason}; {IMAGE_VARIABLE} names another"
            ) from None
        except _errors() as gone:
            reason = _reason_of(gone)
        raise BrokerUnavailableError(
            f"a container of {image} cannot be started: {reason}{_ryuk_hint(container)}"
        ) from None


def _ryuk_hint(container: Any) -> str:
    """Return a remedy where perhaps the helper, which starts first, could not be had."""
    from testcontainers.core.config import testcontainers_config

    if testcontainers_config.ryuk_disabled or container._container is not None:  # noqa: SLF001
        return ""
    return "; if it is testcontainers' helper that is missing, set TESTCONTAINERS_RYUK_DISABLED=true"


def _address(container: Any, image: str) -> str:
    """Return host and port as seen from here."""
    try:
        return f"{container.get_container_host_ip()}:{container.get_exposed_port(AMQP_PORT)}"
    except _errors() as error:
        _check(container, image)  # one that has ended already has no port
        raise BrokerUnavailableError(f"the container of {image} has no AMQP port: {_reason_of(error)}") from None


def _check(container: Any, image: str) -> None:
    wrapped = container.get_wrapped_container()
    wrapped.reload()
    if wrapped.status in ("exited", "dead"):
        lines = [line.strip() for line in wrapped.logs(tail=20).decode(errors="replace").splitlines()]
        said = next((line for line in reversed(lines) if line), "it said nothing")
        raise BrokerUnavailableError(
            f"the container of {image} ended while it was starting: {shortened(printable(said), 200)}"
        )


def _reason_of(error: BaseException) -> str:
    """Return the message of the engine or, below all layers, of the operating system."""
    said = getattr(error, "explanation", None)
    inner = error
    while not said and (below := inner.__cause__ or inner.__context__):
        inner = below
    return shortened(printable(str(said or getattr(inner, "strerror", None) or error)), 200)
