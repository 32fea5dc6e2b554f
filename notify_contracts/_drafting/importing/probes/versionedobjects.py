"""Writes as JSON what the notification classes of a package say: run by the interpreter that has the package.

It needs nothing but oslo.versionedobjects. Its arguments are the file to write and the name of the package. Of the
package only those modules are imported that seem to define notifications, or what these are made of.
"""

import importlib
import json
import os
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

_OF_NOTIFICATIONS = r"^class\s+\w+\([^)]*Notification|^class\s+\w*Notification\w*\(|notification_sample"
_NEVER = ("tests", "test", "functional", "unit")
_MOST_SAMPLES = 10_000
_MOST_ROUNDS = 8  # classes that are made of classes that are not imported yet


def modules(package: Any, pattern: str) -> Iterator[str]:
    """Yield the names of the modules of a package whose text has something of the pattern."""
    wanted = re.compile(pattern, re.MULTILINE)
    for root in getattr(package, "__path__", ()):
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in _NEVER)
            for path in (Path(folder, name) for name in sorted(files) if name.endswith(".py")):
                if wanted.search(path.read_text(encoding="utf-8", errors="replace")):
                    parts = path.relative_to(root).with_suffix("").parts
                    yield ".".join([package.__name__, *(part for part in parts if part != "__init__")])


def import_all(names: Iterator[str], failed: dict[str, str]) -> None:
    """Import modules; what fails is added to `failed`, with its reason."""
    for name in names:
        try:
            importlib.import_module(name)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # somebody else's code may raise anything
            failed[name] = f"{type(error).__name__}: {error}"


def subclasses(base: Any) -> Iterator[Any]:
    """Yield every class that inherits from `base`, each once."""
    seen = {base}
    waiting = [base]
    while waiting:
        for each in waiting.pop().__subclasses__():
            if each not in seen:
                seen.add(each)
                waiting.append(each)
                yield each


def type_of(kind: Any, fields: Any) -> dict[str, Any]:
    """Return what a type of fields says of its values."""
    if hasattr(kind, "_obj_name"):
        return {"object": kind._obj_name, "subclasses": bool(getattr(kind, "_subclasses", False))}  # noqa: SLF001
    element = getattr(kind, "_element_type", None)
    if element is not None:
        container = "map" if isinstance(kind, fields.Dict) else "set" if isinstance(kind, fields.Set) else "list"
        return {container: field_of(element, fields)}
    try:
        schema = kind.get_schema()
        json.dumps(schema)
    except Exception as error:  # noqa: BLE001  # somebody else's code may raise anything
        return {"unknown": type(kind).__name__, "why": f"{type(error).__name__} {error}".strip()}
    return {"schema": schema}


def field_of(field: Any, fields: Any) -> dict[str, Any]:
    """Return what a field says of its values."""
    return {"nullable": bool(field.nullable), **type_of(field._type, fields)}  # noqa: SLF001


def objects_in(field: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the classes of objects that a field may hold."""
    if "object" in field:
        yield field["object"]
    for container in ("list", "map", "set"):
        if container in field:
            yield from objects_in(field[container])


def class_of(each: Any, fields: Any) -> dict[str, Any]:
    """Return what a class says of its objects."""
    parts = ("name", "namespace", "version", "data", "changes")
    return {
        "name": each.obj_name(),
        "class": f"{each.__module__}.{each.__qualname__}",
        "parents": [parent.obj_name() for parent in each.__mro__[1:] if hasattr(parent, "obj_name")],
        "namespace": each.OBJ_PROJECT_NAMESPACE,
        "version": str(each.VERSION),
        "description": (each.__doc__ or "").strip().partition("\n")[0],
        "keys": {part: each._obj_primitive_key(part) for part in parts},  # noqa: SLF001
        "fields": {name: field_of(field, fields) for name, field in each.fields.items()},
        "samples": [str(name) for name in list(getattr(each, "samples", None) or ())[:_MOST_SAMPLES]],
    }


def classes(package: str, failed: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return what every class of objects says, by its name; of several, that of the package."""
    base = importlib.import_module("oslo_versionedobjects.base")
    fields = importlib.import_module("oslo_versionedobjects.fields")
    found: dict[str, dict[str, Any]] = {}
    for each in subclasses(base.VersionedObject):
        try:
            name = each.obj_name()
            if name not in found or each.__module__.partition(".")[0] == package:
                found[name] = class_of(each, fields)
        except Exception as error:  # noqa: BLE001  # somebody else's code may raise anything
            failed[f"{each.__module__}.{each.__qualname__}"] = f"{type(error).__name__}: {error}"
    return found


def main(answer: str, name: str) -> None:
    """Write what the classes of the package say."""
    package = importlib.import_module(name)
    top = name.partition(".")[0]
    failed: dict[str, str] = {}
    import_all(modules(package, _OF_NOTIFICATIONS), failed)
    sought: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        found = classes(top, failed)
        needed = {one for each in found.values() for field in each["fields"].values() for one in objects_in(field)}
        missing = needed - found.keys() - sought
        if not missing:
            break
        sought |= missing
        names = "|".join(sorted(map(re.escape, missing)))
        import_all(modules(importlib.import_module(top), rf"^class\s+(?:{names})\("), failed)
    try:
        version = metadata.version(metadata.packages_distributions()[top][0])
    except (KeyError, metadata.PackageNotFoundError):
        version = ""
    with Path(answer).open("w", encoding="utf-8") as file:
        json.dump({"version": version, "classes": found, "failed": sorted(failed.items())}, file)


main(*sys.argv[1:])
