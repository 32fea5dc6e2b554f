"""The reads of a whole session of tests, which those who hand out notifications look up."""

from collections.abc import Iterator
from contextlib import contextmanager

from notify_contracts.testing.needs.reads import Reads

_recorded: list[Reads] = []


def reads_of_session() -> Reads | None:
    """Return what records the reads of this process, None if nobody asked for that."""
    return _recorded[-1] if _recorded else None


@contextmanager
def recording_needs(reads: Reads) -> Iterator[Reads]:
    """Have `reads` record what the consumers of this process read that are fuzzed, or held against the kit."""
    _recorded.append(reads)
    try:
        yield reads
    finally:
        _recorded.remove(reads)
