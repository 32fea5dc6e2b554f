"""Files that travel together: a task has its price, and a small file should not pay it alone."""

from collections.abc import Iterator, Sequence

from notify_contracts._audit.sources import File

_MOST_FILES = 256
_MOST_BYTES = 4 * 1024 * 1024
"""A tenth of a second of a core as plain text, one second compressed: many times the price of a task."""

_FOR_EACH = 8
"""How many batches there are for each worker if there are files enough: all of them end at about the same time."""


def batches(files: Sequence[File], workers: int) -> Iterator[range]:
    """Yield stretches of the places of `files` which are all of them together; a large file is one by itself.

    So is one whose size is not known.
    """
    most = max(1, min(_MOST_FILES, len(files) // (_FOR_EACH * max(1, workers))))
    start, size = 0, 0
    for place, file in enumerate(files):
        of_this = _MOST_BYTES if file.size is None else file.size
        if place > start and (place - start == most or size + of_this > _MOST_BYTES):
            yield range(start, place)
            start, size = place, 0
        size += of_this
    if files:
        yield range(start, len(files))
