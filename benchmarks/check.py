"""How fast `notify-contracts check` is: against only parsing, and against a loop of json and jsonschema.

    python benchmarks/check.py [LINES [ROUNDS]]

It makes a recording of about 1 KB a line, and one twice as long to show that memory does not grow with it.
"""

import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from measuring import Contender, print_table, print_versions, race

from notify_contracts.catalog import load
from notify_contracts.jsontext import dump

LINES, ROUNDS = 200_000, 5
SLOW_LINES = 4_000  # of the same recording, for the loop that would take minutes
WIDTH = 1000  # bytes a line

BARE = """
import sys, orjson
with open(sys.argv[1], "rb") as recording:
    for line in recording:
        orjson.loads(line)
"""

LOOP = """
import json, sys
from pathlib import Path
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
root = Path(sys.argv[2])
files = [path for part in ("*.json", "payloads/*.json", "events/*.json") for path in root.glob(part)]
documents = [json.loads(path.read_text()) for path in files]
schemas = {document["$id"]: DRAFT202012.create_resource(document) for document in documents if "$id" in document}
registry = Registry().with_resources(schemas.items()).crawl()
validators = {}
with open(sys.argv[1]) as recording:
    for line in recording:
        notification = json.loads(line)
        pair = notification["event_type"], notification["priority"]
        if pair not in validators:
            uri = next(uri for uri in schemas if uri.endswith(f"/{pair[0]}.json")) + f"#/$defs/{pair[1]}"
            validators[pair] = Draft202012Validator({"$ref": uri}, registry=registry)
        assert not list(validators[pair].iter_errors(notification))
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
        ours = Contender("notify-contracts check", [*check, str(whole)], lines)
        single = Contender("  with --jobs 1", [*check, "--jobs", "1", str(whole)], lines)
        longer = Contender("  twice the lines", [*check, str(twice)], 2 * lines)
        root = str(load("glance-emitted").root)
        loop = Contender(
            f"json + jsonschema ({SLOW_LINES:,} lines)", [sys.executable, "-c", LOOP, str(part), root], SLOW_LINES
        )
        contenders = [bare, ours, single, longer, loop]
        race(contenders, rounds)
        print_table(contenders, bare)

        print("\none notification")
        nothing = Contender("python -c pass", [sys.executable, "-c", "pass"])
        small = Contender("notify-contracts check", [*check, str(one)])
        race([nothing, small], 4 * rounds)
        print_table([nothing, small], nothing)


if __name__ == "__main__":
    main()
