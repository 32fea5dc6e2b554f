"""The examples of a catalog: each keeps its contract; where the source has none that does, one is made."""

from collections.abc import Iterable, Mapping
from glob import escape
from typing import Any

from notify_contracts._drafting.documents import Files, Pair, Schema, alternatives, event_path, pairs_in
from notify_contracts._drafting.importing.imported import LeftOut
from notify_contracts._drafting.trying import tried
from notify_contracts._lint import Spelling
from notify_contracts._schema import Layer, quoted
from notify_contracts._untrusted import dump
from notify_contracts.catalog import Catalog, Contract
from notify_contracts.errors import CatalogError
from notify_contracts.generate import TEXT_KINDS, samples


def with_examples(files: Files, lacking: Iterable[Pair]) -> tuple[Files, list[LeftOut]]:
    """Return the files with examples that keep their contract, and what went: such as do not, and contracts.

    The contracts that are `lacking` one have something else in its place. A contract that nothing keeps, or that
    cannot be judged by, is left out.
    """
    left_out: list[LeftOut] = []
    wanting = set(lacking)
    with tried(files) as catalog:
        made: dict[bytes, dict[str, Any]] = {}
        spelling = Spelling(catalog.document)
        known = {(contract.event_type, contract.priority): contract for contract in catalog.contracts}
        for pair in list(pairs_in(files)):
            try:
                contract = _allowed(known, pair)
                if pair not in wanting:
                    wanting |= _keep_sound(contract, _stated(files, pair), left_out, spelling)
                if pair in wanting:
                    _make(catalog, pair, _stated(files, pair), made)
            except (CatalogError, LookupError) as error:
                left_out.append(LeftOut(" ".join(pair), f"no contract: {error}"))
                _remove(files, pair)
    if not any(pairs_in(files)):
        raise CatalogError(f"nothing can become a contract: {left_out[0]}")
    return files, left_out


def _allowed(known: Mapping[Pair, Contract], pair: Pair) -> Contract:
    """Return a contract; raise CatalogError if the catalog does not know it, for its envelope does not allow that."""
    if pair not in known:
        raise CatalogError(f"its envelope allows no {pair[1]}")
    return known[pair]


def _stated(files: Files, pair: Pair) -> Schema:
    contract: Schema = files[event_path(pair[0])]["$defs"][pair[1]]
    return contract


def _keep_sound(contract: Contract, stated: Schema, left_out: list[LeftOut], spelling: Spelling) -> set[Pair]:
    """Keep the examples that keep the contract, and spell names as it does; return it if there is none."""
    pair = contract.event_type, contract.priority
    kept = []
    for example in stated["examples"]:
        if (example.get("event_type"), example.get("priority")) != pair or contract.broken_by(example):
            left_out.append(LeftOut(" ".join(pair), "an example breaks its own contract"))
        elif misspelt := next(spelling.misspelt(Layer(contract.uri, contract.schema), example), None):
            left_out.append(LeftOut(" ".join(pair), f"an example has {quoted(misspelt[0])}: {misspelt[1]}"))
        else:
            kept.append(example)
    stated["examples"] = kept or [{}]
    return set() if kept else {pair}


def _make(catalog: Catalog, pair: Pair, stated: Schema, made: dict[bytes, dict[str, Any]]) -> None:
    """Give a contract an example, the same as others that differ in nothing but their names."""
    names = dict(zip(("event_type", "priority"), pair, strict=True))
    alike = dump({name: schema for name, schema in stated["properties"].items() if name not in names})
    if alike not in made:
        example = next(samples(catalog, escape(pair[0]), pair[1], without=TEXT_KINDS))
        if not isinstance(example, dict):
            raise CatalogError("what keeps it is no object")
        made[alike] = example
    stated["examples"] = [made[alike] | names]
    stated["$comment"] += "; the example is made, not recorded"


def _remove(files: Files, pair: Pair) -> None:
    path = event_path(pair[0])
    event = files[path]
    del event["$defs"][pair[1]]
    event["oneOf"] = alternatives(event["$defs"])
    if not event["$defs"]:
        del files[path]
