"""What the pytest plugin costs: a session that does not use it, and a test that records 10,000 notifications.

    python benchmarks/plugin.py [ROUNDS]

Sessions are whole processes, taken in turn; recording is timed in one process, in turn with the bare checker.
"""

import os
import sys
import time
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


def unused(rounds: int) -> None:
    """Measure what plugins add to an empty session that does not use them, against the same session without each."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    everything = Contender("everything installed", pytest)
    without_ours = Contender("pytest_notify_contracts", [*pytest, "-p", "no:pytest_notify_contracts"])
    without_hypothesis = Contender("hypothesispytest", [*pytest, "-p", "no:hypothesispytest"])
    with TemporaryDirectory() as folder:
        Path(folder, "test_nothing.py").write_text("def test_nothing(): pass\n", encoding="utf-8")
        os.chdir(folder)
        race([everything, without_ours, without_hypothesis], rounds)
    print(
        f"an empty session takes {median(everything.seconds) * MILLISECONDS:.0f} ms; of that, medians of differences:"
    )
    for without in (without_ours, without_hypothesis):
        differences = [mine - theirs for mine, theirs in zip(everything.seconds, without.seconds, strict=True)]
        print(f"  {without.name:<24} {median(differences) * MILLISECONDS:6.1f} ms")


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
    recorded(rounds)


if __name__ == "__main__":
    main()
