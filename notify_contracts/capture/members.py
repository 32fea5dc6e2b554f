"""By which members the records of loggers, of brokers' tools and of stores are known: a table of names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._untrusted import parse


@dataclass(frozen=True, eq=False)  # there is one, which is compared with nothing
class Members:
    """The table, ``members.json``.

    `log` hold a line of a log, as a text or as an array of bytes; `left_out` says why one of them is null. A record
    with a member of `part` that has one of its values goes on in the next of the same `stream`, unless one of
    `last_part` ends it; so does one whose text, a member of `ends_with_line_end`, lacks a line end while it has no
    members but these. What `added` names stands beside a notification's own where its key does, what `added_objects`
    names where it is an object of these members. One of `copies` holds again what one of the members named does, where
    that is beside it. `typed` says what is held by a member by which a store tells a value's type, and is empty for
    what is not read; `typed_numbers` hold a number as a text beside what `added_objects` names. `exchange`,
    `routing_key`, `redelivered`, `properties` and `headers` are a delivery's; a name in `meant_beside` is so only where
    the other stands beside it, one in `meant_without` where none of the others does. Objects of exactly the members in
    `no_notification` are none; a `properties_file` is called so, and the message to which it belongs as that is mapped
    to.
    """

    log: frozenset[str]
    left_out: Mapping[str, str]
    part: Mapping[str, tuple[Any, ...]]
    last_part: Mapping[str, tuple[Any, ...]]
    ends_with_line_end: Mapping[str, frozenset[str]]
    stream: tuple[str, ...]
    added: Mapping[str, frozenset[str]]
    added_objects: Mapping[str, frozenset[str]]
    copies: Mapping[str, tuple[str, ...]]
    typed: Mapping[str, str]
    typed_numbers: tuple[str, ...]
    exchange: tuple[str, ...]
    routing_key: tuple[str, ...]
    redelivered: tuple[str, ...]
    properties: tuple[str, ...]
    headers: tuple[str, ...]
    meant_beside: Mapping[str, str]
    meant_without: Mapping[str, Sequence[str]]
    no_notification: frozenset[frozenset[str]]
    properties_file: Mapping[str, str]

    @cached_property
    def beside(self) -> frozenset[str]:
        """What stands beside a notification's own attributes only where its writer may have put more there."""
        return self.log.union(self.added, self.added_objects)


_YES = (True, 1, "true")
_ADDED: ContextVar[frozenset[str]] = ContextVar("members of logs that were added", default=frozenset())


@contextmanager
def members_added(names: Iterable[str]) -> Iterator[None]:
    """While the block runs, take these members of a record, too, for those that hold a line of a log."""
    token = _ADDED.set(_ADDED.get() | frozenset(names))
    try:
        yield
    finally:
        _ADDED.reset(token)


def added_members() -> frozenset[str]:
    """Return which members of a record are taken for such now."""
    return _ADDED.get()


def built_in() -> Members:
    """Return the table that comes with the library, with what was added."""
    return _with(_ADDED.get())


def may_be_added(name: str) -> bool:
    """Whether an attribute may tell that what has it is not the notification alone, as it was sent."""
    return name in built_in().beside


def was_redelivered(record: Mapping[str, Any]) -> bool:
    """Whether a record says that the broker had delivered a message before."""
    return any(name in record and record[name] in _YES for name in built_in().redelivered)


@cache
def _with(added: frozenset[str]) -> Members:
    return replace(_table(), log=_table().log | added) if added else _table()


@cache
def _table() -> Members:
    """Return the table that comes with the library; it is read when something is first asked of it."""
    table = parse(Path(__file__).with_name("members.json").read_bytes())
    return Members(
        log=frozenset(table["log"]),
        left_out=table["left_out"],
        part={name: tuple(values) for name, values in table["part"].items()},
        last_part={name: tuple(values) for name, values in table["last_part"].items()},
        ends_with_line_end={name: frozenset([name, *names]) for name, names in table["ends_with_line_end"].items()},
        stream=tuple(table["stream"]),
        added={name: frozenset(names) for name, names in table["added"].items()},
        added_objects={name: frozenset(names) for name, names in table["added_objects"].items()},
        copies={name: tuple(names) for name, names in table["copies"].items()},
        typed=table["typed"],
        typed_numbers=tuple(table["typed_numbers"]),
        exchange=tuple(table["exchange"]),
        routing_key=tuple(table["routing_key"]),
        redelivered=tuple(table["redelivered"]),
        properties=tuple(table["properties"]),
        headers=tuple(table["headers"]),
        meant_beside=table["meant_beside"],
        meant_without=table["meant_without"],
        no_notification=frozenset(map(frozenset, table["no_notification"])),
        properties_file=table["properties_file"],
    )
