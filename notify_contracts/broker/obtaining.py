"""The ways to obtain a broker, in one order for the command, the tests and the pytest plugin."""

import os
from typing import Final

from notify_contracts._amqp import SCHEMES
from notify_contracts._untrusted import redacted
from notify_contracts.broker.container import start_container
from notify_contracts.broker.handle import Broker
from notify_contracts.broker.handshake import wait_until_ready
from notify_contracts.broker.local_node import LocalNode
from notify_contracts.errors import BrokerError, BrokerUnavailableError, UsageError

URL_VARIABLE: Final = "NOTIFY_CONTRACTS_AMQP_URL"
GOOD_PREFERENCES: Final = ("auto", "docker", "local", "an amqp:// or amqps:// URL")
# A broker that is named should be up; these few seconds are for one that is started at the same moment.
URL_SECONDS: Final = 3.0


def obtain(preference: str = "auto", *, url: str | None = None) -> Broker:
    """Return a broker that has answered an AMQP handshake.

    With ``"auto"`` it is, in this order: the one that `url` or the environment variable
    ``NOTIFY_CONTRACTS_AMQP_URL`` names; a container; a private node of the installed ``rabbitmq-server``.
    ``"docker"`` and ``"local"`` allow one way only, and a URL as the preference is the same as `url`.

    Raise `UsageError` if the arguments cannot be used; `BrokerUnavailableError` if there is no broker, with
    the reason of every way that was tried; `BrokerError` if the broker that was named is not there or refuses
    us: another one is never taken in its place.
    """
    if preference.lower().startswith(SCHEMES):
        preference, url = "auto", _only(preference, url)
    if preference not in GOOD_PREFERENCES[:3]:
        raise UsageError(f"no such broker: {redacted(preference)!r}; expected {_listed(GOOD_PREFERENCES)}")
    if url is not None and preference != "auto":
        raise UsageError(f"expected either a URL or {preference!r} as the broker, found both")
    if preference == "docker":
        return start_container()
    if preference == "local":
        return start_local_node()
    if url is not None:
        return _named(url, "")
    if named := os.environ.get(URL_VARIABLE):
        return _named(named, f" ({URL_VARIABLE})")
    return _started()


def start_local_node() -> Broker:
    """Start a private node and return its broker; raise `BrokerUnavailableError` with the reason."""
    node = LocalNode()
    node.start()
    return Broker(node.url, "local", node.close)


def _only(preference: str, url: str | None) -> str:
    if url is not None and url != preference:
        raise UsageError("expected one URL as the broker, found two")
    return preference


def _named(url: str, source: str) -> Broker:
    if not url.lower().startswith(SCHEMES):
        raise UsageError(f"{redacted(url)!r}{source} is no AMQP URL; it begins with {_listed(SCHEMES)}")
    try:
        wait_until_ready(url, URL_SECONDS)
    except BrokerUnavailableError as error:
        # Not the kind of error after which one goes on without a broker: this one was asked for.
        raise BrokerError(f"{error}{source}; start it or correct the URL") from None
    return Broker(url, "url")


def _started() -> Broker:
    reasons = [f"{URL_VARIABLE} is not set"]
    for name, start in (("Docker", start_container), ("local", start_local_node)):
        try:
            return start()
        except BrokerError as error:
            reasons.append(f"{name}: {error}")
    raise BrokerUnavailableError(f"no RabbitMQ to be had: {' | '.join(reasons)}")


def _listed(values: tuple[str, ...]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"
