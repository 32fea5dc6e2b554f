"""What one notification lacks of what consumers read of it."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._comparison.needs.judging import conditions
from notify_contracts._comparison.needs.model import Consumer, Effect, Need, Read
from notify_contracts._comparison.needs.validators import is_kept
from notify_contracts._schema import Validator, validator_of
from notify_contracts._untrusted import printable, shortened
from notify_contracts.model import Excerpt, Notification, Violation

NEEDED = "needed"
"""The keyword of what a consumer fails without."""

_MOST_KINDS = 4096


class Lack(NamedTuple):
    """One read of a consumer that a notification does not serve, and what becomes of it; None where nobody can tell."""

    need: Need
    read: Read
    effect: Effect | None


class _Prepared(NamedTuple):
    """A read with what decides whether it is served; None where only a transport adds it, or it has no form."""

    need: Need
    read: Read
    is_there: Validator | None
    has_form: Validator | None


@dataclass(frozen=True)
class Applied:
    """Holds notifications against what one consumer reads; what is asked of a kind of them is prepared once."""

    consumer: Consumer

    def reads(self, notification: Notification) -> Sequence[tuple[Need, Read]]:
        """Return what is read of such a notification."""
        return [(one.need, one.read) for one in self._of(notification)]

    def lacks(self, notification: Notification) -> Iterator[Lack]:
        """Yield what a notification lacks, in the order in which it is needed."""
        if not (prepared := self._of(notification)):
            return
        whole = {**notification.context, **notification.envelope}
        for need, read, is_there, has_form in prepared:
            if is_there is None:
                yield Lack(need, read, None)
            elif not is_kept(is_there, whole):
                yield Lack(need, read, read.absent)
            elif has_form is not None and not is_kept(has_form, whole):
                yield Lack(need, read, read.malformed)
            elif read.unclear:
                yield Lack(need, read, None)

    def _of(self, notification: Notification) -> Sequence[_Prepared]:
        return self._prepared(str(notification.event_type), str(notification.priority))

    @cached_property
    def _prepared(self) -> Callable[[str, str], Sequence[_Prepared]]:
        """What is asked of a kind of notification; names are somebody else's, so not all of them are remembered."""
        return lru_cache(maxsize=_MOST_KINDS)(self._of_kind)

    def _of_kind(self, event_type: str, priority: str) -> Sequence[_Prepared]:
        found = []
        for need in self.consumer.needs_of(event_type, priority):
            for read in need.reads:
                asked = conditions(read, with_transport=True)
                there = None if asked is None else validator_of(asked.is_there)
                form = None if asked is None or asked.has_form is None else validator_of(asked.has_form)
                found.append(_Prepared(need, read, there, form))
        return found


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
    said = f"{consumer} loses it: {read.told(need.purpose_of(read))} is absent or of another form"
    pointer = next((path.pointer for path in read.paths if path.pointer is not None), "")
    message = shortened(printable(f"keeps its contract, and {said}"), 300)
    return Violation(pointer or "", NEEDED, message, f"{notification.event_type}-{notification.priority}")
