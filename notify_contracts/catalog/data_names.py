"""What in the name of a property looks like data: an index, a number, a UUID, a digest."""

from collections.abc import Container

from notify_contracts._schema import UUID
from notify_contracts._untrusted import expression

_DATA = expression(
    r"(?<![0-9A-Za-z])(?:"
    rf"{UUID}"
    r"|(?=[A-Fa-f]*[0-9])[0-9A-Fa-f]{8,}"  # a digest, a UUID without hyphens
    r"|[0-9]+"  # an index, a number; what belongs to a word, as in sha256, names something
    r")(?![0-9A-Za-z])"
)
_ANY = "*"


def looks_like_data(part: str) -> bool:
    """Whether something in a name looks like data."""
    return _DATA.search(part) is not None


def without_data(pointer: str, declared: Container[str] = ()) -> str:
    """Return a pointer with ``*`` in place of data, but in the names that are `declared`."""
    if not looks_like_data(pointer):
        return pointer
    return "/".join(part if part in declared else _DATA.sub(_ANY, part) for part in pointer.split("/"))
