"""How far a catalog and what was seen have drifted apart, in the direction that no check tells: what never came."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts._checking import EVERYTHING, Selection
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.seen import Objects, Seen
from notify_contracts._drafting.undeclared import Declared, Undeclared
from notify_contracts._schema import flattened, matcher, pointer_text
from notify_contracts.catalog import Catalog
from notify_contracts.model import Notification

UNDECLARED, UNSEEN = "undeclared", "never seen"
_KINDS = {"boolean": ("true", "false"), "number": ("integer", "number")}

Schema = Mapping[str, Any]
Path = tuple[str, ...]


class Difference(NamedTuple):
    """A place of a contract at which it and what was seen differ.

    `contract` is its id, empty where it is the envelope of all. `kind` is `UNDECLARED` for a property that came and
    that the contract does not have, `UNSEEN` for what the contract has and what never came; `what` is that, in words,
    empty where it is the place itself; it came `times` times, with those around it where the names are too many to be
    known.
    """

    contract: str
    pointer: str
    kind: str
    what: str
    times: int = 0


def differences(catalog: Catalog, learned: Learned, selection: Selection = EVERYTHING) -> Iterator[Difference]:
    """Yield what came undeclared, and what never came, by contract, of those that are selected.

    What breaks a rule a check tells. What came in envelopes is not known by contract: it is told of none, if it is
    undeclared in all that came.
    """
    beside: list[set[Undeclared]] = []
    for contract in catalog.contracts:
        pair = (contract.event_type, contract.priority)
        if Notification({"event_type": pair[0], "priority": pair[1]}) not in selection:
            continue
        if pair not in learned.contracts:
            yield Difference(contract.id, "", UNSEEN, "")
            continue
        seen, path = learned.contracts[pair].payload, ("payload",)
        declared = Declared(contract.documents, contract.uri)
        beside.append(set(declared.lacks_beside(learned.envelope)))
        for one in declared.lacks(seen):
            yield Difference(contract.id, pointer_text(one.path), UNDECLARED, one.what, one.times)
        payload = flattened(contract.documents, contract.uri).get("properties", {}).get("payload", {})
        for place, what in _of_value(payload, seen, path):
            yield Difference(contract.id, pointer_text(place), UNSEEN, what)
    for one in sorted(set.intersection(*beside)) if beside else ():
        yield Difference("", pointer_text(one.path), UNDECLARED, one.what, one.times)


def _of_value(schema: Any, seen: Seen, path: Path) -> Iterator[tuple[Path, str]]:
    if not isinstance(schema, Mapping) or not seen.count:
        return
    types = schema.get("type", [])
    unseen = [*_unseen_types(schema, seen), *(f'"{word}"' for word in _unseen_words(schema, seen))]
    if unseen:
        yield path, ", ".join(unseen)
    if seen.objects is not None and (not types or "object" in types):
        yield from _of_objects(schema, seen.objects, path)
    if seen.arrays is not None:
        yield from _of_value(schema.get("items"), seen.arrays.items, (*path, "*"))


def _unseen_types(schema: Schema, seen: Seen) -> list[str]:
    """Return the types, of several that are allowed, that never came, and which of true and false."""
    if "const" in schema or "enum" in schema:
        return ["null"] if None in schema.get("enum", ()) and "const" not in schema and not seen.kinds["null"] else []
    types = schema.get("type", [])
    if types == "boolean":
        return [kind for kind in _KINDS[types] if not seen.kinds[kind]]
    several = types if isinstance(types, list) else []
    return [name for name in several if not any(seen.kinds[kind] for kind in _KINDS.get(name, (name,)))]


def _unseen_words(schema: Schema, seen: Seen) -> list[str]:
    """Return the texts of an enumeration that never came, as far as the texts that came are known."""
    words = [word for word in schema.get("enum", ()) if isinstance(word, str) and "const" not in schema]
    counts: Mapping[str, int] | None = seen.texts.distinct.counts if seen.texts is not None else {}
    return [] if counts is None else [word for word in words if word not in counts]


def _of_objects(schema: Schema, objects: Objects, path: Path) -> Iterator[tuple[Path, str]]:
    declared, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    patterns = {matcher(pattern): inner for pattern, inner in schema.get("patternProperties", {}).items()}
    apart = objects.values or Seen()  # where the names are not known any more, all are those of a map
    for name, seen in objects.properties.items():
        fitting = [declared[name]] if name in declared else []
        fitting += [inner for fits, inner in patterns.items() if fits(name)]
        for inner in fitting:
            yield from _of_value(inner, seen, (*path, name))
        if not fitting:
            apart.merge(seen)
    yield from _of_value(others, apart, (*path, "*"))
    if objects.values is None:
        yield from (((*path, name), "") for name in declared if name not in objects.properties)
