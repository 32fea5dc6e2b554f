"""An audit of many compressed files with a worker killed midway, and how the time of a check grows with its size.

    nice python benchmarks/audit.py [FILES [LARGEST]]

It makes FILES (200) gzip files of 10,000 notifications of about 1 KB, one in a hundred of them broken, from a few
different contents. Then, in one run:

* `check` of all of them, and an audit of the same by two workers, one of which is killed when half of the files are
  done; their reports must be the same to the byte;
* `check` of 10,000 up to LARGEST (10,000,000) notifications, files being given several times;
* what one of the files costs to decompress, to parse and to check, and what each file costs beside its content.
"""

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from re import sub
from tempfile import TemporaryDirectory

from check import recording
from measuring import Contender, print_versions

from notify_contracts._audit import Gathering, audited, files, own_cluster
from notify_contracts._audit.packing import Packed, files_of
from notify_contracts._audit.work import found_in
from notify_contracts._base import release
from notify_contracts._checking import Question
from notify_contracts._report.document import json
from notify_contracts._untrusted.jsontext import parse
from notify_contracts.capture import Recording
from notify_contracts.catalog import load

FILES, LARGEST = 200, 10_000_000
IN_A_FILE = 10_000
CONTENTS = 5
BROKEN = 100  # every one of so many
WORKERS = 2
SMALL_FILES = 2_000
COMMAND = [sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())"]
CHECK = [*COMMAND, "check", "--catalog", "glance-emitted", "--format", "json"]


def contents() -> Iterator[bytes]:
    """Yield the content of a few files."""
    lines, random = recording(), Random(7)
    for _ in range(CONTENTS):
        # Some values differ from line to line, so that it compresses as a real recording does: about ten to one.
        some = [
            sub(rb"(?<=[0-3]\":\")x{20}", lambda _: random.randbytes(10).hex().encode(), line)
            for line in islice(lines, IN_A_FILE)
        ]
        some[::BROKEN] = [line.replace(b'"event_type":"image.', b'"event_type":"picture.') for line in some[::BROKEN]]
        yield gzip.compress(b"".join(some), compresslevel=6)


def write(folder: Path, count: int) -> list[str]:
    """Write the files and return their names, sorted."""
    different = list(contents())
    for number in range(count):
        folder.joinpath(f"{number:04}.jsonl.gz").write_bytes(different[number % CONTENTS])
    size = sum(map(len, different)) / CONTENTS
    plain = len(gzip.decompress(different[0]))
    print(f"{count} files, each of {IN_A_FILE:,} notifications, {plain / 1e6:.1f} MB, {size / 1e6:.2f} MB compressed")
    return sorted(map(str, folder.iterdir()))


def checked(names: Sequence[str]) -> tuple[bytes, float]:
    """Return the report of one process, and the seconds it took."""
    started = time.perf_counter()
    ran = subprocess.run([*CHECK, "--jobs", "1", *names], stdout=subprocess.PIPE, check=False)
    return ran.stdout, time.perf_counter() - started


def audited_with_a_loss(folder: Path) -> tuple[bytes, float]:
    """Return the report of a cluster that loses a worker when half of the files are done, and the seconds it took."""
    catalog, gathering = load("glance-emitted"), Gathering()
    found = files([str(folder)])
    with own_cluster(WORKERS) as client:
        before = client.run(os.getpid)
        started = time.perf_counter()
        done, victim = 0, None
        for result in audited(client, found, catalog):
            gathering.add(result)
            done += len(result.places)
            if victim is None and done >= len(found) // 2:
                victim = next(iter(before.values()))
                os.kill(victim, signal.SIGKILL)
                print(f"after {done} of {len(found)} files: worker {victim} was killed (SIGKILL)")
        seconds = time.perf_counter() - started
        after = client.run(os.getpid)
    if victim in after.values():
        raise SystemExit("the worker has not been killed")
    return json(gathering.outcome(catalog)).encode(), seconds


