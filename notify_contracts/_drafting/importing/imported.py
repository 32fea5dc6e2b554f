"""What an import comes to: the files of a catalog, and what of the source is not in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Files
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import EVENTS

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
    def contracts(self) -> Iterator[tuple[str, str]]:
        """The event type and the priority of each contract."""
        for path, content in self.files.items():
            if path.startswith(f"{EVENTS}/"):
                yield from ((content["title"], priority) for priority in content["$defs"])


def once(found: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return what was left out, each once, in the order in which it was found."""
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Source:
    """Where a catalog comes from: its name, what to say of it, and where the service sends.

    `comment` is what stands at each rule that nothing else is said of, `envelope` where in an event each attribute
    does, if not as it is.
    """

    name: str
    title: str
    description: str
    source: str
    comment: str
    transport: Mapping[str, str]
    version: str = "0.1.0"
    id: str = ""
    envelope: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The catalog's id."""
        return self.id or f"https://{self.name}.invalid/contracts/"
