"""Recordings that are read several times, by one process or several."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from io import FileIO
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from notify_contracts._checking import EVERYTHING, Work
from notify_contracts._untrusted import printable
from notify_contracts.capture import STANDARD_INPUT, is_file, source_name
from notify_contracts.cli.nothing import named_in_vain
from notify_contracts.cli.progress import progress_of_bytes
from notify_contracts.cli.sources import chosen_sources, jobs_worth, results_of, size_of
from notify_contracts.cli.standard_error import say
from notify_contracts.errors import SourceError

if TYPE_CHECKING:
    from notify_contracts._drafting.inference import Learned
    from notify_contracts.catalog import Catalog

NAMED = "where events have another envelope, --envelope says so: cloudevents, or a file of your own"
STATED = 'where events have another envelope, "envelope" in catalog.json says so'
_REWRITE = """rewrite what cannot be: jq -c '.type |= gsub("/"; ".")' for one"""
READ = f"check tells why; see whether it is the right envelope, and {_REWRITE}"
"""What to do where nothing is a notification: an option, or the catalog that there is, names an envelope, or has."""


class Sources(dict[str, str]):
    """What a source is called, by the path under which it can be read again and again; what was wrong with others."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []


def _opened(given: Sequence[str], stack: ExitStack) -> Sources:
    """Return sources under paths; copies of those that can be read only once last as long as `stack`."""
    sources = Sources()
    for source in chosen_sources(given, [], sources.problems):
        path, name = stack.enter_context(_file(source))
        sources[path] = name
    return sources


@contextmanager
def _file(source: str) -> Iterator[tuple[str, str]]:
    """Give a name under which a source can be read more than once, and what it is called."""
    if is_file(source):
        yield source, source_name(source)
        return
    with NamedTemporaryFile(prefix="notify-contracts-") as copy:
        try:
            with FileIO(0, closefd=False) if source == STANDARD_INPUT else FileIO(source) as stream:
                shutil.copyfileobj(stream, copy)
            copy.flush()
        except OSError as error:
            raise SourceError(f"{source_name(source)}: cannot be read: {error.strerror or error}") from None
        yield copy.name, source_name(source)


def nothing_in_it(events: Sequence[str]) -> str:
    """Return that no contract can be named after anything that was given, or that ``--event``, if given, left of it."""
    where = "is left by --event" if events else "in what was given"
    named = "an event type and a priority that can name a contract (no / in the one, the other INFO, not info)"
    return f"no notification {where} that has {named}"


def nothing_learned(events: Sequence[str] = (), what_to_do: str = NAMED) -> str:
    """Return that nothing was learned of these globs of event types, none for all, and what to do next."""
    return f"nothing was learned: {nothing_in_it(events)}; {'correct it, or leave it out' if events else what_to_do}"


def left_out(learned: "Learned") -> Iterator[str]:
    """Yield what nothing was learned from: what others had put beside notifications, and what is none."""
    if learned.set_aside:
        names = ", ".join(f"{printable(name)} ({count:,})" for name, count in sorted(learned.set_aside.items()))
        yield f"set aside, for a store or a collector puts it beside notifications: {names}"
    for reason, count in sorted(learned.refused.items()):
        yield f"nothing was learned from {count:,}: {reason}"


def reader_of(given: Sequence[str], jobs: int | None, stack: ExitStack) -> "Reader":
    """Return what reads the sources of a command line as long as `stack` lasts."""
    return Reader(_opened(given, stack), jobs)


class Reader:
    """Does one piece of work after the other with the sources; what cannot be read is said once, and left out then.

    What could be read for the first work and cannot for a later one ends them all: these would not be of the same.
    """

    def __init__(self, sources: Sources, jobs: int | None) -> None:
        self.names: Mapping[str, str] = sources
        self.problems = sources.problems
        self._has_read = False
        self._jobs = jobs or jobs_worth(list(sources), sum(map(size_of, sources)))

    def run(self, work: Work[Any]) -> Iterator[Any]:
        """Yield what each part of each source comes to."""
        paths = list(self.names)
        sizes = [size_of(path) for path in paths]
        with progress_of_bytes(sum(sizes)) as watched, results_of(paths, work, self._jobs) as results:
            for path, size, found in zip(paths, sizes, results, strict=True):
                nothing_in: list[int | None] = []
                try:
                    for result in watched(path, size, found):
                        if result.summary is not None:
                            nothing_in.append(result.nothing_in)
                            yield result.summary
                except SourceError as error:
                    reason = self.named(str(error))
                    if self._has_read and reason not in self.problems:
                        raise SourceError(reason) from None
                    self.complain(reason)
                    continue
                if None not in nothing_in:
                    self.complain(f"{self.names[path]}: {EVERYTHING.why_nothing(sum(filter(None, nothing_in)))}")
        self._has_read = True

    def named(self, text: str) -> str:
        """Return a text in which each source has its own name."""
        for path, name in self.names.items():
            text = text.replace(path, name)
        return text

    def complain_of_vain(self, globs: Iterable[str], learned: "Learned", catalog: "Catalog | None") -> None:
        """Say which globs of event types fit nothing that was learned from, nor a contract of `catalog`."""
        if learned.refused:
            return  # it is not known what else there was
        came = {event_type for event_type, _ in learned.contracts}
        for reason in named_in_vain(globs, came, catalog, meant_only=not learned.count):
            self.complain(reason)

    def complain(self, reason: str) -> None:
        """Say what is wrong with a source, once."""
        if reason not in self.problems:
            self.problems.append(reason)
            say(reason)
