"""A payload may have thousands of properties: what is done for each rule of each does not look at all the others."""

from notify_contracts._comparison import compare
from notify_contracts._schema import subschemas
from notify_contracts.catalog import Contract, load
from notify_contracts.generate._mutations import UNHEARD_OF, Mutator, mutator
from tests import small

PROPERTIES = {f"p{number}": {"type": "integer", "minimum": number} for number in range(1_000)}
ITEM = {"type": "object", "properties": PROPERTIES, "required": ["p1"], "additionalProperties": {"type": "null"}}
PAYLOAD = {
    "type": "object",
    "properties": {**PROPERTIES, "items": {"type": "array", "items": ITEM}},
    "required": ["p1", "p2"],
    "additionalProperties": False,
    "if": {"properties": {"p1": {"const": 1}}},
    "then": {"required": ["p3"]},
}
ASKED = [("payload", name) for name in ("p1", "p2", "p3", "p999")]
FULL = {name: rule["minimum"] for name, rule in PROPERTIES.items()}


def test_ways_to_break_many_properties(tmp_path, monkeypatch):
    """Each rule is broken, and nothing else is; what is compiled for it has none of the other properties."""
    catalog = load(small.write(tmp_path, PAYLOAD, FULL))
    (contract,) = catalog.contracts
    sizes, compiled = [], mutator.compiled

    def counted(documents, schema):
        sizes.append(len([*subschemas(schema)]))
        return compiled(documents, schema)

    monkeypatch.setattr(mutator, "compiled", counted)
    asked = {*ASKED, ("payload", "items", 0, "p7"), ("payload", "items", 0, UNHEARD_OF), ("payload", UNHEARD_OF)}
    envelope = {**contract.example(), "payload": {**FULL, "items": [{**FULL, "extra": None}]}}
    ways = Mutator(contract).mutations(envelope, lambda pointer, _: pointer in asked)
    assert {(way.pointer, way.keyword) for way in ways} == {
        *((f"/payload/{name}", keyword) for name in ("p1", "p2", "p3", "p999") for keyword in ("type", "minimum")),
        *((f"/payload/{name}", "required") for name in ("p1", "p2", "p3")),
        ("/payload/items/0/p7", "type"), ("/payload/items/0/p7", "minimum"),
        ("/payload/items/0/unheard_of", "type"), ("/payload/unheard_of", "additionalProperties"),
    }  # fmt: skip
    for way in ways:
        for choice in way.choices:
            found = catalog.check(way.apply(choice)).violations
            assert [(each.pointer, each.keyword) for each in found] == [(way.pointer, way.keyword)]
    assert max(sizes) < 20


def _compared(folder, old, new):
    """Return what a change of the names that must be there comes to, as place and rule."""
    catalogs = []
    few = {name: PROPERTIES[name] for name in [*PROPERTIES][:300]}
    for name, count in (("old", old), ("new", new)):
        payload = {"type": "object", "properties": few, "required": [*few][:count]}
        catalogs.append(load(small.write(folder / name, payload, FULL if count else {})))
    found = compare(*catalogs)
    assert not found.undecided
    return {(one.place, one.keyword, one.direction.value) for one in found.findings}


def test_one_of_many_required_names_less(tmp_path):
    """Of hundreds of names that must be there, it is decided which one need not be any more."""
    assert _compared(tmp_path, 300, 299) == {("/payload/p299", "required", "new-sends")}


def test_many_required_names_more(tmp_path, monkeypatch):
    """One notification that shows hundreds of breaks is judged once for all of them."""
    judged, broken_by = [], Contract.broken_by
    monkeypatch.setattr(Contract, "broken_by", lambda self, value: judged.append(value) or broken_by(self, value))
    found = _compared(tmp_path, 0, 300)
    assert found == {(f"/payload/p{number}", "required", "old-sent") for number in range(300)}
    assert len(judged) < 10


def test_long_texts_of_digits(tmp_path):
    """Names with numbers are looked for in a catalog's files, which may hold millions of digits that are none."""
    payload = {"type": "object", "properties": {"text": {"type": "string"}, "address_1": {}}}
    catalog = load(small.write(tmp_path, payload, {"text": "1" * 2_000_000}))
    assert "address_1" in catalog.numbered
    assert "text" not in catalog.numbered
