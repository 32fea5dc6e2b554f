"""Events whose places have other names than a form says: of a member around them, or in capitals, for one.

Such names are anybody's; so only what has all of them, those of one object in one object, is meant.
"""

from functools import cache
from typing import Any, NamedTuple

from notify_contracts._untrusted import folded
from notify_contracts.wire.envelopes.form import EnvelopeForm

_ENOUGH = 3  # names in one object


class _Names(NamedTuple):
    """The names of most places that are in one object, the name of that, and those of all other places."""

    around: str | None
    together: frozenset[str]
    folded: frozenset[str]
    others: frozenset[str]

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


def may_be_otherwise(form: EnvelopeForm, text: str) -> bool:
    """Whether all names of a form stand in a text, in whatever letters; quick."""
    names = _names(form)
    if names is None or "{" not in text:
        return False
    said = folded(text)
    return all(name in said for name in names.folded) and all(name in said for name in names.others)


def is_otherwise(form: EnvelopeForm, value: Any) -> bool:
    """Whether a value in which no event was found has all that makes one under other names."""
    names = _names(form)
    return names is not None and names.are_in(value)


@cache
def _names(form: EnvelopeForm) -> _Names | None:
    """Return what tells an event of a form by its names; None where these are few, or all of it is the payload."""
    if form.is_flat:
        return None
    payload = next(source.paths for source in form.sources if source.attribute == "payload")
    paths = {path for source in form.sources for path in source.paths}
    objects: dict[tuple[str, ...], set[str]] = {}
    for path in sorted(paths.difference(payload)):
        objects.setdefault(path[:-1], set()).add(path[-1])
    around, together = max(objects.items(), key=lambda each: len(each[1]))
    if len(together) < _ENOUGH:
        return None
    others = {path[-1] for path in paths if path[:-1] != around or path in payload}
    return _Names(
        around[-1] if around else None,
        frozenset(together),
        frozenset(map(folded, together)),
        frozenset(map(folded, others)),
    )
