"""AMQP URLs fit to print: without the password, however the URL is written."""

import re

from notify_contracts.text import printable

HIDDEN = "***"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_COLON = re.compile(":|%3a", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.%]*\]|[^:/@\[\]%]*)(:\d*)?(/.*)?", re.DOTALL)

# What a query may say without giving a secret away; not ssl_options, which may hold the password of a key.
_HARMLESS = frozenset(
    (
        "blocked_connection_timeout",
        "channel_max",
        "connection_attempts",
        "frame_max",
        "heartbeat",
        "locale",
        "retry_delay",
        "socket_timeout",
        "stack_timeout",
    )
)
_HARMLESS_VALUE = re.compile(r"[\w.-]*")


def redacted(url: str) -> str:
    """Return `url` on one line with ``***`` for its password, and for its query unless that is surely harmless.

    A URL that is not well-formed loses everything that might be its password: that is the one whose owner has
    just put a password with an ``@``, a ``/`` or a ``#`` into it and is about to read an error about it.
    """
    scheme = _SCHEME.match(url)
    start = scheme.end() if scheme else 0
    place, mark, query = _cut(url[start:])
    return printable(url[:start] + _without_password(place, host_may_follow="@" in query) + mark + _known(query))


def _cut(text: str) -> tuple[str, str, str]:
    found = re.search("[?#]", text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _without_password(place: str, *, host_may_follow: bool) -> str:
    """Hide the password of ``user:password@host:port/vhost``; it ends at the last ``@``, as it may hold others."""
    user_and_password, at, host = place.rpartition("@")
    if not at:
        if not host_may_follow and _HOST_AND_PORT.fullmatch(place):
            return place
        user_and_password, host = place, ""
    colon = _COLON.search(user_and_password)
    if not colon:
        return place
    return user_and_password[: colon.end()] + HIDDEN + at + host


def _known(query: str) -> str:
    if not query:
        return ""
    settings = [setting.partition("=") for setting in query.split("&")]
    if all(name in _HARMLESS and _HARMLESS_VALUE.fullmatch(value) for name, _, value in settings):
        return query
    return HIDDEN
