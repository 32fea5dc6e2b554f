"""A comparison with what was asked of it: what counts, what is accepted, what fell of a recording."""

from collections.abc import Callable, Sequence
from dataclasses import field
from functools import cached_property, reduce

from notify_contracts._base import dataclass
from notify_contracts._checking import Group, GroupKey
from notify_contracts._comparison import Comparison, Direction, Fallen, Finding, Kind, State
from notify_contracts._comparison.needs import Effect, Loss
from notify_contracts._report.shared_lines import found_at
from notify_contracts._untrusted import Secrets, printable
from notify_contracts.catalog import Catalog
from notify_contracts.model import NO_CONTRACT, ROUTING_KEY, TOPIC, UNKNOWN_EVENT

VERSION = "version"
NEEDS = "needs"
FAILING = (*(direction.value for direction in Direction), VERSION, NEEDS)
"""What can give a run the status 1: breaks in a direction, a version that is too low, a consumer that fails by it."""

BROKEN, UNDECIDED, WELL = 1, 2, 0


@dataclass(frozen=True)
class Seen:
    """How often a recording has what a finding is about, and where first."""

    count: int
    first: str


@dataclass(frozen=True)
class Compared:
    """What was found between `catalogs`, the old and the new one, and what of it counts.

    `accepted` are the places of findings in `comparison.findings` that a baseline has. `undecided_status` is the status
    where nothing breaks and something is not decided; it is never 0. `problems` are what kept a recording from being
    read; `named` gives each recording that a text names its own name. `files` are those of witnesses. `losses` are what
    consumers lose, None where none was asked about.
    """

    comparison: Comparison
    catalogs: tuple[Catalog, Catalog]
    fails_by: frozenset[str] = frozenset(FAILING)
    accepted: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    fallen: Fallen | None = None
    problems: tuple[str, ...] = ()
    undecided_status: int = UNDECIDED
    files: dict[int, str] = field(default_factory=dict)
    named: Callable[[str], str] = str
    losses: tuple[Loss, ...] | None = None

    @cached_property
    def counting(self) -> Sequence[Finding]:
        """The findings by which it fails."""
        return [finding for number, finding in enumerate(self.comparison.findings) if self.counts(number)]

    def counts(self, number: int) -> bool:
        """Return whether it fails by the finding of this number."""
        return number not in self.accepted and self.comparison.findings[number].direction.value in self.fails_by

    def why_not(self, number: int) -> str:
        """Return why it does not fail by the finding of this number, nothing if it does."""
        if self.counts(number):
            return ""
        return "accepted" if number in self.accepted else "not asked about"

    @property
    def is_version_too_low(self) -> bool:
        """Whether it fails by the version that NEW states."""
        return VERSION in self.fails_by and not self.comparison.version.is_honest

    @cached_property
    def grave(self) -> Sequence[Loss]:
        """The losses by which it fails."""
        return [loss for loss in self.losses or () if self.is_grave(loss)]

    def is_grave(self, loss: Loss) -> bool:
        """Return whether it fails by a loss: the consumer cannot do without."""
        return NEEDS in self.fails_by and loss.effect is Effect.FAILS

    @property
    def status(self) -> int:
        """The exit status: a break is sure, whatever else could not be decided or read."""
        if self.counting or self.is_version_too_low or self.grave:
            return BROKEN
        if self.problems:
            return UNDECIDED
        return self.undecided_status if self.comparison.undecided else WELL

    @cached_property
    def secrets(self) -> Secrets:
        """What is a secret by either of the catalogs."""
        old, new = self.catalogs
        return old.secrets | new.secrets

    def count(self, state: State) -> int:
        """Return how many contracts are in a state: proved in each direction in which there is something to decide."""
        return sum(self.state(contract) is state for contract in self.comparison.states)

    def state(self, contract: str) -> State:
        """Return the worse of what is known of a contract in both directions."""
        states = self.comparison.states[contract].values()
        return next((state for state in (State.BREAKING, State.UNDECIDED) if state in states), State.PROVED)

    def seen(self, finding: Finding) -> Seen | None:
        """Return what of the recordings falls by a finding, None where nothing does."""
        if self.fallen is None:
            return None
        if finding.keyword in (UNKNOWN_EVENT, NO_CONTRACT):
            return self._strangers(finding)
        groups = self.fallen.fallen[finding.direction].groups
        ids = set(finding.contracts)
        # A notification with a renamed field lacks one name, and may have the other one too much.
        keywords = ("required", "additionalProperties") if finding.kind is Kind.RENAMED else ("",)
        for keyword in keywords:
            of_finding = [
                group
                for key, group in groups.items()
                if key.contract in ids and _is_of(key, finding) and keyword in ("", key.keyword)
            ]
            if of_finding:
                found = reduce(Group.merge, of_finding)
                return Seen(found.count, self.named(found_at(found)))
        return None

    def _strangers(self, finding: Finding) -> Seen | None:
        """Return what of the recordings has no contract any more, or not yet."""
        if self.fallen is None:
            return None
        pairs = self.fallen.fallen[finding.direction].pairs_without_contract
        wanted = [pair for pair in pairs if f"{pair[0]}-{pair[1]}" in finding.contracts]
        firsts = [first for pair in wanted if (first := self.fallen.firsts.get((finding.direction, *pair))) is not None]
        count = sum(pairs[pair] for pair in wanted)
        return Seen(count, self.named(printable(f"first: {min(firsts)}")) if firsts else "") if count else None


def _is_of(key: GroupKey, finding: Finding) -> bool:
    if finding.kind is Kind.RENAMED:
        return _is_renamed(key, finding)
    if finding.kind is Kind.TRANSPORT:
        return key.keyword == finding.keyword or (finding.keyword, key.keyword) == (ROUTING_KEY, TOPIC)
    if key.keyword != finding.keyword:
        return False
    return any(_is_at(key, place, contract) for contract, place in finding.at)


def _is_at(key: GroupKey, place: str, contract: str) -> bool:
    parent, _, last = place.rpartition("/")
    is_any = last == "*" and key.keyword == "additionalProperties" and key.pointer.rpartition("/")[0] == parent
    return key.contract == contract and (is_any or key.pointer == place)


def _is_renamed(key: GroupKey, finding: Finding) -> bool:
    parent, _, name = key.pointer.rpartition("/")
    parents = {place.rpartition("/")[0] for contract, place in finding.at if contract == key.contract}
    return (
        parent in parents and name in (finding.was, finding.now) and key.keyword in ("required", "additionalProperties")
    )
