"""The lives of resources, followed once more through recordings: those that a catalog names, and those that are new."""

from collections.abc import Iterator, Mapping, Sequence

from notify_contracts._base import dataclass
from notify_contracts._checking import PartialResult, Selection, opened
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.lives import Follower, Following, Identity
from notify_contracts._drafting.inference.reading import read_again
from notify_contracts._untrusted import loads
from notify_contracts.capture import Recording
from notify_contracts.model import Excerpt, Found, Notification


@dataclass(frozen=True)
class FollowingAgain:
    """Follows the lives of what `identities` name."""

    identities: Mapping[Pair, Identity]
    selection: Selection

    def results(self, recording: Recording) -> Iterator[PartialResult[Following]]:
        """Yield how far reading has come, and in the end whom it followed."""
        reader = _Reader(self)
        return read_again(reader, recording, lambda: reader.follower.following)


class _Reader:
    def __init__(self, again: FollowingAgain) -> None:
        self.follower = Follower(again.identities)
        self._identities = again.identities
        self._selection = again.selection

    def leave(self, lines: Sequence[bytes]) -> list[int]:
        """Follow what is in lines; return the places of those that hold anything else than one notification."""
        left = []
        for place, line in enumerate(lines):
            try:
                envelope, _ = opened(loads(line))
                pair = envelope["event_type"], envelope["priority"]
                if pair in self._identities and Notification(envelope) in self._selection:
                    self.follower.takes[pair](envelope)
            except Exception:  # noqa: BLE001 - the ordinary way says what it is
                left.append(place)
        return left

    def take(self, found: Found) -> None:
        """Follow what was found in another way."""
        content = found[0]
        if isinstance(content, Notification) and not isinstance(content, Excerpt) and content in self._selection:
            pair = content.event_type, content.priority
            if all(isinstance(name, str) for name in pair) and pair in self._identities:
                self.follower.takes[pair](content.envelope)
