#!/usr/bin/env bash
# Guess:    in a contract of Pact, match.bool(True) is met by true and false, as match.like(True) is, and match.includes("error") by a
#           text that has it in it.
# Really:   match.bool is met by the texts "true" and "false", too; and match.includes by a list and by an object whose JSON
#           has it in it. Numbers are told apart where JSON does not: match.int and a plain 3 refuse 3.0, match.decimal refuses 2,
#           as JavaScript writes 2.0. A list in match.like is met by the empty list. A consumer's own test sees none of it, for
#           it is given the example.
# Versions: pact-python 4.2.0 with pact-python-ffi 0.5.12.1, Python 3.11
# Source:   run here, asynchronous messages of specification 4; Pact's table of matchers calls boolean "a boolean value" only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pact-python==4.2.0 pact-python-ffi==0.5.12.1

cat >matchers.py <<'PYTHON'
import json
from tempfile import TemporaryDirectory

from pact import Pact, Verifier, match


def meets(sent, expected):
    """Whether a provider that sends `sent` keeps the contract of a consumer that expects `expected`."""
    pact = Pact("consumer", "provider").with_specification("V4")
    pact.upon_receiving("a message", "Async").with_body({"value": expected}, "application/json")
    with TemporaryDirectory() as folder:
        pact.write_file(folder)

        def produce(metadata=None):
            return {"contents": json.dumps({"value": sent}).encode(), "content_type": "application/json", "metadata": None}

        try:
            Verifier("provider").message_handler({"a message": produce}).add_source(folder).verify()
        except RuntimeError:
            return False
    return True


for name, expected, values in (
    ("bool(True)", match.bool(True), (False, "true", "false", "yes", 1)),
    ("like(True)", match.like(True), (False, "true")),
    ('includes("error")', match.includes("error"), ("an error", "fine", ["error"], {"error": 1})),
    ("int(3)", match.int(3), (4, 3.0, "3")),
    ("decimal(1.5)", match.decimal(1.5), (2.5, 2)),
    ('like(["a"])', match.like(["a"]), (["b"], [], ["a", 1])),
):
    said = (f"{json.dumps(value)} {'yes' if meets(value, expected) else 'no'}" for value in values)
    with open("seen", "a") as lines:  # the verifier's own reports go to both outputs
        print(name, *said, sep="  ", file=lines)
PYTHON
PACT_DO_NOT_TRACK=true venv/bin/python matchers.py >report 2>&1
seen=$(<seen)
echo "$seen"
expected="bool(True)  false yes  \"true\" yes  \"false\" yes  \"yes\" no  1 no
like(True)  false yes  \"true\" no
includes(\"error\")  \"an error\" yes  \"fine\" no  [\"error\"] yes  {\"error\": 1} yes
int(3)  4 yes  3.0 no  \"3\" no
decimal(1.5)  2.5 yes  2 no
like([\"a\"])  [\"b\"] yes  [] yes  [\"a\", 1] no"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
