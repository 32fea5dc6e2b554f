"""How long ``catalog diff`` takes: Glance documented and emitted, and two catalogs of 132 event types.

The second pair is what ``catalog import samples`` makes of Nova's documented notifications, and a copy with limits
changed in its shared payloads: give the folder ``doc/notification_samples`` of Nova's sources. Without it the built-in
catalogs are compared alone. Whole processes; the ratio is to ``catalog lint`` of the new one, which CI runs as well.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from measuring import Contender, print_table, print_versions, race

from notify_contracts.cli import main as command

_PROGRAM = (sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())")
_LIMITS = {"string": ("maxLength", 100), "integer": ("minimum", 0)}
_EVERY = 3


def main() -> None:
    """Measure, and print a table for each pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", nargs="?", help="the folder doc/notification_samples of Nova's sources")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print_versions("notify-contracts", "jsonschema-rs")
    with TemporaryDirectory() as folder:
        for title, old, new in _pairs(Path(folder), options.samples):
            print(f"\n{title}")
            diff = Contender("catalog diff", [*_PROGRAM, "catalog", "diff", old, new])
            same = Contender("catalog diff, the same twice", [*_PROGRAM, "catalog", "diff", new, new])
            lint = Contender("catalog lint", [*_PROGRAM, "catalog", "lint", new])
            race([diff, same, lint], options.rounds)
            print_table([diff, same, lint], lint)


def _pairs(folder: Path, samples: str | None) -> Iterator[tuple[str, str, str]]:
    yield "glance-documented and glance-emitted", "glance-documented", "glance-emitted"
    if samples is None:
        return
    old = folder / "old"
    if command(["catalog", "import", "samples", samples, "--output", str(old), "--name", "nova"]) > 1:
        raise SystemExit("the samples cannot be imported")
    new = copytree(old, folder / "new")
    changed = sum(_change(path) for path in sorted(new.glob("payloads/*.json")))
    events = len(list(new.glob("events/*.json")))
    yield f"{events} event types, {changed} rules changed in shared payloads", str(old), str(new)


def _change(path: Path) -> int:
    content = json.loads(path.read_text(encoding="utf-8"))
    count = sum(_limited(schema, number) for number, schema in enumerate(_schemas(content)))
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
    return count


def _limited(schema: dict[str, Any], number: int) -> bool:
    kind = schema.get("type")
    if number % _EVERY or not isinstance(kind, str) or kind not in _LIMITS or "enum" in schema or "const" in schema:
        return False
    keyword, limit = _LIMITS[kind]
    schema[keyword] = limit
    return True


def _schemas(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _schemas(child)
    elif isinstance(value, list):
        for child in value:
            yield from _schemas(child)


if __name__ == "__main__":
    main()
