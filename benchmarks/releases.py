"""How much faster this build is than the one in another checkout, by work: processor time of both in turn, in one run.

    python benchmarks/releases.py CHECKOUT [LINES [ROUNDS]]

That of the last release can be had with `git worktree add CHECKOUT $(cat .ci/released)`. Both run on the Python and the
packages of this one. Below stand ratios within this build: two processes against one by the clock, and a check of one
notification against importing the two libraries that it needs.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from check import failing, recording
from measuring import Contender, print_versions, race

LINES, ROUNDS = 200_000, 5
RUN = "from notify_contracts.cli import main; sys.exit(main())"
HERE = str(Path(__file__).resolve().parents[1])
LIBRARIES = [sys.executable, "-c", "import orjson, jsonschema_rs"]


def carried() -> Iterator[bytes]:
    """Yield lines without end: the same in format 2.0 in AMQP messages, which is three JSON texts in one another."""
    for line in recording():
        body = {"oslo.version": "2.0", "oslo.message": line.decode().strip()}
        way = {"exchange": "glance", "routing_key": "notifications.info", "properties": {"headers": {}}}
        yield json.dumps(way | {"body": json.dumps(body)}).encode() + b"\n"


def of(checkout: str, name: str, *arguments: str) -> Contender:
    """Return the command of the build in a checkout."""
    return Contender(name, [sys.executable, "-c", f"import sys; sys.path.insert(0, {checkout!r}); {RUN}", *arguments])


def ratio(more: Sequence[float], less: Sequence[float]) -> float:
    """Return the median, over the rounds, of how many times as much one took as the other."""
    return median(one / other for one, other in zip(more, less, strict=True))


def compare(other: str, work: str, arguments: Sequence[str], rounds: int) -> None:
    """Measure a work of both builds in turn, and print its row."""
    before, now = of(other, "other", *arguments), of(HERE, "this", *arguments)
    race([before, now], rounds)
    seconds = f"{median(before.of_processors):8.3f}  {median(now.of_processors):8.3f}"
    peaks = f"{max(before.peaks):6.0f}  {max(now.peaks):6.0f}"
    print(f"{work:<40}  {seconds}  {ratio(before.of_processors, now.of_processors):5.2f}  {peaks}")


def written(path: Path, lines: Iterable[bytes]) -> str:
    """Write a recording, and return its path."""
    with path.open("wb") as file:
        file.writelines(lines)
    return str(path)


def main() -> None:
    """Measure and print."""
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    other = str(Path(sys.argv[1]).resolve())
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else LINES  # noqa: PLR2004
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else ROUNDS  # noqa: PLR2004
    catalog = ["--catalog", "glance-emitted"]
    check, generate = ["check", *catalog], ["generate", *catalog, "--event", "image.create", "--seed", "1"]
    with TemporaryDirectory() as folder, chdir(folder):  # where no settings' file is read
        whole = written(Path(folder, "whole.jsonl"), islice(recording(), lines))
        bad = written(Path(folder, "bad.jsonl"), islice(failing(), lines // 4))
        messages = written(Path(folder, "messages.jsonl"), islice(carried(), lines // 4))
        one = written(Path(folder, "one.jsonl"), islice(recording(), 1))
        print_versions("orjson", "jsonschema-rs", "jsonschema")
        print(f"\n{'seconds of processors':<40}  {'other':>8}  {'this':>8}  {'ratio':>5}  {'peak MiB of each':>14}")
        works = {
            f"check --jobs 1, {lines:,} that conform": [*check, "--jobs", "1", whole],
            f"check --jobs 1, {lines // 4:,} that break two rules": [*check, "--jobs", "1", bad],
            f"check --jobs 1, {lines // 4:,} in AMQP messages": [*check, "--jobs", "1", messages],
            f"check --jobs 2, {lines:,} that conform": [*check, "--jobs", "2", whole],
            "check, one notification": [*check, one],
            "catalog lint, both catalogs": ["catalog", "lint"],
            "generate --count 20000": [*generate, "--count", "20000"],
        }
        for work, arguments in works.items():
            compare(other, work, arguments, rounds)
        single, double = (of(HERE, jobs, *check, "--jobs", jobs, whole) for jobs in ("1", "2"))
        race([single, double], rounds)
        print(f"\n--jobs 2 against --jobs 1, by the clock: {ratio(single.seconds, double.seconds):.2f} times as fast")
        small, libraries = of(HERE, "one", *check, one), Contender("libraries", LIBRARIES)
        race([small, libraries], 4 * rounds)
        cold = ratio(small.of_processors, libraries.of_processors)
        print(f"one notification: {cold:.2f} times the import of orjson and jsonschema-rs")


if __name__ == "__main__":
    main()
