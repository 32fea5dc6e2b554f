"""What a consumer needs: which notifications it reads, which places of them, and what happens where one is absent."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._comparison.needs.matching import Pattern
from notify_contracts._comparison.needs.paths import Path


class Effect(StrEnum):
    """What becomes of a notification, for its consumer, where what is read is not as it must be."""

    FAILS = "fails"
    """It is lost: the consumer raises, or refuses it."""

    LOST = "lost"
    """What was read is missing from what the consumer makes of it, and nobody is told."""

    DEFAULTED = "defaulted"
    """The consumer takes something else."""


class Origin(NamedTuple):
    """Where something is said: a file, and its line, which counts from 1; None if it is not known."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """Return ``meters.yaml:12``."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Read:
    """One thing that is read: the first of `paths` at which there is something other than null.

    `form` is a JSON Schema without references that the value keeps. `absent` is what happens where nothing is
    there, `malformed` what happens where something of another form is. With `empty_is_absent` an empty text is absent,
    too. `unclear` says why nobody can tell whether it is guaranteed, such as a function that is not understood.
    `purpose` is what it is read for, such as a trait.
    """

    paths: tuple[Path, ...]
    form: Mapping[str, Any] = field(default_factory=dict, hash=False)
    absent: Effect = Effect.FAILS
    malformed: Effect = Effect.FAILS
    empty_is_absent: bool = False
    unclear: str = ""
    purpose: str = ""
    origin: Origin | None = None

    def __str__(self) -> str:
        """Return its paths as they are shown: ``$.payload.tenant_id or $.payload.owner``."""
        return " or ".join(map(str, self.paths)) or self.purpose

    def told(self, purpose: str) -> str:
        """Return what is read, and what for, if that is known."""
        return f"{self} ({purpose})" if purpose else str(self)


@dataclass(frozen=True)
class Need:
    """What is read of the notifications whose event type matches one of `included` and none of `excluded`.

    `priorities` are those that are read, none for all. Of the needs of one `group` the last that matches counts, and of
    that only what matches one of `only`, if there are any.
    """

    included: tuple[Pattern, ...]
    reads: tuple[Read, ...]
    excluded: tuple[Pattern, ...] = ()
    only: tuple[Pattern, ...] = ()
    priorities: frozenset[str] = frozenset()
    group: str = ""
    purpose: str = ""
    origin: Origin | None = None

    def purpose_of(self, read: Read) -> str:
        """Return what one of its reads is for."""
        return read.purpose or self.purpose

    def matches(self, event_type: str) -> bool:
        """Whether it is the need for `event_type`, unless a later one of its group is."""
        return self.includes(event_type) and not any(one.matches(event_type) for one in self.excluded)

    def includes(self, event_type: str) -> bool:
        """Whether it is for `event_type`, if it does not except that."""
        return any(one.matches(event_type) for one in self.included)

    def reads_of(self, event_type: str, priority: str) -> bool:
        """Whether it reads anything of `event_type` and `priority` if it is the need for it."""
        is_wanted = not self.only or any(one.matches(event_type) for one in self.only)
        return is_wanted and (not self.priorities or priority in self.priorities)


@dataclass(frozen=True)
class Consumer:
    """Who needs something: a name, a version if it is known, and the needs in their order."""

    name: str
    needs: tuple[Need, ...]
    version: str | None = None
    description: str = ""

    def __str__(self) -> str:
        """Return ``ceilometer 27.0.0``."""
        return " ".join(filter(None, (self.name, self.version)))

    def needs_of(self, event_type: str, priority: str) -> Iterator[Need]:
        """Yield the needs that count for notifications of `event_type` and `priority`, in their order."""
        about = [need for need in self.needs if need.matches(event_type)]
        last = {need.group: position for position, need in enumerate(about) if need.group}
        for position, need in enumerate(about):
            counts = not need.group or last[need.group] == position
            if counts and need.reads_of(event_type, priority):
                yield need
