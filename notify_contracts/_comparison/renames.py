"""Fields and event types that bear another name and are else the same."""

from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from notify_contracts._comparison.identity import canonical
from notify_contracts._comparison.statements import Stated, names_in, without_words
from notify_contracts._schema import flattened, pointer_text
from notify_contracts.catalog import Catalog, Contract

_LEAST_LIKENESS = 0.5
_MOST = 50

Look = Callable[[Contract, str], Stated]
"""What says what a contract states of a place."""

_LONGEST = 100


def renamed_fields(old: Contract, new: Contract, parent: str, look: Look) -> dict[str, str]:
    """Return which fields of the object at `parent` bear another name in `new`, with that name.

    Their rules must be the same, and the names resemble each other unless one field went and one came.
    """
    before, after = names_in(look(old, parent)), names_in(look(new, parent))
    gone = [name for name in before if name not in after][:_MOST]
    came = [name for name in after if name not in before][:_MOST]
    return _matched(
        *(
            {name: _rules(look(side, parent + pointer_text((name,)))) for name in names}
            for side, names in ((old, gone), (new, came))
        )
    )


def renamed_event_types(old: Catalog, new: Catalog) -> dict[str, str]:
    """Return which event types bear another name in `new`, with that name: their contracts are else the same."""
    gone = [name for name in old.event_types if name not in new.event_types]
    came = [name for name in new.event_types if name not in old.event_types]
    if not gone or not came:
        return {}
    return _matched(_contents(old, gone[:_MOST]), _contents(new, came[:_MOST]))


def _contents(catalog: Catalog, event_types: Iterable[str]) -> dict[str, bytes]:
    by_type: dict[str, dict[str, Any]] = {name: {} for name in event_types}
    for contract in catalog.contracts:
        if contract.event_type in by_type:
            schema = flattened(contract.documents, contract.uri)
            properties = {name: rule for name, rule in schema.get("properties", {}).items() if name != "event_type"}
            by_type[contract.event_type][contract.priority] = without_words({**schema, "properties": properties})
    return {name: canonical(content) for name, content in by_type.items()}


def _rules(place: Stated) -> bytes:
    return canonical([place.presence, *(_without_reference(rule) for rule in place.rules)])


def _without_reference(rule: Any) -> Any:
    if not isinstance(rule, Mapping):
        return rule
    return {keyword: value for keyword, value in rule.items() if keyword != "$ref"}


def _matched(gone: Mapping[str, bytes], came: Mapping[str, bytes]) -> dict[str, str]:
    """Return pairs of names with the same content, those first whose names resemble each other most."""
    pairs = [(before, after) for before in gone for after in came if gone[before] == came[after]]
    alike = {pair: SequenceMatcher(None, pair[0][:_LONGEST], pair[1][:_LONGEST]).ratio() for pair in pairs}
    matched: dict[str, str] = {}
    is_only_one = len(gone) == len(came) == 1
    for before, after in sorted(pairs, key=lambda pair: -alike[pair]):
        if before in matched or after in matched.values():
            continue
        if is_only_one or alike[before, after] >= _LEAST_LIKENESS:
            matched[before] = after
    return matched
