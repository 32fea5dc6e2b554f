"""Whether both engines say the same of everything that can be generated: valid, broken and arbitrary.

    python benchmarks/agreement.py [SECONDS [SEED]]
    python benchmarks/agreement.py --random COUNT

Of every catalog, in turn: notifications that keep a contract, notifications broken in one announced way, whole lives,
and valid ones with a value of any kind put anywhere. Ends with status 1 at the first that the engines, or the
announcement, differ on. With --random: schemas of every keyword in any layer, as in the tests; it ends with an
error at the first that the engines differ on.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import Catalog, builtin_names, load
from notify_contracts.generate import broken_samples, lifecycle_samples, samples
from notify_contracts.generate._mutations.mutation import replaced

SECONDS, SEED, TURN = 300, 1, 50
PARCELS = Path(__file__).parent.parent / "tests" / "catalogs" / "parcels"

Announced = tuple[Any, set[tuple[str, str]] | None]
"""A notification, and what it must give, None where that is not known."""


def _valid(catalog: Catalog, seed: int) -> Iterator[Announced]:
    return ((envelope, set()) for envelope in samples(catalog, seed=seed))


def _broken(catalog: Catalog, seed: int) -> Iterator[Announced]:
    for one in broken_samples(catalog, seed=seed):
        yield one.content, {(one.violation.pointer, one.violation.keyword)}


def _lives(catalog: Catalog, seed: int) -> Iterator[Announced]:
    return ((envelope, set()) for envelope in lifecycle_samples(catalog, seed=seed))


def _arbitrary(catalog: Catalog, seed: int) -> Iterator[Announced]:
    chance = Random(seed)
    pool: list[Any] = [None, True, False, 0, -1, 1.0, 0.5, 1e300, 2**63, -(2**63), "", "0", "a" * 300, [], {}]
    for envelope in samples(catalog, seed=seed):
        changed: dict[str, Any] = envelope
        for _ in range(chance.randrange(1, 4)):
            places = list(_places(changed, ()))
            pool = pool[:15] + chance.sample([value for _, value in places], min(5, len(places)))
            changed = replaced(changed, chance.choice(places)[0], chance.choice(pool))
        yield changed, None


def _places(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield (*place, name), inner
        yield from _places(inner, (*place, name))


SOURCES: dict[str, Callable[[Catalog, int], Iterator[Announced]]] = {
    "valid": _valid,
    "broken": _broken,
    "lives": _lives,
    "arbitrary": _arbitrary,
}


def main_random(count: int) -> int:
    """Compare the engines on `count` sets of documents, with five values each, and print what became of them."""
    from tests.random_schemas import documents, found_by_both, value

    became: Counter[str] = Counter()
    chance, started = Random(SEED), time.monotonic()
    for _ in range(count):
        found = found_by_both(documents(chance), [value(chance) for _ in range(5)])
        became["sets of schemas taken by both" if found else "sets of schemas refused by both"] += 1
        became["values compared"] += len(found)
        became["  of which keep the schema"] += found.count(())
    for what, number in became.items():
        print(f"{number:>9,} {what}")
    print(f"no difference in {time.monotonic() - started:.0f} s")
    return 0


def main() -> int:
    """Compare until the time is over, and print how many of what were compared."""
    if sys.argv[1:2] == ["--random"]:
        return main_random(int(sys.argv[2]))
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED  # noqa: PLR2004
    folders = [*builtin_names(), str(PARCELS)]
    catalogs = {name: [load(name, engine=engine) for engine in ENGINES] for name in folders}
    made = {(name, kind): make(catalogs[name][0], seed) for name in folders for kind, make in SOURCES.items()}
    counts: Counter[tuple[str, str]] = Counter()
    conforming: Counter[tuple[str, str]] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for key, source in made.items():
            for _ in range(TURN):
                envelope, announced = next(source)
                one, other = (catalog.check(envelope) for catalog in catalogs[key[0]])
                found = {(violation.pointer, violation.keyword) for violation in one.violations}
                if one != other or announced not in (None, found):
                    print(f"{key}: {json.dumps(envelope)}\n{announced}\n{one.violations}\n{other.violations}")
                    return 1
                counts[key] += 1
                conforming[key] += one.conforms
    for (name, kind), count in counts.items():
        print(f"{Path(name).name:<18} {kind:<10} {count:>9,} compared, {conforming[name, kind]:>9,} conform")
    print(f"{counts.total():,} compared in {seconds:g} s with {' and '.join(ENGINES)}: no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
