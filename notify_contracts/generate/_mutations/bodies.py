"""Faults of the transport: message bodies in which no notification can be found."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from notify_contracts._untrusted import dump, parse
from notify_contracts.generate._mutations.mutation import Mutation
from notify_contracts.model import UNREADABLE, Notification
from notify_contracts.wire import MESSAGE_KEY, VERSION_KEY, encode


def body_mutations(envelope: Mapping[str, Any]) -> tuple[Mutation[bytes], ...]:
    """Return the ways to make the message body of a notification unreadable; what they make is a body.

    Source: oslo.messaging's formats 1.0 and 2.0; the versions are of another major number.
    """
    sent = Notification(envelope)
    wrapped, bare = parse(encode(sent, "2.0")), encode(sent, "1.0")
    return tuple(
        Mutation(words, "", UNREADABLE, choices, write)
        for words, choices, write in (*_of_the_wrapping(wrapped), *_of_the_text(bare))
    )


_Way = tuple[str, tuple[Any, ...], Callable[[Any], bytes]]


def _of_the_wrapping(body: Mapping[str, Any]) -> Iterator[_Way]:
    def having(key: str) -> Callable[[Any], bytes]:
        return lambda value: dump({**body, key: value})

    def lacking(key: str) -> bytes:
        return dump({name: value for name, value in body.items() if name != key})

    yield f"{VERSION_KEY} is one that nobody reads", ("3.0", "1.0", "2.1", "20.0", "", "v2.0"), having(VERSION_KEY)
    yield f"{VERSION_KEY} is no text", (2, 2.0, None, ["2.0"], {}), having(VERSION_KEY)
    yield f"{VERSION_KEY} is missing", (VERSION_KEY,), lacking
    yield f"{MESSAGE_KEY} is missing", (MESSAGE_KEY,), lacking
    yield f"{MESSAGE_KEY} is no text", (parse(body[MESSAGE_KEY]), None, 7, []), having(MESSAGE_KEY)
    broken = (body[MESSAGE_KEY][:-1], "", "notification", f"{body[MESSAGE_KEY]}}}", '{"priority": NaN}')
    yield f"{MESSAGE_KEY} is not JSON", broken, having(MESSAGE_KEY)
    yield f"{MESSAGE_KEY} holds no object", ("[]", "null", "7", '"text"', f"[{body[MESSAGE_KEY]}]"), having(MESSAGE_KEY)


def _of_the_text(body: bytes) -> Iterator[_Way]:
    yield "the body is no object", ([], None, True, 7, "text", [parse(body)], body.decode()), dump
    damaged = (body[:-1], b"", body[1:], body + b"}", b"\xff" + body, body.replace(b'"', b"'"))
    yield "the body is not JSON", damaged, bytes
