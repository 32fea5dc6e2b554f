"""How fast `notify-contracts check` is: with one process and two, and against only parsing and everybody else.

    python benchmarks/check.py [LINES [ROUNDS]]

It makes a recording of about 1 KB a line, and one twice as long to show that memory does not grow with it.
`releases.py` holds it against another release. The peers are in `peers.py`; a loop or tool that would take minutes gets
the first few thousand lines.
"""

import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from measuring import Contender, print_table, print_versions, race
from peers import loops, tools

from notify_contracts._untrusted.jsontext import dump, parse
from notify_contracts.catalog import load

LINES, ROUNDS = 200_000, 5
SLOW_LINES = 4_000  # of the same recording, for what would take minutes
WIDTH = 1000  # bytes a line

BARE = """
import sys, orjson
with open(sys.argv[1], "rb") as recording:
    for line in recording:
        orjson.loads(line)
"""


def recording() -> Iterator[bytes]:
    """Yield lines without end: the image events as Glance sends them, padded with properties, ids all different."""
    contracts = load("glance-emitted").select("image.*", "INFO")
    images = [contract for contract in contracts if "properties" in contract.example()["payload"]]
    for number, contract in enumerate(cycle(images)):
        notification = contract.example()
        notification["message_id"] = str(UUID(int=number, version=4))
        missing = WIDTH - len(dump(notification))
        notification["payload"]["properties"] |= {f"property_{i:02}": "x" * 20 for i in range(missing // 37)}
        yield dump(notification) + b"\n"


def failing() -> Iterator[bytes]:
    """Yield the same lines, each of which breaks two rules."""
    for number, line in enumerate(recording()):
        yield dump(parse(line) | {"publisher_id": number, "timestamp": f"day {number}"}) + b"\n"


def write(path: Path, lines: int) -> int:
    """Write a recording and return its size; line by line, for a child's peak memory counts from its parent's."""
    with path.open("wb") as file:
        return sum(file.write(line) for line in islice(recording(), lines))


def main() -> None:
    """Measure and print."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS  # noqa: PLR2004
    command = [sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())"]
    check = [*command, "check", "--catalog", "glance-emitted"]
    with TemporaryDirectory() as folder:
        whole, twice, part, one = (Path(folder, f"{name}.jsonl") for name in ("whole", "twice", "part", "one"))
        size = write(whole, lines)
        write(twice, 2 * lines)
        write(part, SLOW_LINES)
        write(one, 1)
        print_versions("notify-contracts", "orjson", "jsonschema-rs", "jsonschema")
        print(f"{lines:,} lines, {size / lines:,.0f} bytes a line\n")

        bare = Contender("orjson.loads, nothing else", [sys.executable, "-c", BARE, str(whole)], lines)
        single = Contender("notify-contracts check --jobs 1", [*check, "--jobs", "1", str(whole)], lines)
        double = Contender("  --jobs 2", [*check, "--jobs", "2", str(whole)], lines)
        verdicts = [
            Contender(
                f"  --jobs {jobs} --format jsonl", [*check, "--jobs", jobs, "--format", "jsonl", str(whole)], lines
            )
            for jobs in ("1", "2")
        ]
        longer = Contender("  --jobs 2, twice the lines", [*check, "--jobs", "2", str(twice)], 2 * lines)
        catalog = load("glance-emitted")
        contenders = [single, double, *verdicts, longer, bare, *loops(catalog, whole, lines, part, SLOW_LINES)]
        contenders += tools(catalog, part, Path(folder))
        race(contenders, rounds)
        print_table(contenders, single)

        print("\none notification")
        nothing = Contender("python -c pass", [sys.executable, "-c", "pass"])
        small = Contender("notify-contracts check", [*check, str(one)])
        race([nothing, small], 4 * rounds)
        print_table([nothing, small], nothing)


if __name__ == "__main__":
    main()
