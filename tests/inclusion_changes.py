"""Single changes of a contract, each labelled by how it is made: wider, narrower, both (neither), or of no effect.

A change is made at a place where allowing more there allows more of the whole: below properties, items, allOf, then and
else. A label of more is kept only with a value that shows it, one that an engine says only one of the two allows.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple
from zlib import crc32

from notify_contracts._comparison.inclusion import Allowed
from notify_contracts._schema import DEFAULT_ENGINE, engine_named, flattened

CHANGED = "https://changes.example.org/changed"
# Of each kind a few values, one of which a keyword that is taken away will have refused.
VALUES = (
    None, True, "", "zz", "zz-new", "ZZ" * 200, "2026-13-45", -1, 1.5, 7, 10**9, -(10**9), [], ["zz", "zz"],
    [None] * 30, {}, {"zz": 1},
)  # fmt: skip
STATED = (
    "type", "const", "enum", "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "items", "prefixItems", "contains",
    "minProperties", "maxProperties", "propertyNames", "patternProperties", "additionalProperties", "not", "anyOf",
    "oneOf",
)  # fmt: skip
GONE = object()


class Change(NamedTuple):
    """A change: what the old and the new schema allow, whether each allows what the other does not, and an example.

    What refers to itself does so in the contract's own documents. What is prepared of the old serves every change.
    """

    name: str
    pointer: tuple[str | int, ...]
    keyword: str
    old: Allowed
    new: Allowed
    allows_more: bool
    allows_less: bool
    example: Any


def _with(schema: Any, documents: Any) -> Any:
    return lambda uri: schema if uri == CHANGED else documents(uri)


def sites(schema: Any, path: tuple[Any, ...] = (), pointer: tuple[str | int, ...] = ()) -> Iterator[Any]:
    """Yield the places of schemas below which more is more, with the places of the values that they are about."""
    if not isinstance(schema, dict):
        return
    yield path, pointer, schema
    for name, inner in schema.get("properties", {}).items():
        yield from sites(inner, (*path, "properties", name), (*pointer, name))
    if isinstance(schema.get("items"), dict):
        yield from sites(schema["items"], (*path, "items"), (*pointer, 0))
    for keyword in ("then", "else"):
        yield from sites(schema.get(keyword), (*path, keyword), pointer)
    for number, inner in enumerate(schema.get("allOf", ())):
        yield from sites(inner, (*path, "allOf", number), pointer)


def put(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return `whole` with `value` at `path`, or with nothing there, new along the way only."""
    if not path:
        return value
    first, *rest = path
    made = whole.copy()
    if value is GONE and not rest:
        del made[first]
    else:
        made[first] = put(whole[first], tuple(rest), value) if rest else value
    return made


def at(whole: Any, path: tuple[Any, ...]) -> Any:
    """Return what is there, GONE where nothing is."""
    try:
        for part in path:
            whole = GONE if isinstance(whole, str) else whole[part]
    except (LookupError, TypeError):
        return GONE
    return whole


