"""Where what came out is not what went in, in a line each."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from notify_contracts._amqp import Scratch
from notify_contracts._checking import named
from notify_contracts._live.verification.amqp_facts import amqp_differences
from notify_contracts._schema import same
from notify_contracts._untrusted import printable
from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire import ROUTING_KEY

Content = Notification | Unreadable


def differences(sent: Sequence[Notification], received: Sequence[Content]) -> Iterator[str]:
    """Yield a line for everything missing, too much, out of order or changed."""
    for number, (wanted, came) in enumerate(zip_longest(sent, received), 1):
        if wanted is None:
            yield f"{number}: expected nothing more, received {_named(came)}"
        elif came is None:
            yield f"{number}: expected {_named(wanted)}, received nothing"
        elif isinstance(came, Unreadable):
            yield f"{number}: expected {_named(wanted)}, received what cannot be read: {printable(came.reason)}"
        elif not same(came.envelope, wanted.envelope):
            changed = [name for name in wanted.envelope if not same(came.envelope.get(name), wanted.envelope[name])]
            what = f"another {', '.join(changed)}" if changed else "more than was sent"
            yield f"{number}: expected {_named(wanted)}, received {_named(came)} with {what}"


def wire_differences(
    received: Sequence[Content], names: Scratch, version: str, template: str = ROUTING_KEY
) -> Iterator[str]:
    """Yield a line for every message whose AMQP facts are not those of oslo.messaging."""
    for difference in amqp_differences(received, names.exchange, names.topic, version, template):
        yield f"{difference.number}: {difference.message}"


def _named(content: Any) -> str:
    if isinstance(content, Unreadable):
        return "what cannot be read"
    return named(content)
