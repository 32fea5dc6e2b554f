"""Whole lives: steps in, and in the end what is wrong with them and what there is to say."""

from collections.abc import Callable, Sequence

from notify_contracts._checking.lives.following import MOST_OPEN, Following
from notify_contracts._checking.lives.gathering import Gathering
from notify_contracts._checking.lives.stepping import Values
from notify_contracts._checking.lives.ways import Ways
from notify_contracts._checking.summary import Summary
from notify_contracts.catalog import Catalog
from notify_contracts.errors import UsageError
from notify_contracts.model import Verdict


class Lives:
    """Follows the lives that the lifecycles of `catalog` state, one source after the other.

    `line` makes the line of a verdict where lines are wanted. At most `most` open lives of a kind are remembered, and
    as many that are over. Where `is_whole`, the recordings hold everything that was sent. Raise UsageError for a
    catalog without lifecycles.
    """

    def __init__(
        self,
        catalog: Catalog,
        line: Callable[[Verdict], bytes] | None = None,
        *,
        most: int = MOST_OPEN,
        is_whole: bool = False,
    ) -> None:
        ways = Ways(catalog)
        if not ways.every:
            raise UsageError(
                f"{catalog.name} states no lifecycles: leave --lifecycles out, or write its lifecycles.json"
            )
        self._gathering = Gathering(catalog.secrets, line, is_whole=is_whole)
        self._following = Following(ways, self._gathering.add, most)
        self._source = ""

    def begin(self, source: str) -> None:
        """Go on with another source."""
        self._source = source
        self._following.begin(source)

    def take(self, steps: Sequence[Values]) -> None:
        """Take steps of the source, in their order."""
        self._gathering.gaps.steps += len(steps)
        self._following.take(steps)

    def settle(self) -> bytes:
        """End the source; return the lines of what was found in it."""
        self._gathering.settle(self._source)
        lines, self._gathering.lines = b"".join(self._gathering.lines), []
        return lines

    @property
    def summary(self) -> Summary:
        """What was found, to be merged with the summary of the notifications."""
        return self._gathering.summary

    @property
    def followed(self) -> int:
        """How many lives were followed."""
        return self._following.begun + self._following.joined

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say, a line each."""
        return (self._counts, *self._parts, *self._open)

    @property
    def _counts(self) -> str:
        following = self._following
        told = [
            f"{following.finished:,} finished",
            f"{following.open_count:,} still open",
            f"{following.joined:,} joined in the middle" if following.joined else "",
            f"{following.afresh:,} followed anew, for the recordings are not in the order of time"
            if following.afresh
            else "",
            f"{following.redelivered:,} notifications seen before, which are no second step"
            if following.redelivered
            else "",
            f"{following.forgotten:,} forgotten while they were open, for there were more than --open-lives allows"
            if following.forgotten
            else "",
        ]
        return f"lives: {self.followed:,} followed, {', '.join(filter(None, told))}"

    @property
    def _parts(self) -> Sequence[str]:
        return [
            f"{source}: holds only a part of what was sent: {gaps.count:,} of {gaps.steps:,} steps in lives lack what comes "
            f"before them, of {len(gaps.missing)} kinds; that is not held against anybody (--whole-recording does)"
            for source, gaps in self._gathering.parts
        ]

    @property
    def _open(self) -> Sequence[str]:
        oldest = self._following.oldest_open()
        return [] if oldest is None else [f"the life that has been open for longest without a word: {oldest}"]
