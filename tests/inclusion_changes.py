"""Single changes of a contract, each labelled by how it is made: wider, narrower, both (neither), or of no effect.

A change is made at a place where allowing more there allows more of the whole: below properties, items, allOf, then and
else. A label of more is kept only with a value that shows it, one that an engine says only one of the two allows.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from notify_contracts._comparison.inclusion import Allowed, allowed_by
from notify_contracts._schema import DEFAULT_ENGINE, engine_named, flattened

CHANGED = "https://changes.example.org/changed"
# Of each kind a few values, one of which a keyword that is taken away will have refused.
VALUES = (
    None, True, "", "zz", "zz-new", "ZZ" * 200, "2026-13-45", -1, 1.5, 7, 10**9, -(10**9), [], ["zz", "zz"], [None] * 30,
    {}, {"zz": 1},
)  # fmt: skip
STATED = (
    "type", "const", "enum", "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "items", "prefixItems", "contains",
    "minProperties", "maxProperties", "propertyNames", "patternProperties", "additionalProperties", "not", "anyOf",
    "oneOf",
)  # fmt: skip
GONE = object()


class Change(NamedTuple):
    """A change: old and new schema, whether each allows what the other does not, an example that both may be told by."""

    name: str
    pointer: tuple[str | int, ...]
    keyword: str
    old: Any
    new: Any
    allows_more: bool
    allows_less: bool
    example: Any
    documents: Any

    def allowed(self, schema: Any) -> Allowed:
        """Return what one of the schemas allows; what refers to itself does so in the contract's own documents."""
        return allowed_by(_with(schema, self.documents), CHANGED)


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
    """Return a copy of `whole` with `value` at `path`, or with nothing there."""
    if not path:
        return value
    copy = deepcopy(whole)
    inner = copy
    for part in path[:-1]:
        inner = inner[part]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copy


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
    without = {keyword: {k: v for k, v in schema.items() if k != keyword} for keyword in STATED if keyword in schema}
    for keyword, wider in without.items():
        yield keyword, wider, [*VALUES, *_like(current)]
    if "enum" in schema:
        yield "enum", {**schema, "enum": [*schema["enum"], "zz-new"]}, ["zz-new"]
    if "const" in schema:
        yield "const", {**without["const"], "enum": [schema["const"], "zz-new"]}, ["zz-new"]
    if "type" in schema:
        types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        for added, value in (("null", None), ("boolean", True), ("object", {})):
            if added not in types:
                yield "type", {**schema, "type": [*types, added]}, [value]
    for keyword, value in schema.items():
        if keyword.startswith("max"):
            yield keyword, {**schema, keyword: value + 1}, [value + 1, "z" * (value + 1), ["z"] * (value + 1)]
        if keyword.startswith("min") and (value or keyword == "minimum"):
            yield keyword, {**schema, keyword: value - 1}, [value - 1, "z" * (value - 1), ["z"] * (value - 1)]
    for name in schema.get("required", ()) if isinstance(current, dict) else ():
        rest = [each for each in schema["required"] if each != name]
        yield "required", {**schema, "required": rest}, [{k: v for k, v in current.items() if k != name}]


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


def changes(contract: Any) -> Iterator[Change]:
    """Yield single changes of a contract at every place: wider, narrower, of no effect, and two of opposite effect."""
    old, example = flattened(contract.documents, contract.uri), contract.example()
    judges, documents = _Judges(contract), contract.documents
    narrower = None
    for path, pointer, schema in sites(old):
        current = at(example, pointer)
        if current is GONE:
            continue
        label = f"{contract.id} #/{'/'.join(map(str, path))}"
        for keyword, made in alike(schema):
            yield Change(
                f"{label} {keyword} alike",
                pointer,
                keyword,
                old,
                put(old, path, made),
                False,
                False,
                example,
                documents,
            )
        for keyword, made, values in loosened(schema, current):
            new = put(old, path, made)
            if judges.tell(pointer, values, refusing=old, allowing=new):
                yield Change(f"{label} {keyword} wider", pointer, keyword, old, new, True, False, example, documents)
                if (
                    narrower is not None
                    and narrower[0][: len(path)] != path
                    and path[: len(narrower[0])] != narrower[0]
                ):
                    both = put(new, *narrower)
                    if judges.tell(pointer, values, refusing=old, allowing=both):
                        yield Change(
                            f"{label} {keyword} both", pointer, keyword, old, both, True, True, example, documents
                        )
        for keyword, made, values in tightened(schema, current):
            new = put(old, path, made)
            if judges.tell(pointer, values, refusing=new, allowing=old):
                yield Change(f"{label} {keyword} narrower", pointer, keyword, old, new, False, True, example, documents)
                # Narrower by what a fresh name does, so that what shows that a change is wider can still be shown.
        if narrower is None and path and isinstance(current, str):
            narrower = path, {"allOf": [schema, {"not": {"const": "zz-other"}}]}
            if not judges.tell(pointer, ["zz-other"], refusing=put(old, *narrower), allowing=old):
                narrower = None


class _Judges:
    """What the fast engine says of an example with another value somewhere."""

    def __init__(self, contract: Any) -> None:
        self._example, self._documents = contract.example(), contract.documents

    def tell(self, pointer: Any, values: list[Any], *, refusing: Any, allowing: Any) -> bool:
        """Return whether one of `values` is refused by one schema and allowed by the other."""
        judges = [engine_named(DEFAULT_ENGINE)(_with(each, self._documents), CHANGED) for each in (refusing, allowing)]
        candidates = (put(self._example, pointer, value) for value in values)
        return any([judge.is_valid(each) for judge in judges] == [False, True] for each in candidates)
