"""How fast notifications are generated: by the command against only writing them, and by hypothesis.

    python benchmarks/generate.py [COUNT [ROUNDS]]

All are of image.create INFO. Writing means orjson, from values that are there; hypothesis alone means a test that draws
as many whole numbers as a notification has fields.
"""

import sys

from measuring import Contender, print_table, print_versions, race

COUNT, ROUNDS = 100_000, 5
EXAMPLES = 2_000  # by hypothesis, which would take minutes for as many

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

    print(f"\nby hypothesis, {EXAMPLES:,} examples")
    alone = Contender("24 integers", [sys.executable, "-c", ALONE, str(EXAMPLES)], EXAMPLES)
    drawn = Contender("notifications", [sys.executable, "-c", DRAW, str(EXAMPLES)], EXAMPLES)
    race([alone, drawn], rounds)
    print_table([alone, drawn], alone)


if __name__ == "__main__":
    main()
