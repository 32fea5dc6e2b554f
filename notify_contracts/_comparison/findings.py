"""What a comparison of two catalogs comes to, as values."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import Contract
from notify_contracts.model import Delivery

_LONGEST = 300


class Direction(StrEnum):
    """Who meets whose notifications."""

    NEW_SENDS = "new-sends"
    OLD_SENT = "old-sent"

    @property
    def words(self) -> str:
        """The direction in a phrase."""
        return _WORDS[self]


_WORDS: Mapping[Direction, str] = {
    Direction.NEW_SENDS: "what NEW sends, consumers of OLD may meet",
    Direction.OLD_SENT: "what OLD sent (a backlog, an archive, a producer not yet updated), consumers of NEW may meet",
}


class Kind(StrEnum):
    """What it is that differs."""

    RULE = "rule"
    RENAMED = "renamed"
    EVENT_TYPE = "event-type"
    RENAMED_EVENT_TYPE = "renamed-event-type"
    PRIORITY = "priority"
    TRANSPORT = "transport"
    LIFECYCLE = "lifecycle"


class State(StrEnum):
    """What is known of one contract in one direction; `ABSENT` where one side has none: there is nothing to decide."""

    PROVED = "compatible"
    BREAKING = "breaking"
    UNDECIDED = "undecided"
    ABSENT = "absent"


@dataclass(frozen=True)
class Witness:
    """A whole notification that the contract of one side allows and the other side refuses, and what that side says.

    `steps` are, of a lifecycle, the event types and priorities in an order that only one side knows; then there is no
    single `notification`.
    """

    contract: str
    message: str
    notification: Mapping[str, Any] | None = None
    delivery: Delivery | None = None
    steps: tuple[str, ...] = ()


def witness_of(
    contract: Contract, said: str, notification: Mapping[str, Any], delivery: Delivery | None = None
) -> Witness:
    """Return a notification as a witness, with what is said of it: cut to a length, and fit to print."""
    return Witness(contract.id, shortened(printable(said), _LONGEST), notification, delivery)


@dataclass(frozen=True)
class Finding:
    """One change that breaks something in one direction, and all contracts that it touches.

    `place` is a JSON Pointer into a notification, or the name of what came or went; `keyword` is the one by which the
    other side refuses the witness. `was` and `now` are the rules of OLD and NEW in words. `stated` names the files, of
    both catalogs, in which the rule stands. `everywhere` says that `contracts` are all that both catalogs have.
    `at` has the contracts with the places at which the same rule stands in each, for a shared one may stand at several.
    `rules` gives, by these, a text that is another one for another change that is told in the same words.
    """

    direction: Direction
    kind: Kind
    place: str
    keyword: str
    was: str
    now: str
    contracts: tuple[str, ...]
    hurts: str
    remedy: str
    witness: Witness | None
    stated: tuple[str, ...] = ()
    everywhere: bool = False
    at: tuple[tuple[str, str], ...] = ()
    rules: Callable[[], Mapping[tuple[str, str], str]] = field(default=dict, compare=False)

    @property
    def places(self) -> tuple[str, ...]:
        """Every place at which the rule stands, its own first."""
        return tuple(dict.fromkeys((self.place, *(place for _, place in self.at))))

    @property
    def change(self) -> str:
        """The change in one sentence."""
        return f"{self.was} → {self.now}"


@dataclass(frozen=True)
class Undecided:
    """One place that is not decided, why, how many values were tried, and the contracts that it concerns."""

    direction: Direction
    place: str
    reason: str
    tried: int
    contracts: tuple[str, ...]


@dataclass(frozen=True)
class Reworded:
    """A file in which only words changed, or in which the same is stated otherwise."""

    file: str
    what: str


class Level(StrEnum):
    """Which number of the version a comparison asks for. Source: rule 5 of ``contracts/README.md``."""

    NONE = "none"
    THIRD = "third"
    SECOND = "second"
    FIRST = "first"


@dataclass(frozen=True)
class Version:
    """The version that NEW states, the least one that is honest, and why; `least` is None where none can be told."""

    old: str
    new: str
    level: Level
    least: str | None
    why: str
    is_honest: bool


@dataclass(frozen=True)
class Side:
    """A catalog that was compared: its name, its version, and what it was called on the command line."""

    name: str
    version: str
    called: str


@dataclass(frozen=True)
class Comparison:
    """Everything that was found between two catalogs.

    `states` has, by the id of a contract, what is known in each direction.
    """

    old: Side
    new: Side
    states: Mapping[str, Mapping[Direction, State]]
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    reworded: tuple[Reworded, ...]
    version: Version

    def of(self, direction: Direction) -> tuple[Finding, ...]:
        """Return what breaks in one direction."""
        return tuple(finding for finding in self.findings if finding.direction is direction)

    def called(self, old: str, new: str) -> "Comparison":
        """Return it with what the two sides were called by whoever asked."""
        return replace(self, old=replace(self.old, called=old), new=replace(self.new, called=new))