def show_equality(folder: Path, names: Sequence[str]) -> None:
    """Print what both say and how long it took; end where it is not the same."""
    notifications = len(names) * IN_A_FILE
    alone, seconds = checked(names)
    print(f"check, one process:      {seconds:7.1f} s  {notifications / seconds:9,.0f} notifications a second")
    together, shared = audited_with_a_loss(folder)
    print(f"audit, {WORKERS} workers, 1 lost: {shared:7.1f} s  {notifications / shared:9,.0f} notifications a second")
    print(f"totals: {parse(alone)['totals']}")
    if alone != together:
        raise SystemExit("the reports differ")
    print(f"the reports are the same, all {len(alone):,} bytes")


def show_growth(names: Sequence[str], largest: int) -> None:
    """Print how long `check` takes as it is given more."""
    print(
        f"\n{'notifications':>13}  {'seconds':>8}  {'on a core':>9}  {'per second':>10}  {'peak MiB':>8}  {'load':>5}"
    )
    count = IN_A_FILE
    while count <= largest:
        many = [names[number % len(names)] for number in range(count // IN_A_FILE)]
        run = Contender("", [*CHECK, "--jobs", "1", *many], count)
        run.run()
        (seconds,), (busy,), (peak,) = run.seconds, run.of_processors, run.peaks
        load = os.getloadavg()[0]
        print(f"{count:13,}  {seconds:8.1f}  {busy:9.1f}  {count / busy:10,.0f}  {peak:8.1f}  {load:5.1f}", flush=True)
        count *= 10


def show_parts(name: str) -> None:
    """Print what each step costs of one file, on a processor."""
    (file,) = files([name])
    catalog = load("glance-emitted")
    packed = Packed(((str(catalog.root), files_of(catalog)),), catalog.engine, release())
    summary = found_in({0: file}, packed, Question()).summary
    lines = gzip.decompress(Path(name).read_bytes()).splitlines()

    def read() -> None:
        with Recording(name) as found:
            for _ in found:
                pass

    print("\nmicroseconds on a core for each notification, the best of five")
    for what, do in (
        ("decompress", lambda: gzip.decompress(Path(name).read_bytes())),
        ("parse", lambda: [parse(line) for line in lines]),
        ("decompress, parse, recognise", read),
        ("all of it, with the verdict and the summary", lambda: found_in({0: file}, packed, Question())),
    ):
        print(f"{what:<45}  {1e6 * best(do) / IN_A_FILE:6.2f}")
    print(f"milliseconds to merge the summaries of two files: {1e3 * best(lambda: summary.merge(summary)):.3f}")


def show_overhead(folder: Path) -> None:
    """Print what a file costs beside its content, in the process of the scheduler and the client."""
    line = next(recording())
    for number in range(SMALL_FILES):
        folder.joinpath(f"{number}.jsonl").write_bytes(line)
    catalog, gathering, found = load("glance-emitted"), Gathering(), files([str(folder)])
    with own_cluster(WORKERS) as client:
        started = time.process_time()
        for result in audited(client, found, catalog):
            gathering.add(result)
        busy = time.process_time() - started
    print(f"milliseconds on a core of scheduler and client for each file: {1e3 * busy / SMALL_FILES:.2f}")


def best(do: Callable[[], object]) -> float:
    """Return the least processor time that a call took in five."""
    times = []
    for _ in range(5):
        started = time.process_time()
        do()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else LARGEST  # noqa: PLR2004
    print_versions("notify-contracts", "distributed", "fsspec", "orjson", "jsonschema-rs")
    with TemporaryDirectory() as folder:
        names = write(Path(folder), count)
        show_parts(names[0])
        with TemporaryDirectory() as small:
            show_overhead(Path(small))
        print()
        show_equality(Path(folder), names)
        show_growth(names, largest)


if __name__ == "__main__":
    main()
