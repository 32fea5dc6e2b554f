"""Whether both engines say of JSON Schema's own test suite what the suite says, and refuse the rest of it alike.

    python benchmarks/suite.py FOLDER

FOLDER is a checkout of json-schema-org/JSON-Schema-Test-Suite. Groups that use a keyword, a reference or a pattern that
a catalog must not use have to be refused by both engines in the same words; of all others each test is put to both.
Ends with status 1 where the engines differ, or where both say of something but a format what the suite does not say.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from notify_contracts._schema import ENGINES, FORMATS, Validator, engine_named, subschemas, violations
from notify_contracts._schema.documents import children

BASE = "https://suite.example.org/"


def _groups(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    root = folder / "tests" / "draft2020-12"
    for path in sorted(root.rglob("*.json")):
        for group in json.loads(path.read_bytes()):
            yield path.relative_to(root).as_posix(), group


def _compiled(schema: Any) -> tuple[list[Validator], set[str]]:
    """Return what the engines made of a schema, and in which words they refused it."""
    uri = schema.get("$id", BASE) if isinstance(schema, dict) else BASE
    made, refused = [], set()
    for engine in ENGINES:
        try:
            made.append(engine_named(engine)({uri: schema}.__getitem__, uri))
        except (LookupError, ValueError) as error:
            refused.add(str(error))
    return made, refused


def _kind(reason: str) -> str:
    """Return what sort of reason a schema was refused for."""
    words = {"no engine applies": "keyword", "differently": "pattern", "does nothing": "condition", "format": "format"}
    return next((kind for word, kind in words.items() if word in reason), "reference, $id or $schema")


def _is_boolean(schema: Any) -> bool:
    """Whether there is a schema true or false where a catalog has none: engines name what breaks it differently."""
    if isinstance(schema, bool):
        return True
    inner = [each for _, one in subschemas(schema) for each in children(one)]
    return any(isinstance(child, bool) and path[0] != "additionalProperties" for path, child in inner)


def main() -> int:
    """Put the suite to both engines and print the figures."""
    counts: Counter[str] = Counter()
    differences: list[str] = []
    by_format: list[str] = []
    for file, group in _groups(Path(sys.argv[1])):
        made, refused = _compiled(group["schema"])
        if not made and len(refused) == 1:
            counts["groups refused by both, in the same words"] += 1
            counts[f"  for a {_kind(*refused)}"] += 1
            continue
        if refused:
            differences.append(f"{file}, {group['description']}: {len(made)} engines take it, {refused}")
            continue
        counts["groups taken by both"] += 1
        is_boolean = _is_boolean(group["schema"])
        counts["  of which the yes or no alone is compared: schemas true and false"] += is_boolean
        for test in group["tests"]:
            counts["tests put to both"] += 1
            valid = {engine.is_valid(test["data"]) for engine in made}
            said = (
                [] if is_boolean else [violations(test["data"], engine.faults(test["data"]), None) for engine in made]
            )
            valid |= {not found for found in said}
            place = f"{file}, {group['description']}, {test['description']}"
            if len(valid) > 1 or any(found != said[0] for found in said):
                differences.append(f"{place}: {said}")
            elif valid == {test["valid"]}:
                counts["  as the suite says"] += 1
            elif file == "format.json" or Path(file).stem in FORMATS:
                counts["  otherwise than the suite says, on a format"] += 1
                by_format.append(place)
            else:
                differences.append(f"{place}: the suite says {test['valid']}")
    for what, count in counts.items():
        print(f"{count:>6,} {what}")
    print(*(f"format: {place}" for place in by_format), sep="\n")
    print(*(f"DIFFERENCE: {difference}" for difference in differences), sep="\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
