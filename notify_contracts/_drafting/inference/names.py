"""What names are made of, and those of fields whose values somebody chooses or that identify: never enumerated."""

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_WORDS = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def words_of(name: str) -> list[str]:
    """Return the words that a name is made of: ``order_id`` and ``orderId`` of two."""
    return _WORDS.findall(name)


def is_of_people(name: str) -> bool:
    """Whether a field of this name, ``owner_id`` or ``hostName``, holds what somebody chose, or an id.

    The name or the address of a type, ``typeURI``, is a program's, as is what versioned objects call themselves, and
    the state or the type of anything: ``node_status``.
    """
    names = _names()
    if names.of_people.isdisjoint(_of_one(*_ends(name))) or names.of_programs.fullmatch(name.strip("_")) is not None:
        return False
    return not is_of_kind(name)


def is_of_kind(name: str) -> bool:
    """Whether a field of this name, ``node_status``, holds a state, a type, or another word of a few."""
    return not _names().of_kinds.isdisjoint(_of_one(*_ends(name)[:1]))


def is_a_name(name: str) -> bool:
    """Whether a field of this name, ``server_name`` or ``host``, holds a name, which may look like anything."""
    return not _names().of_names.isdisjoint(_of_one(*_ends(name)[:1]))


def is_attached(name: str) -> bool:
    """Whether an object of this name, ``metadata`` or ``extra_specs``, holds what people attach, under any names."""
    return not _names().attached.isdisjoint(_ends(name))


def _ends(name: str) -> list[str]:
    """Return the last and the first word of a name."""
    words = [word.lower() for word in words_of(name)]
    return words[-1:] + words[:1]


def _of_one(*words: str) -> set[str]:
    """Return words as they are, and as they may be of one: ``files`` and ``file``; a ``displayname`` is a name."""
    ends = (("", ""), ("s", ""), ("es", ""), ("ies", "y"))
    found = {word.removesuffix(several) + one for word in words for several, one in ends if word.endswith(several)}
    return found | {"name" for word in found if word.endswith("name")}


class _Names(NamedTuple):
    of_people: frozenset[str]
    of_kinds: frozenset[str]
    of_names: frozenset[str]
    attached: frozenset[str]
    of_programs: re.Pattern[str]


@cache
def _names() -> _Names:
    data = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
    of_programs = re.compile("|".join(data["of_programs"]), re.IGNORECASE)
    people, kinds, names, attached = (
        frozenset(data[part]) for part in ("of_people", "of_kinds", "of_names", "attached")
    )
    return _Names(people, kinds, names, attached, of_programs)
