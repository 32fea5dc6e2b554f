"""Whole processes measured side by side: in turn, several rounds, medians, ratios within the same round."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from platform import machine, python_version
from statistics import median


@dataclass
class Contender:
    """A command, the number of things it handles, and what its runs took.

    That is seconds, seconds of processors (all of them together), and MiB of the largest process.
    """

    name: str
    command: Sequence[str]
    handles: int = 1
    seconds: list[float] = field(default_factory=list)
    of_processors: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run the command once; a status above 1 means that it did not do its work."""
        started = time.perf_counter()
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds.append(time.perf_counter() - started)
        self.of_processors.append(usage.ru_utime + usage.ru_stime)
        self.peaks.append(usage.ru_maxrss / 1024)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode > 1:
            raise SystemExit(f"{self.name} ended with status {process.returncode}")


def race(contenders: Sequence[Contender], rounds: int) -> None:
    """Run every contender once to warm up and then in turn, so that a change of the machine's pace meets all alike."""
    for number in range(rounds + 1):
        for contender in contenders:
            contender.run()
            if number == 0:
                contender.seconds.clear()
                contender.of_processors.clear()
                contender.peaks.clear()


def rate_ratio(one: Contender, other: Contender) -> float:
    """Return the median, over the rounds, of how many things `one` handles in the time `other` handles one."""
    rates = zip(one.seconds, other.seconds, strict=True)
    return median((one.handles / mine) / (other.handles / theirs) for mine, theirs in rates)


def print_table(contenders: Sequence[Contender], peer: Contender) -> None:
    """Print a row for each contender, its rate also as a ratio to the peer's."""
    width = max(len(contender.name) for contender in contenders)
    print(f"{'':<{width}}  {'seconds':>8}  {'a second':>10}  {'ratio':>7}  {'peak MiB':>8}")
    for contender in contenders:
        seconds = median(contender.seconds)
        ratio = rate_ratio(contender, peer)
        peak = max(contender.peaks)
        rate = contender.handles / seconds
        print(f"{contender.name:<{width}}  {seconds:8.3f}  {rate:10,.0f}  {ratio:7.3f}  {peak:8.1f}")


def print_versions(*distributions: str) -> None:
    """Print what the figures below are of."""
    versions = ", ".join(f"{name} {version(name)}" for name in distributions)
    print(f"Python {python_version()}, {machine()}, {os.cpu_count()} cores; {versions}")
    print(f"{sys.executable} for all; whole processes, medians; ratio: of rates, within each round")
