"""Events whose places have other names than a form says: of a member around them, or in capitals, for one.

Such names are anybody's; so only what has all of them, those of one object in one object, is meant.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from notify_contracts._untrusted import folded
from notify_contracts.wire.envelopes.places import Path

_ENOUGH = 3  # names in one object


class Names(NamedTuple):
    """The names of most places that are in one object, the name of that, and those of all other places."""

    around: str | None
    together: frozenset[str]
    folded: frozenset[str]
    others: frozenset[str]

    def seem_in(self, text: str) -> bool:
        """Whether all stand in a text, in whatever letters; quick."""
        if "{" not in text:
            return False
        said = folded(text)
        return all(name in said for name in self.folded) and all(name in said for name in self.others)

    def are_in(self, value: Any) -> bool:
        """Whether all stand in a JSON value, but not in an object that has them as the form says."""
        missing, is_found = set(self.others), False
        inside: list[tuple[str | None, Any]] = [(None, value)]
        while inside:
            around, each = inside.pop()
            if type(each) is list:
                inside += ((around, item) for item in each)
            elif type(each) is dict:
                inside += each.items()
                names = frozenset(map(folded, each))
                missing -= names
                is_as_said = self.together <= each.keys() and self.around in (None, around)
                is_found = is_found or (self.folded <= names and not is_as_said)
        return is_found and not missing


def names_of(paths: Iterable[Path], payload: Path) -> Names | None:
    """Return what tells an event by the names of its places; None where these are few, or all of it is the payload."""
    if not payload:
        return None
    objects: dict[Path, set[str]] = {}
    for path in paths:
        if path != payload:
            objects.setdefault(path[:-1], set()).add(path[-1])
    around, together = max(objects.items(), key=lambda each: len(each[1]), default=((), set()))
    if len(together) < _ENOUGH:
        return None
    others = {path[-1] for path in paths if path[:-1] != around or path == payload}
    return Names(
        around[-1] if around else None,
        frozenset(together),
        frozenset(map(folded, together)),
        frozenset(map(folded, others)),
    )
