"""Schemas of every keyword that a catalog may use, at random: what is broken on purpose is what it announces."""

import json
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import load
from notify_contracts.generate._mutations import Mutator
from tests.random_schemas import plain, schema, titled, value
from tests.telling import examples

PAYLOAD = "payloads/loss.json"
REFERENCES = ("parcel.json#/$defs/contents", "../values.json#/$defs/scanner", "#/$defs/shared", "parcel.json")


@pytest.fixture(scope="module")
def folder(parcels, tmp_path_factory):
    """Return a copy of the third catalog without its cases."""
    return copytree(parcels, tmp_path_factory.mktemp("catalogs") / "parcels", ignore=ignore_patterns("cases"))


def _wrong(catalogs, mutation):
    """Yield what gives anything but the one violation that was announced."""
    for choice in mutation.choices:
        broken = mutation.apply(choice)
        for catalog in catalogs:
            found = [(violation.pointer, violation.keyword) for violation in catalog.check(broken).violations]
            if found != [(mutation.pointer, mutation.keyword)]:
                yield catalog.engine, mutation.description, mutation.keyword, choice, found


@settings(deadline=None, max_examples=examples(50))
@given(chance=st.randoms(), count=st.integers(1, 2))
def test_announced(folder, chance, count):
    """Whatever a schema says, a mutation of what keeps it gives the one violation it announces, on both engines."""
    made, shared = titled(schema(chance, REFERENCES)), titled(plain(chance))
    document = json.loads((folder / PAYLOAD).read_bytes())
    document = made | {name: document[name] for name in ("$schema", "$id", "title")} | {"$defs": {"shared": shared}}
    (folder / PAYLOAD).write_text(json.dumps(document))
    catalogs = [load(folder, engine=engine) for engine in ENGINES]
    contract = catalogs[0].contract("parcel.lost", "WARN")
    example, mutator = contract.example(), Mutator(contract)
    for each in [*(value(chance) for _ in range(count)), example["payload"], example["payload"]["parcel"]]:
        notification = example | {"payload": each}
        if contract.is_kept_by(notification):
            of_payload = (one for one in mutator.mutations(notification) if one.pointer.startswith("/payload"))
            assert [wrong for mutation in of_payload for wrong in _wrong(catalogs, mutation)] == []
