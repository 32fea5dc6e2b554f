"""Whether each notification that keeps a contract, or any, keeps a schema; what contracts say alike is decided once."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from notify_contracts._comparison.inclusion import (
    Allowed,
    Doubt,
    Gap,
    Inclusion,
    allowed_by_schema,
    inclusion,
)
from notify_contracts._comparison.needs.parts import Tree, part, put, tree_of
from notify_contracts._comparison.needs.paths import Path, Schema
from notify_contracts._comparison.needs.validators import is_kept
from notify_contracts._schema import Validator, flattened, validator_of
from notify_contracts._untrusted import dump
from notify_contracts.catalog import Contract
from notify_contracts.errors import CatalogError

_TOO_MUCH = "so many places are too much to look at: split the read"


class _Asked(NamedTuple):
    """A schema and its opposite, prepared."""

    wide: Allowed
    never: Allowed
    validator: Validator


class Deciding:
    """Decisions, each made once; one takes about `seconds` at most, or is a doubt."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._allowed = cache(_allowed)
        self._flat = cache(lambda contract: flattened(contract.documents, contract.uri))
        self._asked: dict[bytes, _Asked] = {}
        self._known: dict[tuple[Contract, Allowed], Inclusion] = {}
        self._of_parts: dict[tuple[bytes, Allowed], Inclusion] = {}

    def within(self, contract: Contract, schema: Schema, paths: tuple[Path, ...]) -> Inclusion:
        """Return where the contract allows what `schema`, which speaks of `paths` alone, refuses.

        Raise CatalogError for a contract that cannot be used.
        """
        return self._included(contract, self._prepared(schema).wide, paths)

    def ever(self, contract: Contract, schema: Schema, paths: tuple[Path, ...]) -> bool | None:
        """Return whether some notification that keeps the contract keeps `schema`, too; None if that is not decided."""
        asked = self._prepared(schema)
        if any(is_kept(asked.validator, example) and contract.is_kept_by(example) for example in contract.examples):
            return True
        found = self._included(contract, asked.never, paths)
        if found.gaps:
            return True
        return None if found.doubts else False

    def _included(self, contract: Contract, wide: Allowed, paths: tuple[Path, ...]) -> Inclusion:
        key = contract, wide
        if key not in self._known:
            self._known[key] = self._decided(contract, wide, paths)
        return self._known[key]

    def _decided(self, contract: Contract, wide: Allowed, paths: tuple[Path, ...]) -> Inclusion:
        self._allowed(contract)
        try:
            found = self._by_part(contract, wide, tree_of(paths))
        except RecursionError:
            found = None
        except CatalogError:  # the contract can be used, so it is what is read that is too much
            return Inclusion(doubts=(Doubt("", _TOO_MUCH, 0),))
        return self._as_whole(contract, wide) if found is None else found

    def _as_whole(self, contract: Contract, wide: Allowed) -> Inclusion:
        base = next(iter(contract.examples), None)
        return inclusion(self._allowed(contract), wide, base=base, seconds=self._seconds)

    def _by_part(self, contract: Contract, wide: Allowed, tree: Tree) -> Inclusion | None:
        """Return what is found of only what the contract says of the places; None where that is not the whole of it.

        What holds of all that a part allows holds of the contract, which allows less. What does not is shown by a
        notification only if that keeps the contract, too.
        """
        allowed = self._allowed(contract)
        _ = wide.compiler
        small = part(self._flat(contract), tree)
        text = dump(small)
        base = next(iter(contract.examples), None)
        if small is self._flat(contract) or b'"$ref"' in text or base is None:
            return None
        if (text, wide) not in self._of_parts:
            decided = inclusion(allowed_by_schema(small), wide, base=base, seconds=self._seconds)
            self._of_parts[text, wide] = decided
        found = self._of_parts[text, wide]
        gaps = tuple(self._shown(allowed, wide, found, base, tree))
        return Inclusion(gaps) if not found.doubts and len(gaps) == len(found.gaps) else None

    def _shown(self, allowed: Allowed, wide: Allowed, found: Inclusion, base: Any, tree: Tree) -> Iterator[Gap]:
        for gap in found.gaps:
            whole = put(base, tree, gap.witness)
            if allowed.opinions(whole) == {True} and wide.opinions(whole) == {False}:
                yield Gap(gap.pointer, gap.keyword, whole)

    def _prepared(self, schema: Schema) -> _Asked:
        key = dump(schema)
        if key not in self._asked:
            never = allowed_by_schema({"not": schema})
            self._asked[key] = _Asked(allowed_by_schema(schema), never, validator_of(schema))
        return self._asked[key]


def _allowed(contract: Contract) -> Allowed:
    """Return what a contract allows; raise CatalogError if it cannot be used."""
    allowed = Allowed(contract.documents, contract.uri)
    _ = allowed.compiler
    return allowed
