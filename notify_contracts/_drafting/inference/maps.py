"""Objects whose names of properties are data: ids, numbers, what people attach."""

import re
from collections.abc import Collection

from notify_contracts._drafting.inference.names import is_attached
from notify_contracts._drafting.inference.seen import MOST_KEYS, Objects
from notify_contracts._drafting.inference.text_forms import NO_FORM, form_of

_SEVERAL = 3
_NUMBERED, _SHARING = 8, 4  # names that may be numbered, and how many of them share what is not their number
_MANY, _ALMOST_ALL = 20, 0.8  # rare names, beside which others are always there, and their share of all names
_DIGITS = re.compile("[0-9]+")


def is_map(objects: Objects, name: str = "") -> bool:
    """Whether the names of properties are data: many, none common, or numbered, or of a form that only data have.

    Objects called `name` may be what people attach to things: then none is always there.
    """
    properties = objects.properties
    if objects.values is not None or _has_few_of_many(objects):
        return True
    if not properties:
        return False
    if len(properties) > 1 and all(form_of(key) != NO_FORM for key in properties):
        return True
    told = objects.count - objects.empty
    commonest = max(seen.count for seen in properties.values())
    if is_attached(name):
        return commonest < objects.count
    rare = sum(seen.count <= max(2, objects.count // 50) for seen in properties.values())
    if commonest == told >= _SEVERAL or commonest * 2 >= objects.count:  # whenever there is anything it is there
        return _is_beside_others(objects, rare)
    return _are_numbered(properties) or (len(properties) >= _SEVERAL and rare * 2 >= len(properties))


def _has_few_of_many(objects: Objects) -> bool:
    """Whether there are many names, of which an object has less than half: it is no row of a wide table."""
    names = len(objects.properties)
    return names > MOST_KEYS and 2 * sum(seen.count for seen in objects.properties.values()) < names * objects.count


def _is_beside_others(objects: Objects, rare: int) -> bool:
    """Whether names are data though some are always there, as a total is: many others are rare, all of one type."""
    if rare < max(_MANY, len(objects.properties) * _ALMOST_ALL):
        return False
    return len({kind for seen in objects.properties.values() for kind in seen.kinds}) == 1


def _are_numbered(names: Collection[str]) -> bool:
    """Whether many names are few names with different numbers: ``temp-0`` to ``temp-39``."""
    return len(names) >= _NUMBERED and len({_DIGITS.sub("", name) for name in names}) * _SHARING <= len(names)
