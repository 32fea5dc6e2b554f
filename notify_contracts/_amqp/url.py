"""From a broker's URL to connection parameters, with TLS that verifies."""

import ssl
from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import pika

from notify_contracts.broker import redacted
from notify_contracts.errors import UsageError

SCHEMES = ("amqp", "amqps")


@dataclass(frozen=True, slots=True)
class Tls:
    """Which certificates to trust and to show on an ``amqps://`` connection; all three are paths of PEM files.

    Without `cafile` the system's authorities are trusted. `certfile` and `keyfile` identify this client to a
    broker that asks for it. The broker's certificate and host name are always verified.
    """

    cafile: str | None = None
    certfile: str | None = None
    keyfile: str | None = None

    def context(self) -> ssl.SSLContext:
        """Return a verifying context; raise `UsageError` if a file cannot be used."""
        try:
            context = ssl.create_default_context(cafile=self.cafile)
            if self.certfile is not None:
                context.load_cert_chain(self.certfile, self.keyfile)
        except OSError as error:
            files = ", ".join(name for name in (self.cafile, self.certfile, self.keyfile) if name)
            reason = error.strerror or error
            raise UsageError(f"the TLS files cannot be used ({files}): {reason}; expected PEM files") from None
        return context


class Address(NamedTuple):
    """A broker: pika's `parameters` for it, and `where` it is, the URL without its secrets."""

    where: str
    parameters: Any

    @classmethod
    def of(cls, url: str, tls: Tls | None = None) -> Self:
        """Return the address at `url`; raise `UsageError` for a bad URL or files that cannot be used."""
        return cls(redacted(url), parameters(url, tls))


def parameters(url: str, tls: Tls | None = None) -> Any:
    """Return pika's parameters for `url`, one attempt each; raise `UsageError` for what is not an AMQP URL.

    Query parameters such as ``heartbeat`` or ``socket_timeout`` (seconds) are those of pika's URLParameters.
    """
    try:
        scheme = urlsplit(url).scheme
        known = scheme in SCHEMES
        found = pika.URLParameters(url) if known else None
    except (ValueError, TypeError):
        found = None
    if found is None:
        raise UsageError(
            f"{redacted(url)} is not a broker's URL; expected amqp://user:password@host:port/vhost, or amqps://"
        )
    if tls is not None and scheme != "amqps":
        raise UsageError(f"TLS files were given for {redacted(url)}; write amqps:// to use them")
    if scheme == "amqps":
        found.ssl_options = pika.SSLOptions((tls or Tls()).context(), found.host)
    found.connection_attempts = 1
    found.client_properties = {"connection_name": "notify-contracts"}
    return found
