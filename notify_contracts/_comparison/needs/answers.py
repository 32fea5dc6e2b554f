"""What a contract gives of what a consumer reads."""

from enum import StrEnum

from notify_contracts._base import dataclass
from notify_contracts._comparison.findings import Witness
from notify_contracts._comparison.needs.model import Consumer, Effect, Need, Read
from notify_contracts._comparison.needs.paths import Path
from notify_contracts.catalog import Contract


class Answer(StrEnum):
    """Whether notifications that keep a contract have what is read of them."""

    GUARANTEED = "guaranteed"
    """Each of them has it, not null, and in the form that is needed."""

    POSSIBLE = "possible"
    """Some have it, some do not."""

    IMPOSSIBLE = "impossible"
    """None of them can have it."""

    CANNOT_TELL = "cannot tell"
    """It is not decided, or no contract speaks of it."""


@dataclass(frozen=True)
class Answered:
    """What one contract gives of one read, and what that does to the consumer.

    `effect` is the worst that can happen, None where it is guaranteed. `reason` says in a phrase what may be otherwise.
    `witness` is a notification that keeps the contract and lacks what is read. `by_path` has an answer for each path
    where there are several.
    """

    contract: Contract
    need: Need
    read: Read
    answer: Answer
    effect: Effect | None = None
    reason: str = ""
    witness: Witness | None = None
    by_path: tuple[tuple[Path, Answer], ...] = ()


@dataclass(frozen=True)
class Missing:
    """What of a need cannot come: no contract is `named` so, though others are of the same kind of resource.

    `named` are event types; with their priorities, if only those are read.
    """

    need: Need
    named: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """The needs of one consumer held against one catalog.

    `unmatched` are the needs of which the catalog has nothing like it, `unheard` those of whose event types there are
    contracts, but of none that they read, by its priority, what they read only or what they except; `missing`, which
    are in neither, are, or name some that are, of a kind of resource of which the catalog has others. `unread` are the
    contracts of which nothing is read, `idle` all else in needs that no event type matches.
    """

    consumer: Consumer
    answers: tuple[Answered, ...]
    unmatched: tuple[Need, ...]
    unread: tuple[Contract, ...]
    idle: tuple[str, ...] = ()
    unheard: tuple[Need, ...] = ()
    missing: tuple[Missing, ...] = ()
