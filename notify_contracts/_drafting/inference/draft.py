"""From what was learned to the files of a catalog."""

from collections.abc import Sequence

from notify_contracts._drafting.documents import (
    Files,
    Schema,
    contract,
    document,
    event_document,
    event_path,
    uri_of,
)
from notify_contracts._drafting.inference.evidence import said
from notify_contracts._drafting.inference.forms import forms
from notify_contracts._drafting.inference.groups import Group, by_name, grouped
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.refining import refinements, steady_fields
from notify_contracts._drafting.inference.relations import Relation, relations
from notify_contracts._drafting.inference.rules import Rules, types_of
from notify_contracts.catalog import ENVELOPE, MANIFEST
from notify_contracts.model import ENVELOPE_ATTRIBUTES

VALUES = "values.json"


def draft(learned: Learned, name: str, *, is_strict: bool = False, is_open: bool = False) -> Files:
    """Return the files of a catalog of what was learned."""
    base = f"https://{name}.invalid/contracts/"
    groups = grouped(learned)
    rules = Rules(by_name(groups), is_strict, is_open)
    related = relations(
        envelope.get("payload") for pair in sorted(learned.contracts) for envelope in learned.contracts[pair].sample
    )
    steady = steady_fields(learned)
    what = "The envelope of every notification."
    files: Files = {
        MANIFEST: _manifest(learned, name, base),
        ENVELOPE: document(uri_of(base, ENVELOPE), "notification", what, _envelope(learned, rules)),
    }
    events: dict[str, dict[str, Schema]] = {}
    for group in groups:
        schema = _payload(group, rules, related)
        if len(group.pairs) > 1:
            path = f"payloads/{group.name}.json"
            what = f"The payload of {len(group.pairs)} contracts."
            files[path] = document(uri_of(base, path), group.name, what, schema)
            schema = {"$ref": f"../{path}"}
        for pair in group.pairs:
            own = learned.contracts[pair]
            narrower = refinements(own.payload, group.payload, steady)
            payload = {**schema, "properties": narrower} if narrower else schema
            words = f"Learned from {own.payload.count:,} notifications.", said(own.payload.count, own.payload.count)
            events.setdefault(pair[0], {})[pair[1]] = contract(pair, words, payload, [next(iter(own.sample))])
    for event_type, contracts in sorted(events.items()):
        files[event_path(event_type)] = event_document(base, event_type, "Learned from a recording.", contracts)
    files[VALUES] = _values(base, rules.used)
    return files


def _payload(group: Group, rules: Rules, related: Sequence[Relation]) -> Schema:
    """Return what all payloads of a group have in common."""
    schema = rules.schema(group.payload)
    fields = schema.get("properties", {}).keys()
    holding = [each.schema() for each in related if {each.first.field, each.second.field} <= fields]
    return {**schema, "allOf": holding} if holding else schema


def _manifest(learned: Learned, name: str, base: str) -> Schema:
    exchanges = sorted({exchange for exchange, *_ in learned.ways})
    return {
        "name": name,
        "id": base,
        "title": f"What {name} sends",
        "description": f"Learned from {learned.count:,} notifications.",
        "version": "0.1.0",
        "source": f"{learned.count:,} recorded notifications",
        "transport": {"exchange": exchanges[0] if exchanges else name, "topic": "notifications"},
    }


def _envelope(learned: Learned, rules: Rules) -> Schema:
    own = Rules({}, rules.is_strict, rules.is_open, VALUES, rules.used, rules.made)
    schema = own.schema(learned.envelope)
    kinds = [kind for of_contract in learned.contracts.values() for kind in of_contract.payload.kinds]
    types = types_of(kinds)
    properties = schema["properties"]
    properties["event_type"] = {"type": "string"}
    properties["priority"] = {"type": "string", "enum": sorted({priority for _, priority in learned.contracts})}
    properties["payload"] = {"type": types[0] if len(types) == 1 else types}
    required = {*schema["required"], "payload"}
    schema["required"] = [
        *(key for key in ENVELOPE_ATTRIBUTES if key in required),
        *sorted(required - {*ENVELOPE_ATTRIBUTES}),
    ]
    return schema


def _values(base: str, used: set[str]) -> Schema:
    defs = {name: dict(form.schema) for name, form in forms().items() if name in used}
    what = "Forms of single values that several schemas share."
    return document(uri_of(base, VALUES), "shared values", what, {"$defs": defs})
