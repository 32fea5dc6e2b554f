"""Names of fields whose values somebody chooses or that identify: such values are never enumerated."""

import json
import re
from functools import cache
from pathlib import Path

_WORDS = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def is_of_people(name: str) -> bool:
    """Whether a field of this name, ``owner_id`` or ``hostName``, holds what somebody chose, or an id."""
    words = [word.lower() for word in _WORDS.findall(name)]
    return not _chosen().isdisjoint(words[-1:] + words[:1])


@cache
def _chosen() -> frozenset[str]:
    return frozenset(json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8")))
