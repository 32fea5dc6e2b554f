"""The place of a violation: keys that are data and indices are one place, however many of them a payload has."""

from collections.abc import Container, Iterable
from typing import NamedTuple

from notify_contracts._untrusted import BY_WORDS, expression, printable, shortened
from notify_contracts.catalog import Catalog, without_data
from notify_contracts.model import UNDELIVERED, UNREADABLE, Violation

_LONGEST = 200
_LONGEST_READ = 4096
_OF_MANY_CAUSES = (UNREADABLE, UNDELIVERED)
_FOUND = expression(r"\d+|'(?:[^'\\]|\\.)*(?:'|$)|\"(?:[^\"\\]|\\.)*(?:\"|$)")
"""What a message tells of the one input: numbers, and what it quotes."""


class GroupKey(NamedTuple):
    """What the violations of a group have in common; `contract` is empty where none applied.

    Of what is data in the name of the place, indices and keys such as ``tag_17``, `pointer` has ``*``.
    `cause` tells apart what is unreadable for different reasons, and is empty for all else.
    """

    contract: str
    pointer: str
    keyword: str
    cause: str = ""


def group_name(value: object) -> str:
    """Return what the input says, as a summary keeps it: a printable line of bounded length, without a secret in it."""
    text = value if isinstance(value, str) else "(none)" if value is None else f"({type(value).__name__})"
    return shortened(printable(BY_WORDS.name(text[:_LONGEST])), _LONGEST)


def in_events(broken: Iterable[tuple[str | None, str]], catalog: Catalog) -> str:
    """Return in a phrase where in events stands what is broken, each a contract's id and a pointer.

    Nothing where it stands at the place of the same name. Events are written as the catalog's `envelopes` say.
    """
    found, places = {}, sorted({(contract or "", pointer) for contract, pointer in broken if pointer})
    for member in catalog.members:
        ids = {contract.id for contract in member.contracts} if member.envelopes else ()
        for contract, pointer in places if ids else ():
            name = pointer.split("/")[1]
            there = member.envelopes[0].places_of(name)
            if contract in ids and there and there != (f"/{name}",):
                found[name] = f"/{name} is {' and '.join(place or 'the whole' for place in there)}"
    return printable(f"in an event, {', '.join(found.values())}") if found else ""


def place_name(pointer: str, keyword: str, declared: Container[str] = ()) -> str:
    """Return a pointer as groups have it: ``/payload/items/3/tag_17`` is ``/payload/items/*/tag_*``.

    Names that are `declared` (`Catalog.numbered`) are no data. A property that is missing is named by the contract, and
    so keeps its name.
    """
    parents, slash, last = pointer[:_LONGEST_READ].rpartition("/")
    last = last if keyword == "required" else without_data(last, declared)
    return group_name(without_data(parents, declared) + slash + last)


def group_of(violation: Violation, declared: Container[str] = ()) -> GroupKey:
    """Return the key of the group to which a violation belongs; names that are `declared` are no data."""
    cause = _cause(violation.keyword, violation.message)
    place = place_name(violation.pointer, violation.keyword, declared)
    return GroupKey(violation.contract or "", place, violation.keyword, cause)


def group_read(contract: str, place: str, keyword: str, message: str) -> GroupKey:
    """Return the key of a group at a place that a report names, where a violation has this message."""
    return GroupKey(contract, group_name(place), keyword, _cause(keyword, message))


def _cause(keyword: str, message: str) -> str:
    return _FOUND.sub("…", group_name(message)) if keyword in _OF_MANY_CAUSES else ""
