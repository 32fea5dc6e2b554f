"""From a broker's URL, as RabbitMQ's clients or oslo.messaging have it, to connection parameters for each of its hosts.

Source: RabbitMQ's URI specification; oslo.messaging 18.3, TransportURL.parse and impl_rabbit's Connection.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode

import pika

from notify_contracts._amqp.tls import TLS_FILES, Tls
from notify_contracts._untrusted import redacted
from notify_contracts.errors import UsageError


class _Scheme(NamedTuple):
    """What a URL's scheme says; `tls` is None where a setting of the query says it, as with oslo.messaging."""

    tls: bool | None
    port: int


_SCHEMES = {
    "amqp": _Scheme(tls=False, port=5672),
    "amqps": _Scheme(tls=True, port=5671),
    "rabbit": _Scheme(tls=None, port=5672),
    "kombu+amqp": _Scheme(tls=None, port=5672),
    "kombu+amqps": _Scheme(tls=True, port=5672),
}
SCHEMES = tuple(f"{name}://" for name in _SCHEMES)
"""How a broker's URL begins."""

_OTHERS = re.compile(r"(?:fake|kafka|kombu\+\w+)(?=://)", re.IGNORECASE)
"""Transports of oslo.messaging's that are no RabbitMQ's."""

_URL = re.compile(
    r"(?P<scheme>[a-z+]+)://(?P<hosts>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?", re.IGNORECASE | re.DOTALL
)
_PLACE = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+(?:%\w+)?)\]|(?P<name>[^\s:\[\]]*))(?::(?P<port>\d*))?", re.ASCII)
_HIGHEST_PORT = 65_535
_GUEST = "guest"
_STRIPPED = str.maketrans("", "", "\t\r\n")  # as urllib does

# What the query of a URL calls what is meant by `Tls`: ours, RabbitMQ's and oslo.messaging's names.
_FILES = {name: name for name in TLS_FILES} | {
    "cacertfile": "cafile",
    "ssl_ca_file": "cafile",
    "ssl_cert_file": "certfile",
    "ssl_key_file": "keyfile",
}
_TRUTH = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(("0", "false", "no", "off"), False)
# The options of oslo.messaging's RabbitMQ driver that say how *it* works; it refuses those that it does not know.
# fmt: off
_WITHOUT_MEANING = frozenset((
    "amqp_auto_delete", "amqp_durable_queues", "conn_pool_min_size", "conn_pool_ttl", "direct_mandatory_flag",
    "enable_cancel_on_failover", "heartbeat_in_pthread", "heartbeat_rate", "hostname", "kombu_compression",
    "kombu_failover_strategy", "kombu_missing_consumer_retry_timeout", "kombu_reconnect_delay",
    "kombu_reconnect_splay", "processname", "rabbit_ha_queues", "rabbit_interval_max", "rabbit_login_method",
    "rabbit_qos_prefetch_count", "rabbit_quorum_delivery_limit", "rabbit_quorum_max_memory_bytes",
    "rabbit_quorum_max_memory_length", "rabbit_quorum_queue", "rabbit_retry_backoff", "rabbit_retry_interval",
    "rabbit_stream_fanout", "rabbit_transient_queues_ttl", "rabbit_transient_quorum_queue", "rpc_conn_pool_size",
    "ssl_enforce_fips_mode", "ssl_enforce_hostname_verification", "ssl_version", "use_queue_manager",
))
# fmt: on


class Host(NamedTuple):
    """One host to connect to: pika's `parameters` for it, and `where` it is, without secrets."""

    where: str
    parameters: Any


class Address(NamedTuple):
    """A broker: `where` it is, the URL without its secrets, and the `hosts` to try one after the other."""

    where: str
    hosts: tuple[Host, ...]

    @classmethod
    def of(cls, url: str, tls: Tls | None = None) -> Self:
        """Return the address at `url`; raise `UsageError` for what is no broker's URL or files that cannot be used.

        Settings of the query are those of pika's URLParameters (``heartbeat``, ``socket_timeout`` in seconds), and
        ``cafile``, ``certfile`` and ``keyfile``, paths. ``rabbit://`` is read as oslo.messaging reads a
        ``transport_url``: several hosts, a virtual host that may begin with a slash, and in the query ``ssl=true``,
        ``ssl_ca_file``, ``ssl_cert_file``, ``ssl_key_file`` and ``heartbeat_timeout_threshold``. Unlike there, the
        broker's certificate is always verified.
        """
        __tracebackhide__ = True  # a traceback with variables would show the URL
        try:
            return cls(redacted(url), tuple(_hosts(url, tls)))
        except UsageError:
            raise
        except (ValueError, TypeError, SyntaxError):
            # Their messages quote what they cannot read, which may be a piece of the password.
            raise _not_a_url(url) from None


def with_tls(url: str, tls: Tls) -> str:
    """Return `url` with the files of `tls` in its query."""
    given = {name: file for name in TLS_FILES if (file := getattr(tls, name)) is not None}
    return f"{url}{'&' if '?' in url else '?'}{urlencode(given, safe='/', quote_via=quote)}" if given else url


