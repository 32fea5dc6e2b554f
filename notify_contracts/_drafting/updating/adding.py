"""Contracts of event types and priorities that a catalog has none of, among the content of its files."""

from collections.abc import Callable, Mapping
from typing import Any

from notify_contracts._base import free
from notify_contracts._drafting.documents import PAYLOADS, VALUES, Files, Pair, Schema, alternatives, event_path
from notify_contracts._drafting.inference import Drafting, Learned, draft
from notify_contracts._drafting.updating.reusing import fitting_payload
from notify_contracts._drafting.updating.values_file import FORMS, ValuesFile
from notify_contracts._schema import contradiction, listed, map_of, rebuilt
from notify_contracts.catalog import ENVELOPE, Catalog

_TO_VALUES = f"../{VALUES}#"
_THERE = "there:"
"""What stands in a reference to a payload that the catalog has, to tell it from one that is drafted."""


def pairs_without_contract(catalog: Catalog, learned: Learned) -> list[Pair]:
    """Return the event types and priorities that were seen and have no contract."""
    known = {(contract.event_type, contract.priority) for contract in catalog.contracts}
    return sorted(learned.contracts.keys() - known)


def add_contracts(
    catalog: Catalog, files: Files, learned: Learned, drafting: Drafting, examples: Callable[[Files], Files]
) -> list[Pair]:
    """Add to `files` the contracts that `catalog` lacks, drafted from what was learned; return of what they are.

    `examples` makes theirs of recorded ones.
    """
    pairs = pairs_without_contract(catalog, learned)
    if not pairs:
        return []
    drafted = examples(draft(_part(learned, pairs), drafting, learned))
    needed = files[ENVELOPE].get("required", ())
    for event_type, priority in pairs:
        contract = drafted[event_path(event_type)]["$defs"][priority]
        own = learned.contracts[event_type, priority]
        file = fitting_payload(catalog, files, own) if own.payload.count else None
        if file is not None:
            contract["properties"]["payload"] = _reusing(file, files, contract["properties"]["payload"], drafted)
        always = {*contract.pop("required", ()), *(["payload"] if own.payload.count == own.count else ())}
        if always := always.difference(needed):
            contract["required"] = sorted(always)
    values = ValuesFile(catalog, files)
    names = {file: _free(file, files) for file in drafted if _is_used(file, drafted)}

    def moved(schema: Schema, file: str) -> Schema:
        made: Schema = _referring(schema, names)
        values.settle(made, file)
        return made

    for file, name in names.items():
        files[name] = {**moved(drafted[file], name), "$id": catalog.uri(name)}
    for event_type in sorted({event_type for event_type, _ in pairs}):
        _add_event(catalog, files, event_path(event_type), drafted, moved)
    return pairs


def _reusing(file: str, files: Files, payload: Schema, drafted: Files) -> Schema:
    """Return a drafted payload that refers to the one in a file, and says beside it what that does not say."""
    whole = drafted.get(str(payload.get("$ref", "")).removeprefix("../"), payload)
    there = [_said(each) for each in files[file].get("allOf", ())]
    own = {"properties": payload["properties"]} if "$ref" in payload and "properties" in payload else {}
    more = [_beside(own, each) for each in whole.get("allOf", ()) if _said(each) not in there]
    more = [each for each in more if each]
    return {"$ref": f"{_THERE}{file}", **own, **({"allOf": more} if more else {})}


def _beside(own: Schema, relation: Schema) -> Schema:
    """Return what a relation says where `own` holds: where it never comes to its condition, what holds otherwise."""
    if "if" not in relation or _may_hold(relation["if"], own):
        return relation
    words: Schema = {keyword: relation[keyword] for keyword in ("title", "$comment") if keyword in relation}
    otherwise: Schema = relation.get("else", {})
    return {**words, **otherwise} if otherwise else {}


def _may_hold(condition: Any, beside: Any) -> bool:
    """Whether what a condition compares with is allowed by what stands beside it, as lint asks."""
    stated = map_of(beside, "properties")
    return all(
        not (listed(inner) and contradiction([inner, map_of(stated, name)])) and _may_hold(inner, stated.get(name))
        for name, inner in map_of(condition, "properties").items()
    )


def _said(relation: Any) -> Any:
    """Return what a schema says without its evidence."""
    if not isinstance(relation, Mapping):
        return relation
    return {keyword: value for keyword, value in relation.items() if keyword not in ("$comment", "title")}


def _add_event(
    catalog: Catalog, files: Files, file: str, drafted: Files, moved: Callable[[Schema, str], Schema]
) -> None:
    contracts = {priority: moved(contract, file) for priority, contract in drafted[file]["$defs"].items()}
    if file in files:
        there = files[file]
        files[file] = {
            **there,
            "oneOf": [*there["oneOf"], *alternatives(contracts)],
            "$defs": {**there["$defs"], **contracts},
        }
    else:
        files[file] = {**drafted[file], "$id": catalog.uri(file), "$defs": contracts}


def _is_used(file: str, drafted: Files) -> bool:
    """Whether a file is that of a payload to which a contract refers."""
    contracts = (one for content in drafted.values() for one in content.get("$defs", {}).values())
    payloads = (one["properties"]["payload"] for one in contracts if "examples" in one)
    return file.startswith(f"{PAYLOADS}/") and any(each.get("$ref") == f"../{file}" for each in payloads)


def _part(learned: Learned, pairs: list[Pair]) -> Learned:
    part = Learned()
    part.envelope = learned.envelope
    for pair in pairs:
        part.contracts[pair] = learned.contracts[pair]
    return part


def _referring(schema: Any, names: Mapping[str, str]) -> Any:
    """Return a schema whose references lead to payloads under their new names, and to forms by theirs."""
    if not isinstance(schema, Mapping):
        return schema
    made = rebuilt(schema, lambda inner: _referring(inner, names))
    reference = made.get("$ref")
    if isinstance(reference, str) and reference.startswith(_TO_VALUES):
        made["$ref"] = f"{FORMS}#{reference.removeprefix(_TO_VALUES)}"
    elif isinstance(reference, str) and reference.startswith(_THERE):
        made["$ref"] = f"../{reference.removeprefix(_THERE)}"
    elif isinstance(reference, str) and reference.removeprefix("../") in names:
        made["$ref"] = f"../{names[reference.removeprefix('../')]}"
    return made


def _free(file: str, files: Files) -> str:
    taken = {name.removesuffix(".json") for name in files}
    return f"{free(file.removesuffix('.json'), taken, '-')}.json"
