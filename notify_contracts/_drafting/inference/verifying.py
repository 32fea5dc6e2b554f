"""Everything that was learned from, held against what was learned: what is rare is found, with its place."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from notify_contracts._checking import (
    EVERYTHING,
    Failing,
    PartialResult,
    Question,
    Selection,
    Summary,
    Tally,
    is_of_schema,
)
from notify_contracts._drafting.inference.learned import Pair
from notify_contracts._drafting.inference.reading import breaking, read_by
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.errors import DamagedError
from notify_contracts.model import Found, Notification


@dataclass
class Verified:
    """What a strict catalog has against notifications, and a loose one against those of them."""

    suspects: Summary = field(default_factory=Summary)
    exceptions: Summary = field(default_factory=Summary)

    def merge(self, other: "Verified") -> "Verified":
        """Return both together."""
        return Verified(self.suspects.merge(other.suspects), self.exceptions.merge(other.exceptions))


@dataclass(frozen=True)
class Verifying:
    """Asks the `strict` catalog about everything that is selected, and the `loose` one about what that refuses.

    What the strict one accepts the loose one does, too: it has the same rules, and fewer.
    """

    strict: Catalog
    loose: Catalog
    selection: Selection = EVERYTHING

    def results(self, recording: Recording) -> Iterator[PartialResult[Verified]]:
        """Yield how far reading has come, and in the end what was found."""
        judge = _Judge(self)
        with suppress(DamagedError):  # it was said when it was learned from
            yield from read_by(judge, recording)
        yield PartialResult(b"", recording.position, Verified(judge.suspects.summary, judge.exceptions.summary))


class _Judge:
    def __init__(self, verifying: Verifying) -> None:
        question = Question(verifying.selection)
        self.suspects, self.exceptions = (
            Tally(catalog, question, asks_others=False) for catalog in (verifying.strict, verifying.loose)
        )
        self._failing = Failing(self.suspects)
        self._is_everything = verifying.selection == EVERYTHING
        self._strict = {(each.event_type, each.priority): each for each in verifying.strict.contracts}
        self._keep = {pair: each.validator.is_valid for pair, each in self._strict.items()}
        contracts = verifying.loose.contracts
        self._keep_loose = {(each.event_type, each.priority): each.validator.is_valid for each in contracts}

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Pass what plainly keeps the strict contracts, or breaks them as others did; return the places of the rest."""
        if not self._is_everything:
            return breaking(self._keep, lines)
        left = breaking(self._keep, lines, self._is_known)
        self._failing.settle()
        return left

    def _is_known(self, pair: Pair, envelope: Any) -> bool:
        """Whether something breaks the strict contract as others did, and keeps the loose one; then it is counted."""
        return self._keep_loose[pair](envelope) and self._failing.take(self._strict[pair].id, envelope, None)

    def take(self, found: Found) -> None:
        """Ask about what does not plainly keep them."""
        content, location = found
        if not isinstance(content, Notification) or not self._is_learned(content.event_type, content.priority):
            return
        content = Notification(content.envelope)
        verdict = self.suspects.take(content, location)
        if verdict is not None and not verdict.conforms:
            self.exceptions.take(content, location)
            if verdict.contract is not None and is_of_schema(verdict):
                self._failing.learn(verdict.contract, content, verdict)

    def _is_learned(self, event_type: Any, priority: Any) -> bool:
        return isinstance(event_type, str) and isinstance(priority, str) and (event_type, priority) in self._keep
