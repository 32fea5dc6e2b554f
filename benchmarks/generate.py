"""How fast notifications are generated: by the command against only writing them, and by hypothesis.

    python benchmarks/generate.py [COUNT [ROUNDS]]

All are of image.create INFO. Writing means orjson, from values that are there; hypothesis alone means a test that draws
as many whole numbers as a notification has fields; hypothesis-jsonschema runs on the last hypothesis it works with,
which pip installs into a folder of its own. The time to the first example is processor time, from an imported library
and a loaded catalog on, in a process of its own; before it stands that of any text, for which hypothesis reads its
tables of Unicode.
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measuring import Contender, print_table, print_versions, race

from notify_contracts._schema.engines.flatten import flattened
from notify_contracts.catalog import load

COUNT, ROUNDS = 100_000, 5
EXAMPLES = 2_000  # by hypothesis, which would take minutes for as many
PEER_EXAMPLES = 20  # by hypothesis-jsonschema, which takes about a second for each
PEER_PACKAGES = ("hypothesis-jsonschema==0.23.1", "hypothesis==6.170.9")

WRITE = """
import sys, orjson
from notify_contracts.catalog import load
example = load("glance-emitted").contract("image.create", "INFO").example()
with open("/dev/null", "wb") as file:
    for number in range(int(sys.argv[1])):
        example["message_id"] = str(number)
        file.write(orjson.dumps(example) + b"\\n")
"""

DUMPS = WRITE.replace("orjson", "json").replace("json.dumps(example)", "json.dumps(example).encode()")

DRAW = """
import sys
from hypothesis import given, settings
from notify_contracts.catalog import load
from notify_contracts.generate import notifications
@settings(max_examples=int(sys.argv[1]), database=None, deadline=None)
@given(notifications(load("glance-emitted"), "image.create", "INFO"))
def test(envelope):
    pass
test()
"""

ALONE = """
import sys
from hypothesis import given, settings, strategies as st
@settings(max_examples=int(sys.argv[1]), database=None, deadline=None)
@given(st.tuples(*[st.integers(0, 1000)] * 24))
def test(numbers):
    pass
test()
"""

FIRST = """
import time
from hypothesis import given, settings, strategies as st
from notify_contracts.catalog import load
from notify_contracts.generate import notifications, strategies
catalog = load("glance-emitted")
catalog.contract("image.create", "INFO")
def first(make):
    began, took = time.process_time(), []
    @settings(max_examples=1, database=None, deadline=None)
    @given(make())
    def test(value):
        took.append(1000 * (time.process_time() - began))
    test()
    return took[0]
text = first(st.text)
print(text, first(lambda: notifications(catalog, "image.create", "INFO")))
"""

PEER = """
import json, sys
sys.path.insert(0, sys.argv[2])
from hypothesis import HealthCheck, given, settings
from hypothesis_jsonschema import from_schema
with open(sys.argv[3]) as file:
    schema = json.load(file)
@settings(max_examples=int(sys.argv[1]), database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(from_schema(schema))
def test(envelope):
    pass
test()
"""


def by_peer(rounds: int) -> None:
    """Measure hypothesis-jsonschema, which reads the same contract with its references in place, against ours."""
    contract = load("glance-emitted").contract("image.create", "INFO")
    with TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "-qq", "--target", folder, *PEER_PACKAGES]
        if subprocess.run(pip, check=False).returncode != 0:
            print("hypothesis-jsonschema could not be installed, and is left out")
            return
        schema = Path(folder, "schema.json")
        schema.write_text(json.dumps(flattened(contract.documents, contract.uri)), encoding="utf-8")
        command = [sys.executable, "-c", PEER, str(PEER_EXAMPLES), folder, str(schema)]
        peer = Contender("hypothesis-jsonschema", command, PEER_EXAMPLES)
        drawn = Contender("notifications", [sys.executable, "-c", DRAW, str(EXAMPLES)], EXAMPLES)
        race([peer, drawn], rounds)
    print_table([peer, drawn], peer)


def print_first(rounds: int) -> None:
    """Print how long hypothesis' first text takes in a process, and after that the first notification."""
    runs = [subprocess.run([sys.executable, "-c", FIRST], capture_output=True, check=True) for _ in range(rounds)]
    text, notification = (median(each) for each in zip(*(map(float, run.stdout.split()) for run in runs), strict=True))
    print(f"first example of a process: a text after {text:.1f} ms, then a notification after {notification:.1f} ms")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS  # noqa: PLR2004
    print_versions("notify-contracts", "hypothesis", "orjson")
    command = [sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())"]
    chosen = ["generate", "--catalog", "glance-emitted", "--event", "image.create", "--priority", "INFO"]
    write = Contender("orjson.dumps, nothing else", [sys.executable, "-c", WRITE, str(count)], count)
    dumps = Contender("json.dumps, nothing else", [sys.executable, "-c", DUMPS, str(count)], count)
    ours = Contender("notify-contracts generate", [*command, *chosen, "--seed", "1", "--count", str(count)], count)
    plain = [write, dumps, ours]
    race(plain, rounds)
    print_table(plain, dumps)
    print(f"notify-contracts generate: {count / median(ours.of_processors):,.0f} in a second of one core")

    print(f"\nby hypothesis, {EXAMPLES:,} examples")
    alone = Contender("24 integers", [sys.executable, "-c", ALONE, str(EXAMPLES)], EXAMPLES)
    drawn = Contender("notifications", [sys.executable, "-c", DRAW, str(EXAMPLES)], EXAMPLES)
    race([alone, drawn], rounds)
    print_table([alone, drawn], alone)
    print_first(rounds)
    print()
    by_peer(1)


if __name__ == "__main__":
    main()
