"""The strict shape of each kind of file in a catalog: a mistyped keyword is found here."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from notify_contracts._schema import DEFAULT_ENGINE, Fault, Validator, engine_named
from notify_contracts._untrusted import parse
from notify_contracts.catalog.folder import CASES, EVENTS, LIFECYCLES, MANIFEST
from notify_contracts.catalog.packaged import data_folder

_SHAPES = {
    "manifest": ("catalog.schema.json", "#/$defs/manifest"),
    "event": ("catalog.schema.json", "#/$defs/event"),
    "document": ("catalog.schema.json", "#/$defs/document"),
    "cases": ("case.schema.json", ""),
    "lifecycles": ("lifecycle.schema.json", ""),
    "needs": ("need.schema.json", ""),
}


SCHEMAS = ("event", "document")
"""The kinds of files that hold schemas."""


def kind_of(file: str) -> str:
    """Return the kind of a catalog's file, by its place: manifest, event, cases, lifecycles or document."""
    if file == MANIFEST:
        return "manifest"
    if file == LIFECYCLES:
        return "lifecycles"
    return {EVENTS: "event", CASES: "cases"}.get(file.partition("/")[0], "document")


_MOST_LEVELS = 500_000
"""So many levels, added up over all values of a file, cost some 100 MiB where all of it is at fault."""


def misshapen(kind: str, content: Any) -> Iterator[tuple[str, str]]:
    """Yield a pointer and a message for everything in `content` that a file of that kind must not have, or lacks.

    Of a file that is large and deep only the first: each fault has a copy of all that is below it.
    """
    shape = _shape(kind)
    if shape.is_valid(content):
        return
    from notify_contracts._schema import violations

    if _levels(content) <= _MOST_LEVELS:
        faults: Iterable[Fault] = shape.faults(content)
    else:
        faults = [first] if (first := shape.first_fault(content)) else ()
    for violation in violations(content, faults, None):
        yield violation.pointer, violation.message


def _levels(content: Any) -> int:
    """Return on how many levels the values of `content` stand, all of them together; it stops beyond the most."""
    total, waiting = 0, [(content, 1)]
    while waiting and total <= _MOST_LEVELS:
        value, level = waiting.pop()
        total += level
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend((one, level + 1) for one in inner)
    return total


def schema_of_files(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file in a catalog, which refers to nothing outside of itself.

    Kinds are ``manifest`` (catalog.json), ``event``, ``document`` (notification.json, values.json, payloads/),
    ``cases``, ``lifecycles`` and ``needs`` (a file of what a consumer needs, which lies beside catalogs).
    """
    file, fragment = _SHAPES[kind]
    schema: dict[str, Any] = parse((data_folder() / file).read_bytes())
    if not fragment:
        return {name: value for name, value in schema.items() if name != "$id"}
    title = schema["$defs"][kind].get("title", kind)
    return {"$schema": schema["$schema"], "title": title, "$ref": fragment, "$defs": schema["$defs"]}


@cache
def _shape(kind: str) -> Validator:
    file, fragment = _SHAPES[kind]
    schema = parse((data_folder() / file).read_bytes())
    compiled = engine_named(DEFAULT_ENGINE, linted=True)
    return compiled(lambda uri: {schema["$id"]: schema}[uri], schema["$id"] + fragment)
