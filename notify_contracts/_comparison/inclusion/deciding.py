"""The decision: place by place, then the whole."""

from typing import Any

from notify_contracts._comparison.inclusion.allowed import Allowed
from notify_contracts._comparison.inclusion.findings import Doubt, Inclusion


def inclusion(narrow: Allowed, wide: Allowed, *, base: Any = None, seconds: float = 1.0) -> Inclusion:  # noqa: ARG001
    """Return where `narrow` allows what `wide` refuses, where that is not decided, or neither: then it is proved.

    There is one gap for each place and rule that differs. `base` is a value that `narrow` allows, such as an example:
    what is found is put into it, so that witnesses look ordinary. What is not decided after about `seconds` is a doubt.
    Raise CatalogError for a schema that engines are not given.
    """
    if (narrow.documents, narrow.uri) == (wide.documents, wide.uri):
        return Inclusion()
    return Inclusion(doubts=(Doubt("", "nothing decides this yet", 0),))
