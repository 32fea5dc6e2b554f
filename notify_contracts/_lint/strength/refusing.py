"""What a contract can say against the changes that it lets pass."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

ANYTHING = "anything"

_REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        ANYTHING: "give it a type",
        "unknown property": "additionalProperties: false",
        "dropped": "required, where it is always there; minItems for an item",
        "renamed": "required, and additionalProperties: false",
        "null": "a type without null",
        "empty text": "minLength",
        "long text": "maxLength",
        "other text": "enum, const, format or pattern",
        "text of a number": "enum, const, format or pattern",
        "upper case": "enum, const, format or pattern",
        "zero": "minimum",
        "negative number": "minimum",
        "huge number": "maximum",
        "fraction": "type integer",
        "empty array": "minItems",
        "item twice": "uniqueItems",
        "array with an item twice": "uniqueItems",
        "empty object": "required or minProperties",
    }
)
"""Kind of change → the keyword of JSON Schema that refuses it."""


def remedies(accepted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield those kinds of changes that keywords refuse, in a list, each time with what refuses them."""
    kinds: dict[str, list[str]] = {}
    for kind, what in _REMEDIES.items():
        if kind in accepted:
            kinds.setdefault(what, []).append(kind)
    yield from ((", ".join(alike), what) for what, alike in kinds.items())
