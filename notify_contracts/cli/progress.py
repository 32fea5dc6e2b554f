"""Progress on standard error while something takes a while: a bar where somebody can see it."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from notify_contracts.cli.standard_error import say

if TYPE_CHECKING:
    from notify_contracts._checking import PartialResult

    Watch = Callable[[str, int, Iterable[PartialResult[Any]]], Iterable[PartialResult[Any]]]

Thing = TypeVar("Thing")

_LONG = 16 * 1024 * 1024
_SECONDS_BETWEEN_LINES = 30


def _is_seen() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def counted_with_progress(things: Iterable[Thing], count: int, doing: str, many: int) -> Iterable[Thing]:
    """Return `things`, of which there are `count`, with a bar where somebody can see it and they are `many` or more."""
    if count < many or not _is_seen():
        return things
    from rich.console import Console
    from rich.progress import track

    return track(things, doing, count, console=Console(stderr=True), transient=True)


def files_with_progress(
    things: Iterable[Thing],
    total: int,
    doing: str,
    files: Callable[[Thing], int],
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Thing]:
    """Yield `things`, each about as many of the `total` files as `files` says, and show how many are done.

    There is a bar where somebody can see it and the files are several; elsewhere a line in a while, which is about
    thirty seconds by `clock`.
    """
    done, said = 0, clock()
    with _bar_of_files(doing, total) as advance:
        for thing in things:
            yield thing
            done += files(thing)
            if advance is not None:
                advance(files(thing))
            elif clock() - said >= _SECONDS_BETWEEN_LINES:
                said = clock()
                say(f"{doing}: {done:,} of {total:,} files")


@contextmanager
def _bar_of_files(doing: str, total: int) -> Iterator[Callable[[int], None] | None]:
    if total <= 1 or not _is_seen():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda count: progress.advance(task, count)


@contextmanager
def progress_of_bytes(total: int) -> "Iterator[Watch]":
    """Give a function that passes on the results of a source of a size, and shows their place in the `total` bytes.

    The bar is there where somebody can see it and the total is large.
    """
    if total <= _LONG or not _is_seen():
        yield lambda _source, _size, results: results
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from notify_contracts.capture import source_name

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        before = 0

        def watched(source: str, size: int, results: "Iterable[PartialResult[Any]]") -> "Iterator[PartialResult[Any]]":
            nonlocal before
            try:
                for result in results:
                    progress.update(task, description=source_name(source), completed=before + result.position)
                    yield result
            finally:
                before += size

        yield watched
