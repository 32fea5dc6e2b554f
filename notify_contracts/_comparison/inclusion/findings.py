"""What was found of one schema within another: gaps, doubts, or neither."""

from typing import Any

from notify_contracts._base import dataclass


@dataclass(frozen=True)
class Gap:
    """One place at which the narrow schema allows what the wide one refuses.

    `pointer` is a JSON Pointer into the value, as that of a violation: of a name that is missing or must not be there,
    it has that name. `keyword` is the one of the wide schema that refuses. `witness` is a whole value, as small and
    ordinary as possible: both engines say that the narrow schema allows it and that the wide one does not.
    """

    pointer: str
    keyword: str
    witness: Any


@dataclass(frozen=True)
class Doubt:
    """One place that is not decided: why, in a phrase for a user, and how many values were tried in vain."""

    pointer: str
    reason: str
    tried: int


@dataclass(frozen=True)
class Inclusion:
    """What was found, by place: nothing is proof that the wide schema allows whatever the narrow one does."""

    gaps: tuple[Gap, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether every value that the narrow schema allows is surely allowed by the wide one."""
        return not self.gaps and not self.doubts
