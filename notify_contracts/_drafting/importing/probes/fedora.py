"""Writes as JSON what the message classes of a package say: run by the interpreter that has the package.

It needs nothing but what the package needs: fedora-messaging. Its arguments are the file to write and the name of the
package, or of the distribution. Classes are found as fedora-messaging finds them, by their entry points.
"""

import importlib
import json
import re
import sys
from importlib.metadata import EntryPoint, distributions
from pathlib import Path
from typing import Any

_GROUP = "fedora.messages"


def entries(name: str) -> list[tuple[EntryPoint, str]]:
    """Return the entry points of message classes in a package or distribution, and what the latter is called."""
    found: list[tuple[EntryPoint, str]] = []
    for distribution in distributions():
        called = distribution.metadata["Name"] or ""
        origin = f"{called} {distribution.version}"
        own = (entry for entry in distribution.entry_points if entry.group == _GROUP)
        found += [(entry, origin) for entry in own if is_same(called, name) or is_inside(entry.value, name)]
    return sorted(found, key=lambda each: each[0].name)


def is_same(name: str, other: str) -> bool:
    """Whether two names of distributions mean the same."""
    one, two = (re.sub(r"[-_.]+", "-", each).lower() for each in (name, other))
    return one == two


def is_inside(value: str, package: str) -> bool:
    """Whether an entry point names something in a package."""
    module = value.partition(":")[0].strip()
    return module == package or module.startswith(f"{package}.")


def stated(each: Any, name: str) -> Any:
    """Return an attribute of a class; what is a property there is asked of an empty message."""
    value = getattr(each, name, None)
    if isinstance(value, property):
        value = getattr(each(), name)
    json.dumps(value)
    return value


def said(entry: EntryPoint, origin: str) -> dict[str, Any]:
    """Return what a class says of its messages."""
    each = entry.load()
    base = importlib.import_module("fedora_messaging.message").Message
    return {
        "name": entry.name,
        "class": f"{each.__module__}.{each.__qualname__}",
        "origin": origin,
        "topic": stated(each, "topic"),
        "severity": stated(each, "severity"),
        "body": stated(each, "body_schema"),
        "headers": stated(each, "headers_schema") != base.headers_schema,
        "deprecated": bool(stated(each, "deprecated")),
        "description": (each.__doc__ or "").strip().partition("\n\n")[0],
    }


def main(answer: str, name: str) -> None:
    """Write what the message classes of the package say."""
    classes, failed = [], []
    for entry, origin in entries(name):
        try:
            classes.append(said(entry, origin))
        except (Exception, SystemExit) as error:  # noqa: BLE001  # somebody else's code may raise anything
            failed.append([entry.name, f"{type(error).__name__}: {error}"])
    with Path(answer).open("w", encoding="utf-8") as file:
        json.dump({"classes": classes, "failed": failed}, file)


main(*sys.argv[1:])
