"""How recordings are read now, which other processes are told that read parts of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from notify_contracts.capture.members import added_members, members_added
from notify_contracts.wire.envelopes import forms_read, reading_as

if TYPE_CHECKING:
    from notify_contracts.wire.envelopes import EnvelopeForm


class ReadingWay(NamedTuple):
    """Which members of records hold lines of logs, beside those that are known, and which forms events may have."""

    members: frozenset[str]
    envelopes: "tuple[EnvelopeForm, ...]"


def reading_way() -> ReadingWay:
    """Return how recordings are read now."""
    return ReadingWay(added_members(), forms_read())


@contextmanager
def reading_in(way: ReadingWay) -> Iterator[None]:
    """While the block runs, read recordings so."""
    with members_added(way.members), reading_as(way.envelopes):
        yield
