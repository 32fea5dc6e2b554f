"""Everything that was learned from, held against what was learned: what is rare is found, with its place."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass
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
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.learned import hash_of
from notify_contracts._drafting.inference.lives import Follower, Following, Identity
from notify_contracts._drafting.inference.reading import LARGEST_PART, breaking, read_again
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.model import Found, Notification


@dataclass
class Verified:
    """What a strict catalog has against notifications, and a loose one against those of them; and whom they follow."""

    suspects: Summary = field(default_factory=Summary)
    exceptions: Summary = field(default_factory=Summary)
    following: Following = field(default_factory=Following)

    def merge(self, later: "Verified") -> "Verified":
        """Return both together, of which the other one is of what comes later."""
        self.following.merge(later.following)
        suspects, exceptions = self.suspects.merge(later.suspects), self.exceptions.merge(later.exceptions)
        return Verified(suspects, exceptions, self.following)


@dataclass(frozen=True)
class Verifying:
    """Asks the `strict` catalog about everything that is selected, and the `loose` one about what that refuses.

    What the strict one accepts the loose one does, too: it has the same rules, and fewer. On the way the lives are
    followed of what `identities` name.
    """

    strict: Catalog
    loose: Catalog
    selection: Selection = EVERYTHING
    identities: Mapping[Pair, Identity] = field(default_factory=dict)

    largest_part = LARGEST_PART

    def results(self, recording: Recording) -> Iterator[PartialResult[Verified]]:
        """Yield how far reading has come, and in the end what was found."""
        judge = _Judge(self)
        return read_again(judge, recording, judge.found)


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
        self.follower = Follower(verifying.identities)
        self._identities = verifying.identities
        self._followed: Counter[int] = Counter()  # of what is left to be taken, by hashes
        self._keep |= {pair: self._following(pair, self._keep[pair]) for pair in verifying.identities}
        self._loose = {(each.event_type, each.priority): each for each in verifying.loose.contracts}

    def found(self) -> Verified:
        """Return what was found."""
        return Verified(self.suspects.summary, self.exceptions.summary, self.follower.following)

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Pass what plainly keeps the strict contracts, or breaks them as others did; return the places of the rest."""
        self._followed.clear()
        if not self._is_everything:
            return breaking(self._keep, lines)
        left = breaking(self._keep, lines, self._is_known)
        self._failing.settle()
        return left

    def _following(self, pair: Pair, is_valid: Callable[[Any], bool]) -> Callable[[Any], bool]:
        """Return what tells whether a notification keeps its contract, and follows what it is about."""
        follow, followed = self.follower.takes[pair], self._followed

        def keeps(envelope: Any) -> bool:
            follow(envelope)
            if is_valid(envelope):
                return True
            followed[hash_of(envelope)] += 1
            return False

        return keeps

    def _is_known(self, pair: Pair, envelope: Any) -> bool:
        """Whether something breaks the strict contract as others did, and keeps the loose one; then it is counted."""
        return self._loose[pair].is_kept_by(envelope) and self._failing.take(self._strict[pair].id, envelope, None)

    def take(self, found: Found) -> None:
        """Ask about what does not plainly keep them."""
        content, location = found
        if not isinstance(content, Notification) or not self._is_learned(content.event_type, content.priority):
            return
        content = Notification(content.envelope)
        self._follow(content)
        verdict = self.suspects.take(content, location)
        if verdict is not None and not verdict.conforms:
            self.exceptions.take(content, location)
            if verdict.contract is not None and is_of_schema(verdict):
                self._failing.learn(verdict.contract, content, verdict)

    def _follow(self, content: Notification) -> None:
        """Follow what a notification is about, if that was not done in the quick way."""
        pair, number = (content.event_type, content.priority), hash_of(content.envelope)
        if self._followed[number]:
            self._followed[number] -= 1
        elif pair in self._identities:
            self.follower.takes[pair](content.envelope)

    def _is_learned(self, event_type: Any, priority: Any) -> bool:
        return isinstance(event_type, str) and isinstance(priority, str) and (event_type, priority) in self._keep
