"""The name of a place: keys that are data and indices are one place, however many of them a payload has."""

from collections.abc import Iterable

from notify_contracts._schema import UUID
from notify_contracts._untrusted import BY_WORDS, expression, printable, shortened
from notify_contracts.catalog import Catalog

_LONGEST = 200
_DATA = expression(
    r"(?<![0-9A-Za-z])(?:"
    rf"{UUID}"
    r"|(?=[A-Fa-f]*[0-9])[0-9A-Fa-f]{8,}"  # a digest, a UUID without hyphens
    r"|[0-9]+"  # an index, a number; what belongs to a word, as in sha256, names something
    r")(?![0-9A-Za-z])"
)
_ANY = "*"
_LONGEST_READ = 4096


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


def place_name(pointer: str, keyword: str) -> str:
    """Return a pointer as groups have it: ``/payload/items/3/tag_17`` is ``/payload/items/*/tag_*``.

    A property that is missing is named by the contract, and so keeps its name.
    """
    parents, slash, last = pointer[:_LONGEST_READ].rpartition("/")
    last = last if keyword == "required" else _DATA.sub(_ANY, last)
    return group_name(_DATA.sub(_ANY, parents) + slash + last)
