"""What is remembered of a life."""

from typing import TYPE_CHECKING, Any, NamedTuple

from notify_contracts._checking.lives.findings import life_name

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from notify_contracts._checking.lives.automaton import State
    from notify_contracts._checking.lives.findings import Finding


class Record:
    """What is remembered of a life: there are many, each followed by few notifications.

    `kept` are the fields that must not change, `time` is that of its latest step, None where nothing told one. `place`,
    `by` and, where ids are kept, `message_id` are of the step that brought it to its state: `by` is that step's symbol
    (below zero, from -1, if it broke its contract) or how it is said. `pending` is the `Finding` that the next step may
    explain, `seen` when it was seen, by the count of `Holders`.
    """

    __slots__ = ("by", "kept", "message_id", "pending", "place", "seen", "state", "time")

    def __init__(  # noqa: PLR0913, PLR0917  # names would take longer, and there are many
        self, state: "State", kept: Any, time: "datetime | None", place: Any, by: int, seen: int, message_id: str
    ) -> None:
        self.state = state
        self.kept = kept
        self.time = time
        self.place = place
        self.by: int | str = by
        self.pending: Finding | None = None
        self.seen = seen
        self.message_id = message_id


class Open(NamedTuple):
    """A life that is open, and how long nothing was told of it when the recording ended."""

    age: "timedelta"
    lifecycle: str
    identity: Any
    record: Record

    @property
    def name(self) -> str:
        """What it is called."""
        return life_name(self.lifecycle, self.identity)
