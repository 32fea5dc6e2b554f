"""Whether one schema allows what another does: ours, jsonschema-rs' canonical form and jsoncompat on the same pairs.

    python benchmarks/inclusion.py FOLDER [PYTHON]

FOLDER is a checkout of sdbs-uni-p/json-schema-containment-testsuite; PYTHON one of 3.12 or later that has jsoncompat.
The pairs are those of the suite that the keywords of catalogs can say, and single changes of Glance's contracts, each
labelled by how it was made. A time is the processor's for one decision with all that it needs, engines included.
Ends with status 1 where ours is undecided of more than one in a hundred, or wrong but for `HELD_TO_BE_WRONG`.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import jsonschema_rs

sys.path.insert(0, str(Path(__file__).parent.parent))

from notify_contracts._comparison.inclusion import allowed_by_schema, inclusion
from notify_contracts.catalog import builtin_names, load
from notify_contracts.errors import CatalogError
from tests.inclusion_changes import changes

ONE_OF = 37
# These take formats for remarks, or say that a value is allowed by every schema that one of the two refuses.
HELD_TO_BE_WRONG = ("/format ", "universal/items 4", "universal/ref 15", "unsatisfiable/ref 15")

_OF_JSONCOMPAT = """
import json, sys, time
import jsoncompat
options = {"assert_formats": True}
for line in sys.stdin:
    narrow, wide = json.loads(line)
    started = time.process_time()
    try:
        said = jsoncompat.analyze_compat(json.dumps(wide), json.dumps(narrow), "serializer", options=options)["status"]
    except BaseException as error:
        said = repr(error)
    print(json.dumps([said, time.process_time() - started]), flush=True)
"""


class Pair(NamedTuple):
    """Two schemas, and whether the wide one allows what the narrow one does."""

    name: str
    narrow: Any
    wide: Any
    label: bool
    base: Any = None


Answer = tuple[bool | None, float]
"""What was said, None where that is nothing, and in how many seconds."""


def _suite(folder: Path) -> Iterator[Pair]:
    root, left_out = folder / "tests" / "draft2020-12", 0
    for path in sorted(root.rglob("*.json")):
        for each in json.loads(path.read_bytes(), strict=False):
            one, other, name = (
                each["schema1"],
                each["schema2"],
                f"{path.relative_to(root).with_suffix('')} {each['id']}",
            )
            try:
                _ = allowed_by_schema(one).formula, allowed_by_schema(other).formula
            except CatalogError:
                left_out += len(each["tests"])
                continue
            for key, (narrow, wide) in {"s1SubsetEqOfs2": (one, other), "s2SubsetEqOfs1": (other, one)}.items():
                if key in each["tests"]:
                    yield Pair(name, narrow, wide, each["tests"][key])
    print(
        f"{left_out} verdicts of the suite are left out: a catalog must not use a keyword, reference or pattern of them"
    )


def _changes() -> Iterator[Pair]:
    for name in builtin_names():
        for contract in load(name).contracts:
            for change in changes(contract, ONE_OF):
                old, new = (each.documents(each.uri) for each in (change.old, change.new))
                yield Pair(change.name, old, new, not change.allows_less, change.example)
                yield Pair(change.name, new, old, not change.allows_more, change.example)


def _ours(pairs: list[Pair]) -> Iterator[Answer]:
    for pair in pairs:
        started = time.process_time()
        found = inclusion(allowed_by_schema(pair.narrow), allowed_by_schema(pair.wide), base=pair.base)
        seconds = time.process_time() - started
        yield True if found.is_proved else False if found.gaps else None, seconds


def _canonical(pairs: list[Pair]) -> Iterator[Answer]:
    for pair in pairs:
        started = time.process_time()
        try:
            wide, narrow = (
                jsonschema_rs.canonicalize(each, validate_formats=True) for each in (pair.wide, pair.narrow)
            )
            said = str(wide.covers(narrow)).rpartition(".")[2].upper()
        except ValueError as error:
            said = str(error)
        # What is not covered is not said to be refuted: that word is for what is undecided, too.
        yield {"YES": True, "NO": False}.get(said), time.process_time() - started


def _jsoncompat(pairs: list[Pair], python: str) -> Iterator[Answer]:
    lines = "".join(json.dumps([pair.narrow, pair.wide]) + "\n" for pair in pairs)
    ran = subprocess.run([python, "-c", _OF_JSONCOMPAT], input=lines, text=True, stdout=subprocess.PIPE, check=False)
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    for said, seconds in [*answers, *[("it ended", 0.0)] * (len(pairs) - len(answers))]:
        yield {"compatible": True, "incompatible": False}.get(said), seconds


def _line(name: str, pairs: list[Pair], answers: list[Answer]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for pair, (said, _) in zip(pairs, answers, strict=True):
        is_disputed = any(part in pair.name for part in HELD_TO_BE_WRONG)
        verdict = (
            "undecided" if said is None else "right" if said == pair.label else "disputed" if is_disputed else "wrong"
        )
        counts[verdict] += 1
    seconds = [each for _, each in answers]
    figures = " ".join(f"{counts[each]:>9}" for each in ("right", "wrong", "disputed", "undecided"))
    print(f"{name:<28} {figures} {median(seconds) * 1000:>10.2f} {max(seconds) * 1000:>10.1f} {sum(seconds):>8.2f}")
    return counts


def main() -> int:
    """Ask everybody about all pairs and print the figures."""
    python = sys.argv[2] if len(sys.argv) > 2 else None  # noqa: PLR2004 - the second argument
    is_good = True
    for title, pairs in (("the suite", list(_suite(Path(sys.argv[1])))), ("changes of Glance", list(_changes()))):
        print(f"{title}: {len(pairs)} verdicts")
        print(" " * 28, "    right     wrong  disputed undecided  median ms     max ms    all s")
        counts = _line("ours", pairs, list(_ours(pairs)))
        is_good &= not counts["wrong"] and counts["undecided"] * 100 <= len(pairs)
        _line("jsonschema-rs, canonical", pairs, list(_canonical(pairs)))
        if python:
            _line("jsoncompat", pairs, list(_jsoncompat(pairs, python)))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
