"""A progress bar on standard error while something takes a while and somebody can see it."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from notify_contracts.capture import Recording
from notify_contracts.model import Found

Thing = TypeVar("Thing")

_LONG = 16 * 1024 * 1024
_STEP = 1024


def with_progress(recording: Recording) -> Iterable[Found]:
    """Return what `recording` yields, with a bar where somebody can see it and the input is long."""
    return _shown(recording) if recording.size > _LONG and sys.stderr.isatty() else recording


def counted_with_progress(things: Iterable[Thing], count: int, doing: str, many: int) -> Iterable[Thing]:
    """Return `things`, of which there are `count`, with a bar where somebody can see it and they are `many` or more."""
    if count < many or sys.stderr is None or not sys.stderr.isatty():
        return things
    from rich.console import Console
    from rich.progress import track

    return track(things, doing, count, console=Console(stderr=True), transient=True)


def _shown(recording: Recording) -> Iterator[Found]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(recording.name, total=recording.size)
        for number, found in enumerate(recording):
            if number % _STEP == 0:
                progress.update(task, completed=recording.position)
            yield found
