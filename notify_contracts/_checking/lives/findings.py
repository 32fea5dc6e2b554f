"""What is wrong with lives: one finding at one notification, as a violation of it."""

from collections.abc import Iterable
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking.lives.ways import Step, Way
from notify_contracts._schema import pointer_parts
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import Transition
from notify_contracts.model import Location, Notification, Violation

_MOST_NAMED = 6
_LONGEST = 80


@dataclass(slots=True)
class Finding:
    """One deviation. `is_gap` says that what is missing from a recording explains it, and nothing else is needed.

    `missing` is what should have come first. One that `is_beginning` is none where other lives of the kind began: then
    this one may be older than the recording.
    """

    keyword: str
    way: Way
    step: Step
    location: Location
    message: str
    pointer: str = ""
    is_gap: bool = False
    missing: tuple[Transition, ...] = ()
    is_beginning: bool = False

    @property
    def violation(self) -> Violation:
        """The violation that it is."""
        return Violation(self.pointer, self.keyword, self.message, self.way.contract)

    @property
    def notification(self) -> Notification:
        """What matters of the notification: its envelope, and of its payload what is followed."""
        transition, payload = self.way.transition, dict[str, Any]()
        values: dict[str, Any] = dict(zip(self.way.kept_fields, self.way.kept_values(self.step.kept), strict=True))
        values |= zip(self.way.told_fields, self.way.told_values(self.step.told), strict=True)
        values |= zip(self.way.lifecycle.identity, identity_parts(self.step.identity), strict=True)
        whole: Any = payload
        for field, value in values.items():
            *parents, last = pointer_parts(transition.before.get(field, transition.fields[field]))[1:] or ("",)
            if not last:
                whole = transition.begins[field][0].replace("{}", str(value)) if field in transition.begins else value
                continue
            place = payload
            for part in parents:
                place = place.setdefault(part, {})
            if isinstance(value, (str, int, float, bool, type(None))):
                place[last] = value
        return Notification(
            {
                "message_id": self.step.message_id,
                "event_type": transition.event_type,
                "priority": transition.priority,
                "timestamp": self.step.timestamp,
                "payload": whole,
            }
        )


def identity_parts(identity: Any) -> tuple[Any, ...]:
    """Return the parts of an identity."""
    return identity if isinstance(identity, tuple) else (identity,)


def life_name(lifecycle: str, identity: Any) -> str:
    """Return what a life is called: ``image 0874c6a8-…``."""
    return f"{lifecycle} {' '.join(_short(part) for part in identity_parts(identity))}"


def listed_few(names: Iterable[str]) -> str:
    """Return names as a list of a few."""
    every = list(dict.fromkeys(names))
    more = len(every) - _MOST_NAMED
    return ", ".join(every[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _short(value: Any) -> str:
    return shortened(printable(str(value)), _LONGEST)
