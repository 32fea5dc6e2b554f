"""What in the name of a property looks like data: an index, a number, a UUID, a digest."""

import re
from collections.abc import Container
from functools import cached_property

from notify_contracts._schema import UUID, pointer_text
from notify_contracts._untrusted import expression
from notify_contracts.catalog.folder import Folder

_DATA = expression(
    r"(?<![0-9A-Za-z])(?:"
    rf"{UUID}"
    r"|(?=[A-Fa-f]*[0-9])[0-9A-Fa-f]{8,}"  # a digest, a UUID without hyphens
    r"|[0-9]+"  # an index, a number; what belongs to a word, as in sha256, names something
    r")(?![0-9A-Za-z])"
)
_ANY = "*"
_NUMBERED = re.compile(rb'"[^"0-9]*+[0-9][^"]*+"\s*+:')  # each text is gone through once


def looks_like_data(part: str) -> bool:
    """Whether something in a name looks like data."""
    return _DATA.search(part) is not None


def without_data(pointer: str, declared: Container[str] = ()) -> str:
    """Return a pointer with ``*`` in place of data, but in the names that are `declared`."""
    if not looks_like_data(pointer):
        return pointer
    return "/".join(part if part in declared else _DATA.sub(_ANY, part) for part in pointer.split("/"))


class Numbered(Container[str]):
    """The names of properties that catalogs declare and that look like data, as they stand in a pointer.

    They are looked for when one is asked for, which is seldom.
    """

    def __init__(self, *folders: Folder) -> None:
        self._folders = folders

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        from notify_contracts.catalog.declared import declared_in

        found = (each for folder in self._folders for each in declared_in(folder, _has_numbers))
        return frozenset(filter(looks_like_data, (pointer_text((each.name,))[1:] for each in found)))


def _has_numbers(content: bytes) -> bool:
    return _NUMBERED.search(content) is not None
