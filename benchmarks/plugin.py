"""What the pytest plugin costs: a session that does not use it, and a test that records 10,000 notifications.

    python benchmarks/plugin.py [ROUNDS]

Sessions are whole processes, taken in turn; recording is timed in one process, in turn with the bare checker.
"""

import os
import subprocess
import sys
import time
from contextlib import chdir
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measuring import Contender, print_versions, race

from notify_contracts.catalog import load
from notify_contracts.testing import Recorder

ROUNDS = 30
RECORDED = 10_000
MILLISECONDS = 1000
LOADING = """
import sys, time, pytest
from importlib.metadata import EntryPoint
load = EntryPoint.load
def timed(point):
    started = time.process_time()
    loaded = load(point)
    print("loading", point.name, time.process_time() - started)
    return loaded
EntryPoint.load = timed
sys.exit(pytest.main(sys.argv[1:]))
"""
"""A session that says of each plugin how long its modules took to load."""


def unused(rounds: int) -> None:
    """Measure what a plugin adds to an empty session that does not use it, against a session with an empty plugin."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p"]
    names = ("nothing", "pytest_notify_contracts", "hypothesispytest")
    nothing, *plugins = (Contender(name, [*pytest, name]) for name in names)
    with TemporaryDirectory() as folder, chdir(folder):
        Path("nothing.py").touch()
        Path("test_nothing.py").write_text("def test_nothing(): pass\n", encoding="utf-8")
        race([nothing, *plugins], rounds)
    print(f"an empty session takes {median(nothing.of_processors) * MILLISECONDS:.0f} ms of processors, and more with:")
    for plugin in plugins:
        differences = [mine - less for mine, less in zip(plugin.of_processors, nothing.of_processors, strict=True)]
        print(f"  {plugin.name:<24} {median(differences) * MILLISECONDS:6.1f} ms, median of differences")


def loaded(rounds: int) -> None:
    """Measure how long the modules of plugins take to load in such a session, which is most of what they cost."""
    with TemporaryDirectory() as folder:
        Path(folder, "test_nothing.py").write_text("def test_nothing(): pass\n", encoding="utf-8")
        command = [sys.executable, "-c", LOADING, "-q", "-p", "no:cacheprovider"]
        environment = {name: value for name, value in os.environ.items() if name != "PYTEST_DISABLE_PLUGIN_AUTOLOAD"}
        taken: dict[str, list[float]] = {}
        for _ in range(rounds + 1):  # the first writes what is compiled
            ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
            found = [line.split() for line in ran.stdout.splitlines() if line.startswith("loading ")]
            for _, name, seconds in found:
                taken.setdefault(name, []).append(float(seconds))
    print("loading the modules of a plugin, in the same sessions:")
    for name in ("pytest_notify_contracts", "hypothesispytest"):
        print(f"  {name:<24} {median(taken[name][1:]) * MILLISECONDS:6.1f} ms of a processor")


def recorded(rounds: int) -> None:
    """Measure a recorder that is given notifications and verifies them, against the checker alone."""
    catalog = load()
    examples = [contract.example() for contract in catalog.contracts]
    given = list(islice(cycle(examples), RECORDED))
    ratios, alone = [], []
    for _ in range(rounds):
        started = time.perf_counter()
        for notification in given:
            catalog.check(notification)
        between = time.perf_counter()
        recorder = Recorder(catalog)
        for notification in given:
            recorder.record(notification)
        recorded = time.perf_counter()
        recorder.verify()
        verified = time.perf_counter()
        alone.append(between - started)
        ratios.append(((recorded - between) / alone[-1], (verified - recorded) / alone[-1]))
    recording, verifying = (median(ratio) for ratio in zip(*ratios, strict=True))
    print(f"{RECORDED:,} notifications, in {median(alone) * MILLISECONDS:.0f} ms checked by the checker alone:")
    print(f"  recorded in {recording:.2f} of that time, checked when the test ends in {verifying:.2f} of it")


def main() -> None:
    """Measure both, and print them."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print_versions("pytest", "hypothesis", "jsonschema-rs")
    unused(rounds)
    loaded(rounds)
    recorded(rounds)


if __name__ == "__main__":
    main()