def loosened(schema: dict[str, Any], current: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Yield what allows more than `schema`: the keyword, the schema, values of which one may show it."""
    for keyword in STATED:
        if keyword in schema:
            yield keyword, {k: v for k, v in schema.items() if k != keyword}, [*VALUES, *_like(current)]
    if "enum" in schema:
        yield "enum", {**schema, "enum": [*schema["enum"], "zz-new"]}, ["zz-new"]
    if "const" in schema:
        rest = {k: v for k, v in schema.items() if k != "const"}
        yield "const", {**rest, "enum": [schema["const"], "zz-new"]}, ["zz-new"]
    types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    for added, value in (("null", None), ("boolean", True), ("object", {})):
        if types and added not in types:
            yield "type", {**schema, "type": [*types, added]}, [value]
    for name in schema.get("required", ()) if isinstance(current, dict) else ():
        rest = [each for each in schema["required"] if each != name]
        yield "required", {**schema, "required": rest}, [{k: v for k, v in current.items() if k != name}]
    yield from _by_one(schema)


def _by_one(schema: dict[str, Any]) -> Iterator[tuple[str, Any, list[Any]]]:
    """Yield what allows one more on each side."""
    for keyword, limit in schema.items():
        if keyword.startswith("max") or (keyword.startswith("min") and (limit or keyword == "minimum")):
            further = limit + 1 if keyword.startswith("max") else limit - 1
            size = max(int(further), 0)
            yield keyword, {**schema, keyword: further}, [further, "z" * size, ["z"] * size]


def _like(current: Any) -> list[Any]:
    if isinstance(current, dict):
        return [{**current, "zz": "zz"}]
    return [current * 2, current[:-1], current + current[:1]] if isinstance(current, str | list) else []


def tightened(schema: dict[str, Any], current: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Yield what allows less than `schema`, namely not `current`."""
    added: dict[str, Any] = {"not": {"const": current}, "anyOf": [False, {"not": {"const": current}}]}
    added["oneOf"] = [True, {"const": current}]
    if "if" not in schema:
        added["if"] = {"const": current}
    if isinstance(current, str):
        added |= {"minLength": len(current) + 1, "pattern": "^#", "format": "ipv4"}
        if current:
            added["maxLength"] = len(current) - 1
    elif isinstance(current, list):
        added |= {"minItems": len(current) + 1, "contains": {"const": "zz"}, "prefixItems": [False]}
    elif isinstance(current, dict):
        names = {"pattern": "^zz"}
        added |= {"minProperties": len(current) + 1, "maxProperties": max(len(current) - 1, 0), "propertyNames": names}
        added |= {"required": [*schema.get("required", ()), "zz"], "patternProperties": {"^[a-z]": False}}
    elif isinstance(current, int | float) and not isinstance(current, bool):
        added |= {"minimum": current + 1, "maximum": current - 1, "exclusiveMinimum": current}
        added |= {"exclusiveMaximum": current, "multipleOf": 7}
    for keyword, value in added.items():
        if keyword in schema and not keyword.startswith(("min", "max", "required")):
            continue
        yield keyword, {**schema, keyword: value} | ({"then": False} if keyword == "if" else {}), [current]
    if isinstance(schema.get("enum"), list) and current in schema["enum"]:
        yield "enum", {**schema, "enum": [each for each in schema["enum"] if each != current]}, [current]


def alike(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what allows just what `schema` does."""
    yield "allOf", {"allOf": [schema]}
    yield "not", {"not": {"not": schema}}
    yield "anyOf", {"anyOf": [schema, {"allOf": [schema, {"maxLength": 3, "maximum": 3}]}]}
    yield "oneOf", {"oneOf": [schema, False]}
    yield "if", {"if": schema, "then": True, "else": False}
    if "const" in schema:
        yield "const", {**{k: v for k, v in schema.items() if k != "const"}, "enum": [schema["const"]]}
    if "enum" in schema:
        yield "enum", {**schema, "enum": schema["enum"][::-1]}
    if "pattern" in schema and "|" not in schema["pattern"]:
        yield "pattern", {**schema, "pattern": f"(?:{schema['pattern']})"}
    if schema.get("type") == "integer" and "minimum" in schema:
        rest = {k: v for k, v in schema.items() if k != "minimum"}
        yield "minimum", {**rest, "exclusiveMinimum": schema["minimum"] - 0.5}
    if "required" in schema:
        yield "required", {**schema, "required": schema["required"][::-1], "minProperties": 1}


class _Site(NamedTuple):
    """A place of a schema, the schema there, the example's value that it is about, and which changes are taken."""

    path: tuple[Any, ...]
    pointer: tuple[str | int, ...]
    schema: dict[str, Any]
    current: Any
    is_taken: Any


def _is_taken(place: str, one_of: int, what: str) -> bool:
    return crc32(f"{place} {what}".encode()) % one_of == 0


def changes(contract: Any, one_of: int = 1) -> Iterator[Change]:
    """Yield single changes of a contract: wider, narrower, of no effect, and two of opposite effect at once.

    Of `one_of` ways to change something each, one is taken: which, depends on its name alone.
    """
    judges = _Judges(contract)
    old, example = flattened(contract.documents, contract.uri), contract.example()
    allowed_of_old = Allowed(_with(old, contract.documents), CHANGED)
    elsewhere = None
    for path, pointer, schema in sites(old):
        current, place = at(example, pointer), f"{contract.id} #/{'/'.join(map(str, path))}"
        if current is GONE:
            continue
        site = _Site(path, pointer, schema, current, partial(_is_taken, place, one_of))
        for keyword, made, more, less in _made(judges, old, site, elsewhere):
            what = ("both" if less else "wider") if more else "narrower" if less else "alike"
            allowed = Allowed(_with(made, contract.documents), CHANGED)
            yield Change(f"{place} {keyword} {what}", pointer, keyword, allowed_of_old, allowed, more, less, example)
        if elsewhere is None and path and isinstance(current, str):
            # Narrower by a name that no other change speaks of, so that what is wider beside it can still be shown.
            narrower = put(old, path, {"allOf": [schema, {"not": {"const": "zz-other"}}]})
            if judges.tell(pointer, ["zz-other"], refusing=narrower, allowing=old):
                elsewhere = path, at(narrower, path)


def _made(judges: "_Judges", old: Any, site: _Site, elsewhere: Any) -> Iterator[tuple[str, Any, bool, bool]]:
    """Yield the changes at one place: keyword, new schema, whether it allows more, and whether less."""
    path, pointer, schema, current, is_taken = site
    yield from ((key, put(old, path, made), False, False) for key, made in alike(schema) if is_taken(f"{key} alike"))
    for keyword, made, values in tightened(schema, current):
        if not is_taken(f"{keyword} narrower"):
            continue
        new = put(old, path, made)
        if judges.tell(pointer, values, refusing=new, allowing=old):
            yield keyword, new, False, True
    for keyword, made, values in loosened(schema, current):
        if not is_taken(f"{keyword} wider"):
            continue
        new = put(old, path, made)
        if not judges.tell(pointer, values, refusing=old, allowing=new):
            continue
        yield keyword, new, True, False
        if elsewhere is not None and elsewhere[0][: len(path)] != path:
            both = put(new, *elsewhere)
            if judges.tell(pointer, values, refusing=old, allowing=both):
                yield keyword, both, True, True


class _Judges:
    """What the fast engine says of an example with another value somewhere."""

    def __init__(self, contract: Any) -> None:
        self._example, self._documents = contract.example(), contract.documents

    def tell(self, pointer: Any, values: list[Any], *, refusing: Any, allowing: Any) -> bool:
        """Return whether one of `values` is refused by one schema and allowed by the other."""
        engine = engine_named(DEFAULT_ENGINE, linted=True)  # whether it is usable is asked where it is compared
        judges = [engine(_with(each, self._documents), CHANGED) for each in (refusing, allowing)]
        candidates = (put(self._example, pointer, value) for value in values)
        return any([judge.is_valid(each) for judge in judges] == [False, True] for each in candidates)