def _not_a_url(url: str) -> UsageError:
    if other := _OTHERS.match(url):
        return UsageError(
            f"{redacted(url)} is not a broker's URL; expected amqp://user:password@host:port/vhost, amqps:// or "
            f"rabbit://: {other[0].lower()} is no RabbitMQ, and nothing else is spoken to"
        )
    return UsageError(
        f"{redacted(url)} is not a broker's URL; expected amqp://user:password@host:port/vhost, amqps:// or rabbit://, "
        "with reserved characters percent-encoded, and after ? only settings such as heartbeat=60 and cafile"
    )


def _hosts(url: str, tls: Tls | None) -> Iterator[Host]:
    """Yield the hosts; raise ValueError, TypeError or SyntaxError for what is no URL of a broker."""
    parts = _URL.fullmatch(url.strip().translate(_STRIPPED))
    if parts is None:
        raise ValueError
    name, after = parts["scheme"].lower(), f"{parts['path']}?{parts['query']}"
    scheme = _SCHEMES.get(name)
    if scheme is None or ("@" in after and ("@" not in parts["hosts"] or "," in parts["hosts"])):
        raise ValueError  # a / or ? stands in the password, or may: who knows where the host begins
    settings = _settings(parts["query"] or "", scheme)
    context = _context(url, tls, scheme, settings)
    virtual_host = unquote(parts["path"][1:]) or "/"
    rest = f"/{quote(virtual_host, safe='')}?{urlencode(settings)}"
    pieces = [piece for piece in _pieces(parts["hosts"], scheme) if piece]
    shown = redacted(url)
    for number, piece in enumerate(pieces or [""], 1):
        user, host, port = _place(piece, scheme)
        found = pika.URLParameters(f"amqp://{user}@{host}:{port}{rest}")
        if context is not None:
            found.ssl_options = pika.SSLOptions(context, found.host)
        found.connection_attempts = 1
        found.client_properties = {"connection_name": "notify-contracts"}
        # By its number: what is taken for a host may be a piece of a password with a comma in it.
        yield Host(f"host {number} of {shown}" if len(pieces) > 1 else shown, found)


def _pieces(hosts: str, scheme: _Scheme) -> list[str]:
    """Return each host with its user; of an amqp:// URL, the first user's password may hold commas."""
    if scheme.tls is None:
        return hosts.split(",")
    user, at, rest = hosts.partition("@") if "@" in hosts else ("", "", hosts)
    first, *others = rest.split(",")
    return [user + at + first, *others]


def _place(piece: str, scheme: _Scheme) -> tuple[str, str, int]:
    """Return user and password as they go into a URL, the host, and the port; who names nobody is guest."""
    user, _, place = piece.rpartition("@")
    found = _PLACE.fullmatch(place)
    name, colon, password = user.partition(":")
    port = int((found and found["port"]) or scheme.port)
    if found is None or not 0 < port <= _HIGHEST_PORT:
        raise ValueError
    host = f"[{found['six']}]" if found["six"] else found["name"] or "localhost"
    secret = unquote(password) if colon else _GUEST
    return f"{quote(unquote(name) or _GUEST, safe='')}:{quote(secret, safe='')}", host, port


def _settings(query: str, scheme: _Scheme) -> dict[str, str]:
    """Return the settings of a query by name, each given once."""
    given = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    settings = dict(given)
    if len(settings) < len(given) or "ssl_options" in settings:
        raise ValueError
    if scheme.tls is None:
        settings = {name: value for name, value in settings.items() if name not in _WITHOUT_MEANING}
        if "heartbeat_timeout_threshold" in settings:
            settings["heartbeat"] = settings.pop("heartbeat_timeout_threshold")
    return settings


def _context(url: str, tls: Tls | None, scheme: _Scheme, settings: dict[str, str]) -> Any:
    """Return the TLS that is meant, None for none; what says so is taken out of `settings`."""
    files = {} if tls is None else {name: file for name in TLS_FILES if (file := getattr(tls, name)) is not None}
    names = [name for name in settings if name in _FILES and not (name.startswith("ssl_") and scheme.tls is not None)]
    are_for_us = tls is not None or any(not name.startswith("ssl_") for name in names)
    for name in names:
        if files.setdefault(_FILES[name], value := settings.pop(name)) != value:
            raise UsageError(f"{_FILES[name]} is given twice for {redacted(url)}: leave one of them out")
    told = settings.pop("ssl", None) if scheme.tls is None else None
    if told is not None and told.lower() not in _TRUTH:
        raise ValueError
    wanted = scheme.tls if scheme.tls is not None else are_for_us if told is None else _TRUTH[told.lower()]
    if not wanted and (are_for_us or (files and told is None)):
        remedy = "write amqps://" if scheme.tls is False else "write ssl=true into its query"
        raise UsageError(f"TLS files were given for {redacted(url)}; {remedy} to use them")
    return Tls(**files).context() if wanted else None
