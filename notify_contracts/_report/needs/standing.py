"""The needs of consumers as a report tells of them: rows, what of them counts, and the exit status."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._comparison import Witness
from notify_contracts._comparison.needs import (
    Answer,
    Answered,
    Consumer,
    Effect,
    Held,
    Missing,
    Need,
    Path,
    Read,
    Shares,
    read_key,
)
from notify_contracts._schema import did_you_mean

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes import EnvelopeForm

ADVERSE, COULD_NOT_TELL, WELL = 1, 2, 0
_ORDER = (Answer.IMPOSSIBLE, Answer.POSSIBLE, Answer.CANNOT_TELL, Answer.GUARANTEED)
_MOST_NAMED = 5
_EFFECTS = (Effect.FAILS, Effect.LOST, Effect.DEFAULTED, None)


class Share(NamedTuple):
    """How many of `seen` recorded notifications had what is read."""

    having: int
    seen: int


@dataclass(frozen=True)
class Row:
    """One read of one consumer, and all contracts that give the same answer for the same reason.

    Where there is no contract that could, `contracts` has what that would be called.
    """

    consumer: Consumer
    read: Read
    purpose: str
    answer: Answer
    effect: Effect | None
    reason: str
    contracts: tuple[str, ...]
    by_path: tuple[tuple[Path, Answer], ...]
    witness: Witness | None
    share: Share | None

    @property
    def said_in(self) -> str:
        """Where the consumer says that it reads it."""
        return "" if self.read.origin is None else str(self.read.origin)


@dataclass(frozen=True)
class Standing:
    """The needs of consumers held against one catalog, which is `called` so by the command line.

    `fails_by` has the effects that give status 1 where what is read is not guaranteed. `problems` are what kept a
    recording from being read. `envelopes` are those of the service's events.
    """

    called: str
    held: tuple[Held, ...]
    fails_by: frozenset[Effect] = frozenset((Effect.FAILS,))
    shares: Shares | None = None
    problems: tuple[str, ...] = ()
    envelopes: "tuple[EnvelopeForm, ...]" = ()

    @cached_property
    def by_consumer(self) -> Sequence[tuple[Held, Sequence[Row]]]:
        """What was found of each consumer's needs: the worst first."""
        return [(held, sorted(self._rows(held), key=_rank)) for held in self.held]

    @cached_property
    def rows(self) -> Sequence[Row]:
        """What was found of all of them."""
        return [row for _, rows in self.by_consumer for row in rows]

    @cached_property
    def counting(self) -> Sequence[Row]:
        """The rows by which it fails."""
        return [row for row in self.rows if self.counts(row)]

    def counts(self, row: Row) -> bool:
        """Return whether it fails by a row."""
        return row.effect in self.fails_by

    @cached_property
    def is_anything_held(self) -> bool:
        """Whether any contract is read by any consumer."""
        return any(held.answers for held in self.held)

    @property
    def status(self) -> int:
        """The exit status: what may fail is sure, whatever could not be read, if anything was held against anything."""
        if self.counting and self.is_anything_held:
            return ADVERSE
        return COULD_NOT_TELL if self.problems or not all(held.answers for held in self.held) else WELL

    @cached_property
    def notes(self) -> Sequence[str]:
        """What does not count, and a user should know."""
        return list(self._notes())

    def _notes(self) -> Iterator[str]:
        for held, rows in self.by_consumer:
            name = held.consumer.name
            if not held.answers:
                yield f"{name}: reads nothing of this catalog: nothing was held against it"
            if held.unmatched:
                names = [one.text for need in held.unmatched for one in need.included]
                count = f"{len(held.unmatched)} of {len(held.consumer.needs)} needs"
                said = f"are of event types without a contract here: {_listed(names)}{_meant(names, held)}"
                yield f"{name}: {count} {said}"
            if held.unheard:
                shown = _listed(_heard(need) for need in held.unheard)
                count = f"{len(held.unheard)} of {len(held.consumer.needs)} needs"
                yield f"{name}: {count} read nothing here, for what they read has no contract: {shown}"
            if held.idle:
                said = f"{_listed(held.idle)}, which a need names beside others{_meant(held.idle, held)}"
                yield f"{name}: no event type here matches {said}"
            if meant := self._of_notifications(rows):
                shown = _listed(f"{event} is {ours}" for event, ours in meant.items())
                yield f"{name}: a need names places of notifications, not of events: {shown}"

    def _of_notifications(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """Return the places in an event that are read as if they were those of a notification, and what they are."""
        absent = [str(path) for row in rows if row.answer is Answer.IMPOSSIBLE for path in row.read.paths]
        places = {
            f"${place.replace('/', '.')}": f"$.{attribute}"
            for form in self.envelopes
            for attribute in form.templates
            for place in form.places_of(attribute)
        }
        return {
            place: ours
            for place, ours in places.items()
            if place != ours and any(one == place or one.startswith((f"{place}.", f"{place}[")) for one in absent)
        }

    def _rows(self, held: Held) -> Iterator[Row]:
        alike: dict[tuple[object, ...], list[Answered]] = {}
        for one in held.answers:
            purpose = one.need.purpose_of(one.read)
            key = one.read, read_key(one.read), purpose, one.answer, one.effect, one.reason
            alike.setdefault(key, []).append(one)
        for several in alike.values():
            first = several[0]
            contracts = tuple(one.contract.id for one in several)
            witness = next((one.witness for one in several if one.witness), None)
            purpose = first.need.purpose_of(first.read)
            told = first.answer, first.effect, first.reason
            yield Row(
                held.consumer, first.read, purpose, *told, contracts, first.by_path, witness, self._share(several)
            )

        yield from (row for lacking in held.missing for row in self._rows_of(lacking, held))

    @staticmethod
    def _rows_of(lacking: Missing, held: Held) -> Iterator[Row]:
        why = f"there is no such contract{_meant((one.text for one in lacking.need.included), held)}"
        for read in lacking.need.reads:
            purpose = lacking.need.purpose_of(read)
            yield Row(held.consumer, read, purpose, Answer.IMPOSSIBLE, read.absent, why, lacking.named, (), None, None)

    def _share(self, several: Sequence[Answered]) -> Share | None:
        if self.shares is None:
            return None
        kinds = {(one.contract.event_type, one.contract.priority): read_key(one.read) for one in several}
        seen = sum(self.shares.seen[kind] for kind in kinds)
        return Share(sum(self.shares.having[*kind, key] for kind, key in kinds.items()), seen)


def _heard(need: Need) -> str:
    """Return the event types of a need, and what of them it reads."""
    names = " or ".join(one.text for one in (need.only or need.included))
    but = " or ".join(one.text for one in need.excluded)
    excepted = f"{names} except {but}" if but else names
    return f"{excepted} of priority {' or '.join(sorted(need.priorities))}" if need.priorities else excepted


def _meant(names: Iterable[str], held: Held) -> str:
    """Return what in the catalog one of `names` resembles: an event type of the same kind of resource, or a kind."""
    contracts = (*(one.contract for one in held.answers), *held.unread)
    known = sorted({contract.event_type for contract in contracts})
    kinds = dict.fromkeys(f"{event_type.partition('.')[0]}." for event_type in known)

    def like(name: str) -> Iterator[str]:
        if name.endswith(".*"):
            return (f"{kind}*" for kind in kinds)
        return (one for one in known if one.startswith(f"{name.partition('.')[0]}."))

    told = (did_you_mean(name, like(name)) for name in dict.fromkeys(names) if name not in known)
    return next(filter(None, told), "")


def _listed(names: Iterable[str]) -> str:
    several = list(dict.fromkeys(names))
    more = len(several) - _MOST_NAMED
    return ", ".join(several[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _rank(row: Row) -> tuple[int, int]:
    return _EFFECTS.index(row.effect), _ORDER.index(row.answer)
