"""What one notification lacks of what consumers read of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from notify_contracts._comparison.needs.judging import conditions
from notify_contracts._comparison.needs.model import Consumer, Effect, Need, Read
from notify_contracts._schema import DEFAULT_ENGINE, Validator, engine_named
from notify_contracts._untrusted import dump, parse, printable, shortened
from notify_contracts.model import Excerpt, Notification, Violation

NEEDED = "needed"
"""The keyword of what a consumer fails without."""

_URI = "https://notify-contracts.invalid/read"


class Lack(NamedTuple):
    """One read of a consumer that a notification does not serve, and what becomes of it; None where nobody can tell."""

    need: Need
    read: Read
    effect: Effect | None


@dataclass(frozen=True)
class Applied:
    """Holds notifications against what one consumer reads; the same reads are asked once for each kind."""

    consumer: Consumer
    _kinds: dict[tuple[str, str], Sequence[tuple[Need, Read]]] = field(default_factory=dict, repr=False, compare=False)

    def reads(self, notification: Notification) -> Sequence[tuple[Need, Read]]:
        """Return what is read of such a notification."""
        kind = str(notification.event_type), str(notification.priority)
        if kind not in self._kinds:
            self._kinds[kind] = [(need, read) for need in self.consumer.needs_of(*kind) for read in need.reads]
        return self._kinds[kind]

    def lacks(self, notification: Notification) -> Iterator[Lack]:
        """Yield what a notification lacks, in the order in which it is needed."""
        whole = {**notification.context, **notification.envelope}
        for need, read in self.reads(notification):
            asked = conditions(read, with_transport=True)
            if asked is None:
                yield Lack(need, read, None)
            elif not is_kept(asked.is_there, whole):
                yield Lack(need, read, read.absent)
            elif asked.has_form is not None and not is_kept(asked.has_form, whole):
                yield Lack(need, read, read.malformed)
            elif read.unclear:
                yield Lack(need, read, None)


@dataclass(frozen=True)
class Failing:
    """Says by which consumers a notification is lost: what each of them fails without and it lacks."""

    consumers: tuple[Applied, ...]

    def violations(self, notification: Notification) -> list[Violation]:
        """Return a violation for each thing that a consumer fails without; none of an excerpt, which may lack it."""
        if isinstance(notification, Excerpt):
            return []
        found = ((one.consumer, lack) for one in self.consumers for lack in one.lacks(notification))
        return [_violation(consumer, lack, notification) for consumer, lack in found if lack.effect is Effect.FAILS]


def _violation(consumer: Consumer, lack: Lack, notification: Notification) -> Violation:
    read, need = lack.read, lack.need
    who = " ".join(filter(None, (consumer.name, consumer.version)))
    purpose = read.purpose or need.purpose
    what = f"{read} ({purpose})" if purpose else str(read)
    pointer = next((path.pointer for path in read.paths if path.pointer is not None), "")
    message = shortened(printable(f"keeps its contract, and {who} loses it: {what} is absent or of another form"), 300)
    return Violation(pointer or "", NEEDED, message, f"{notification.event_type}-{notification.priority}")


def is_kept(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether `value` keeps a schema; no value that engines refuse to look at does."""
    try:
        return validator_of(dump(schema)).is_valid(value)
    except (RecursionError, ValueError):
        return False


@cache
def validator_of(schema: bytes) -> Validator:
    """Return what decides about a schema, of which `schema` is the text."""
    content = parse(schema)
    return engine_named(DEFAULT_ENGINE, linted=True)(lambda uri: {_URI: content}[uri], _URI)
