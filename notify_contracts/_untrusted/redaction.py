"""URLs of brokers and of files fit to print: without the password, however the URL is written."""

import re

from notify_contracts._untrusted.expressions import expression
from notify_contracts._untrusted.hiding import MASK
from notify_contracts._untrusted.text import printable

# Known ones only: the text before a :// may as well be a user whose password begins with //.
_SCHEME = expression(
    r"(?:abfss?|adl|(?:kombu\+)?amqps?|az|file|ftp|gcs|gs|hdfs|https?|kafka|memory|npipe|oss|rabbit|s3a?|sftp|smb|ssh|tcp"
    "|tls|unix|webhdfs)://",
    re.IGNORECASE,
)
_COLON = expression(":|%3a", re.IGNORECASE)
_SECRET_BEGINS = expression("[:?#]|%3a", re.IGNORECASE)
_HOST = r"(?:\[[0-9A-Fa-f:.%]*\]|[^:/@\[\]%,]*)(?::\d*)?"
_PLACE = expression(rf"{_HOST}(?:,{_HOST})*(?:/.*)?", re.DOTALL)

# Parameters of a query that give no secret away; not ssl_options, which may hold the password of a key.
_HARMLESS = frozenset(
    (
        "blocked_connection_timeout",
        "channel_max",
        "connection_attempts",
        "frame_max",
        "heartbeat",
        "heartbeat_timeout_threshold",
        "locale",
        "retry_delay",
        "socket_timeout",
        "ssl",
        "stack_timeout",
    )
)
_HARMLESS_VALUE = expression(r"[\w.-]*")
_FILES = frozenset(("cafile", "certfile", "keyfile", "ssl_ca_file", "ssl_cert_file", "ssl_key_file"))
_PATH = expression(r"(?:[\w./~+-]|%2F|%20)*", re.IGNORECASE)


def redacted(url: str) -> str:
    """Return `url` on one line with ``***`` for its password, and for its query unless that is surely harmless.

    A URL that is not well-formed loses everything that might be its password: that is the one whose owner has
    just put a password with an ``@``, a ``/`` or a ``#`` into it and is about to read an error about it.
    """
    scheme = _SCHEME.match(url)
    start = scheme.end() if scheme else 0
    return printable(url[:start] + _without_secrets(url[start:]))


def _without_secrets(rest: str) -> str:
    user_and_password, at, place = rest.rpartition("@")  # the last one: the password may hold others
    if re.search("[?#]", user_and_password):
        # Either the password holds a ? or the query an @: who knows where the secret ends.
        return _cut_after(_SECRET_BEGINS, user_and_password)
    place, mark, query = _split(place)
    is_shown = _PLACE.fullmatch(place) or (at and "," not in place.partition("/")[0])
    shown = place if is_shown else _cut_after(_COLON, place)
    return _cut_after(_COLON, user_and_password) + at + shown + mark + _known(query)


def _cut_after(beginning: re.Pattern[str], text: str) -> str:
    found = beginning.search(text)
    return text[: found.end()] + MASK if found else text


def _split(text: str) -> tuple[str, str, str]:
    found = re.search("[?#]", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _known(query: str) -> str:
    if not query:
        return ""
    settings = [setting.partition("=") for setting in query.split("&")]
    return query if all(_is_harmless(name, value) for name, _, value in settings) else MASK


def _is_harmless(name: str, value: str) -> bool:
    allowed = _PATH if name in _FILES else _HARMLESS_VALUE if name in _HARMLESS else None
    return allowed is not None and allowed.fullmatch(value) is not None
