"""TLS that verifies: which certificates are trusted, and which are shown."""

import ssl
from dataclasses import fields
from pathlib import Path

from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable, reason_of
from notify_contracts.errors import UsageError


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
        """Return a verifying context; raise `UsageError` naming the file that cannot be used."""
        for name in TLS_FILES:
            _require_readable(name, getattr(self, name))
        if self.keyfile is not None and self.certfile is None:
            raise UsageError(f"{_named('keyfile', self.keyfile)} was given without its certificate: add certfile")
        try:
            context = ssl.create_default_context(cafile=self.cafile)
        except ssl.SSLError as error:
            raise _unusable("cafile", self.cafile, error.reason or "it holds no certificate") from None
        if self.certfile is not None:
            try:
                # Else OpenSSL asks a terminal for the passphrase of a key that has one, and waits for it.
                context.load_cert_chain(self.certfile, self.keyfile, password="")
            except ssl.SSLError as error:
                reason = f"{error.reason or 'no key for it is there'} (keyfile is its key, without a passphrase)"
                raise _unusable("certfile", self.certfile, reason) from None
        return context


TLS_FILES = tuple(field.name for field in fields(Tls))
"""The names of the three."""


def _require_readable(name: str, file: str | None) -> None:
    try:
        if file is not None:
            with Path(file).open("rb") as opened:
                opened.read(1)
    except (OSError, ValueError) as error:
        raise _unusable(name, file, reason_of(error)) from None


def _unusable(name: str, file: str | None, reason: str) -> UsageError:
    return UsageError(f"{_named(name, file)} cannot be used: {reason}; expected a PEM file")


def _named(name: str, file: str | None) -> str:
    return f"the TLS file {printable(str(file))} ({name})"
