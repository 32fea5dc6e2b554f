"""The examiner checks the example of a group of violations again, to find the rule that it broke."""

from collections.abc import Container, Iterator, Mapping
from functools import cached_property, reduce
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from notify_contracts._checking import Example, GroupKey, place_name
from notify_contracts._report.html.excerpt import Places
from notify_contracts._schema import (
    HIDING,
    Fault,
    Pointer,
    Validator,
    mistakes,
    pointer_parts,
    pointer_text,
    reachable,
    subschemas,
)
from notify_contracts.catalog import ENVELOPE, Catalog, mistakes_in_event
from notify_contracts.model import OF_LIVES, Notification

_MOST_PLACES = 100


class Mistake(NamedTuple):
    """One broken rule in one notification: its place, its message, and the fault that it was found by."""

    path: Pointer
    message: str
    fault: Fault


class Broken(NamedTuple):
    """A group's example after the examination: its places that matter, and the schema it breaks, None if unknown."""

    places: Places
    schema: Mapping[str, Any] | None


class Examiner:
    """Checks the examples of groups again, each notification once for each contract."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._contracts = {contract.id: contract for contract in catalog.contracts}
        self._known: dict[tuple[int, str], tuple[Mistake, ...]] = {}

    def examine(self, key: GroupKey, example: Example) -> Broken:
        """Return the example of this group, examined: the places that matter in it and the schema that it breaks."""
        if key.keyword in OF_LIVES:  # of its notification only what is followed was kept
            return Broken(Places(tuple(pointer_parts(key.pointer)) or None), None)
        found = self._mistakes(example.content, key.contract)
        of_group = [mistake for mistake in found if _is_of(mistake, key, self._catalog.numbered)]
        # Of what is hidden in the example the message said more than can be found in it now.
        ours = next((one for one in of_group if one.message == example.message), next(iter(of_group), None))
        also = [mistake.path for mistake in found if ours is None or mistake.path != ours.path]
        secret = frozenset(mistake.path for mistake in found if mistake.fault.keyword in HIDING)
        here = _named_by(key) if ours is None else ours.path
        places = Places(here, frozenset(also[:_MOST_PLACES]), secret)
        return Broken(places, None if ours is None else ours.fault.schema)

    def place_of(self, schema: Mapping[str, Any]) -> str:
        """Return a schema's place in the catalog, as ``payloads/task.json#/properties/result``, or nothing."""
        return self._places.get(id(schema), "")

    def _mistakes(self, content: object, contract: str) -> tuple[Mistake, ...]:
        if not isinstance(content, Notification):
            return ()
        known = id(content), contract
        if known not in self._known:
            self._known[known] = tuple(self._found(content.envelope, contract))
        return self._known[known]

    def _found(self, envelope: Mapping[str, Any], contract: str) -> Iterator[Mistake]:
        try:
            for fault in self._validator(contract).faults(envelope):
                for path, message in mistakes(envelope, fault):
                    each = mistakes_in_event(self._catalog.envelopes, envelope, fault.keyword, path, message)
                    yield from (Mistake(*one, fault) for one in each)
        except (RecursionError, ValueError):
            return  # what cannot be examined is a violation of another kind

    def _validator(self, contract: str) -> Validator:
        known = self._contracts.get(contract)
        return self._envelope if known is None else known.validator

    @cached_property
    def _envelope(self) -> Validator:
        return self._catalog.schemas.validator(self._catalog.base + ENVELOPE)

    @cached_property
    def _places(self) -> dict[int, str]:
        documents, base = self._catalog.document, self._catalog.base
        bases = [member.base for member in self._catalog.members]
        starts = {urldefrag(contract.uri)[0] for contract in self._contracts.values()} | {base + ENVELOPE}
        uris = frozenset[str]().union(*(reachable(documents, uri) for uri in starts))
        return {
            id(schema): reduce(str.removeprefix, bases, uri) + (f"#{pointer_text(pointer)}" if pointer else "")
            for uri in sorted(uris)
            for pointer, schema in subschemas(documents(uri))
        }


def _is_of(mistake: Mistake, key: GroupKey, declared: Container[str]) -> bool:
    keyword = mistake.fault.keyword
    return (keyword, place_name(pointer_text(mistake.path), keyword, declared)) == (key.keyword, key.pointer)


def _named_by(key: GroupKey) -> Pointer | None:
    """Return the place of a violation that no schema states: an attribute of the envelope, if any."""
    return (key.pointer[1:],) if key.pointer.count("/") == 1 else None
