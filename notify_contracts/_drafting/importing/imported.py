"""What an import comes to: the files of a catalog, and what of the source is not in them."""

from collections.abc import Iterable, Iterator

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Files, Pair, pairs_in
from notify_contracts._untrusted import printable, shortened

_LONGEST = 300


@dataclass(frozen=True)
class LeftOut:
    """Something of a source that the catalog does not say, where it stands, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{shortened(printable(self.where), _LONGEST)}: {shortened(printable(self.why), _LONGEST)}"


@dataclass(frozen=True)
class Imported:
    """The files of a catalog made from something else, and what was left out of it, each once and in its order."""

    files: Files
    left_out: tuple[LeftOut, ...] = ()

    @property
    def contracts(self) -> Iterator[Pair]:
        """The event type and the priority of each contract."""
        return pairs_in(self.files)


def once(found: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return what was left out, each once, in the order in which it was found."""
    return tuple(dict.fromkeys(found))
