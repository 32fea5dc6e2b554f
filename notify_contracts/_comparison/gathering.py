"""What recordings come to, entry by entry, where nothing is written down for each of them."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from notify_contracts._checking import PartialResult
from notify_contracts.capture import Recording
from notify_contracts.errors import DamagedError, NotifyContractsError
from notify_contracts.model import Location, Notification, Unreadable

_MANY = 1024

Gathered = TypeVar("Gathered")


def gathered(
    recording: Recording, found: Gathered, take: Callable[[Notification | Unreadable, Location], None]
) -> Iterator[PartialResult[Gathered]]:
    """Hand each entry of `recording` to `take`, which adds it to `found`; yield how far that came, and `found` at last.

    Raise SourceError if it cannot be read to its end.
    """
    number = 0
    try:
        for number, (content, location) in enumerate(recording, 1):
            take(content, location)
            if number % _MANY == 0:
                yield PartialResult(b"", recording.position)
    except NotifyContractsError as error:
        yield PartialResult(b"", recording.position, found if isinstance(error, DamagedError) else None)
        raise
    yield PartialResult(b"", recording.position, found, nothing_in=None if number else recording.skipped)


def unreadable_line(count: int) -> str:
    """Return what is said of entries of recordings that are no notifications."""
    entries = "1 entry" if count == 1 else f"{count:,} entries"
    return f"{entries} of the recordings could not be read as notifications; check tells which"
