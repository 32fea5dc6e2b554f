"""What names are made of, and those of fields whose values somebody chooses or that identify: never enumerated."""

import json
import re
from functools import cache
from pathlib import Path

_WORDS = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def words_of(name: str) -> list[str]:
    """Return the words that a name is made of: ``order_id`` and ``orderId`` of two."""
    return _WORDS.findall(name)


def is_of_people(name: str) -> bool:
    """Whether a field of this name, ``owner_id`` or ``hostName``, holds what somebody chose, or an id.

    The name or the address of a type, ``typeURI``, is a program's, as is what versioned objects call themselves.
    """
    words = [word.lower() for word in words_of(name)]
    chosen, of_programs = _names()
    return not chosen.isdisjoint(words[-1:] + words[:1]) and of_programs.fullmatch(name) is None


@cache
def _names() -> tuple[frozenset[str], re.Pattern[str]]:
    data = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
    return frozenset(data["of_people"]), re.compile("|".join(data["of_programs"]), re.IGNORECASE)
