"""Catalogs of any rules brought up to date with any notifications: whatever was accepted still is."""

import json
from itertools import count
from random import Random

import pytest

from notify_contracts._checking import EVERYTHING
from notify_contracts._drafting import document, uri_of
from notify_contracts._drafting.updating import Updating, update
from notify_contracts._lint import lint
from notify_contracts._schema import ENGINES
from notify_contracts._untrusted import parse
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.errors import CatalogError
from tests import small
from tests.random_schemas import plain, schema, titled, value

REFERENCES = ("../values.json#/$defs/one", "../values.json#/$defs/two", "../payloads/shared.json")


def _written(chance, root):
    """Write a catalog of any rules; return notifications of any payload, and those that it accepts."""
    payload, one = titled(schema(chance, REFERENCES)), titled(plain(chance))
    values = {"one": one, "two": titled(schema(chance, ("values.json#/$defs/one",), 2))}
    shared = titled(schema(chance, ("../values.json#/$defs/one",), 2))
    head = document(uri_of(small.BASE, "payloads/shared.json"), "what is shared", "Shared.", {})
    files = {"payloads/shared.json": {**shared, **head}}
    small.write(root, payload, 0, values, files)
    rows = [parse(json.dumps(row)) for row in small.notifications(*(value(chance) for _ in range(100)))]
    try:
        contract = Catalog(root).contract("a.b", "INFO")
        accepted = [row for row in rows if contract.is_kept_by(row)]
    except CatalogError:
        return rows, []
    if accepted:
        small.write(root, payload, accepted[0]["payload"], values, files)
    return rows, [] if list(lint(root)) else accepted


def _try(seed, folder):
    """Update one catalog; return whether it could be, and hold it against what it accepted and what came."""
    chance, root, source = Random(seed), folder / f"small{seed}", folder / f"{seed}.jsonl"
    rows, accepted = _written(chance, root)
    if not accepted:
        return False
    seen = chance.sample(rows, 12)
    source.write_text("".join(f"{json.dumps(row)}\n" for row in seen), encoding="utf-8")

    def run(work):
        with Recording(source) as recording:
            yield from (part.summary for part in work.results(recording) if part.summary is not None)

    updated = update(root, Updating(is_rare_allowed=True, is_open=False, examples=dict), EVERYTHING, run)
    for file, text in updated.after.items():
        (root / file).write_text(text, encoding="utf-8")
    for engine in ENGINES:
        contract = Catalog(root, engine).contract("a.b", "INFO")
        assert all(map(contract.is_kept_by, accepted)), seed
        assert updated.refused or all(map(contract.is_kept_by, seen)), seed
    return True


@pytest.mark.parametrize("first", [0, 57, 207, 305])
def test_any_rules(first, tmp_path):
    """Both engines accept what was accepted, and, where nothing was refused, all that came."""
    assert sum(_try(seed, tmp_path) for seed in range(first, first + 4)) > 1


@pytest.mark.exhaustive
def test_many_rules(tmp_path):
    """As above, of many more catalogs."""
    tried = (_try(seed, tmp_path) for seed in count(1000))
    assert sum(next(tried) for _ in range(60)) > 40
