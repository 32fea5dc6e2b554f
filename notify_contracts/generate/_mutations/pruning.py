"""Pruning takes some rules out of a schema; the values that it accepts only then break these rules alone."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from notify_contracts._schema import (
    DEFAULT_ENGINE,
    Documents,
    Pointer,
    Validator,
    children,
    engine_named,
    rebuilt,
    resolve,
)
from notify_contracts.generate._mutations.sites import Path

_PRUNED = "urn:notify-contracts:pruned"
_OF_DOCUMENTS = frozenset(("$defs", "$id", "$schema", "examples"))
_OF_NAMES = ("properties", "additionalProperties")
_OF_MEMBERS = frozenset((*_OF_NAMES, "items", "patternProperties", "prefixItems"))

_Cuts = tuple[Path, ...]
_Places = tuple[Pointer, ...]


def pruned(
    documents: Documents, base: str, schema: Mapping[str, Any], cuts: Iterable[Path], changed: Iterable[Pointer]
) -> dict[str, Any]:
    """Return `schema` without the keywords at these evaluation paths; they hold at every other place they stand for.

    A path that ends in a name of a ``required`` takes off that name. References are absolute in the result.

    It is for what kept `schema` before it was `changed` at these places. What is said of properties in which none of
    them lies is left out, too: for each rule of a thousand properties, those of all the others would be compiled.
    """
    return _pruned(documents, base, schema, tuple(cuts), tuple(changed))


def _pruned(
    documents: Documents, base: str, schema: Mapping[str, Any], cuts: _Cuts, changed: _Places | None
) -> dict[str, Any]:
    """Prune a schema; where `changed` is None, whatever it says may be of what was changed."""
    if changed is not None and () in changed:
        changed = None
    if not cuts and not changed:
        return absolute(base, schema) if changed is None else {}
    made = _without(schema, cuts)
    cuts = tuple(path for path in cuts if len(path) > 1)
    if changed is not None:
        made, cuts = _of_changed_names(made, cuts, changed)
    reference = made.pop("$ref", None)

    def rest(path: Pointer, child: Any) -> Any:
        inside = _inside(path, changed)
        return _pruned(documents, base, child, _below(path, cuts), inside) if isinstance(child, Mapping) else child

    rests = iter([rest(path, child) for path, child in children(made)])
    made = rebuilt(made, lambda _child: next(rests))  # which takes them in the same order
    if reference is not None and (inner := _below(("$ref",), cuts)):
        layer = _pruned(documents, *resolve(documents, base, reference), inner, changed)
        made["allOf"] = [*made.get("allOf", ()), layer]
    elif reference is not None:
        made["$ref"] = urljoin(base, reference)
    return made


def _without(schema: Mapping[str, Any], cuts: _Cuts) -> dict[str, Any]:
    """Return a schema without the keywords, and the names of its own ``required``, that are cut."""
    keywords = {path[0] for path in cuts if len(path) == 1}
    names = {path[1] for path in cuts if path[0] == "required" and len(path) > 1}
    made = {name: value for name, value in schema.items() if name not in _OF_DOCUMENTS and name not in keywords}
    if names:
        made["required"] = [name for name in made["required"] if name not in names]
    return made


def _of_changed_names(schema: dict[str, Any], cuts: _Cuts, changed: _Places) -> tuple[dict[str, Any], _Cuts]:
    """Return a schema that says of the properties in which something was changed what `schema` does, and its cuts."""
    if not schema.keys() & _OF_NAMES or "patternProperties" in schema:
        return schema, cuts
    declared, others = (schema.get(keyword, {}) for keyword in _OF_NAMES)
    names = {place[0] for place in changed if isinstance(place[0], str)}
    stated = {name: declared.get(name, {"not": {}} if others is False else others) for name in sorted(names)}
    moved = (
        ("properties", name, *cut[1:]) for cut in cuts if cut[0] == _OF_NAMES[1] for name in names - declared.keys()
    )
    kept = {keyword: value for keyword, value in schema.items() if keyword not in _OF_NAMES}
    return kept | {"properties": stated}, (*(cut for cut in cuts if cut[0] != _OF_NAMES[1]), *moved)


def _inside(path: Pointer, changed: _Places | None) -> _Places | None:
    """Return where, in the value that the schema at `path` speaks of, something was changed; None is anywhere."""
    if changed is None or path[0] == "allOf":
        return changed
    if path[0] not in _OF_MEMBERS:
        return None
    return tuple(place[1:] for place in changed if path[0] != "properties" or place[0] == path[1])


def _below(path: Pointer, cuts: _Cuts) -> _Cuts:
    return tuple(cut[len(path) :] for cut in cuts if cut[: len(path)] == path)


def absolute(base: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return what says the same as `schema`, with references that need no document around it."""
    own = {keyword: value for keyword, value in schema.items() if keyword not in _OF_DOCUMENTS}
    made = rebuilt(own, lambda child: absolute(base, child) if isinstance(child, Mapping) else child)
    if "$ref" in made:
        made["$ref"] = urljoin(base, made["$ref"])
    return made


def compiled(documents: Documents, schema: Mapping[str, Any]) -> Validator:
    """Return the validator of a part or a rest of a usable schema that has absolute references and no document."""
    return engine_named(DEFAULT_ENGINE, linted=True)(lambda uri: schema if uri == _PRUNED else documents(uri), _PRUNED)
