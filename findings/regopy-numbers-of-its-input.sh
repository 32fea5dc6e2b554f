#!/usr/bin/env bash
# Guess:    a Rego policy that regopy, Microsoft's Rego for Python, applies to an event sees the event's numbers, as OPA does: big ones
#           and small ones, for Rego's numbers have any size.
# Really:   of an event given as a dict an integer is cut to 64 bits, 2**63 being negative and 2**64 being 0, and a fraction is given six
#           digits behind the point: 1e-7 is 0, 1/3 is 0.333333. Nothing is said. Given as JSON, by set_input_term, the same
#           numbers are all right. And null > 100 is true to it, "7" > 100 undefined: OPA orders types, null before numbers
#           before texts, and says the reverse of both.
# Versions: regopy 1.5.2, Python 3.11
# Source:   run here; OPA's Go documentation of ast.Compare (the order of types); the docstring of set_input (the
#           value must be JSON encodable); regopy/interpreter.py, Input.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check regopy==1.5.2

cat >policies.py <<'PYTHON'
import json

from regopy import Interpreter


def asked(query, event, give):
    interpreter = Interpreter()
    getattr(interpreter, give)(event if give == "set_input" else json.dumps(event))
    output = str(interpreter.query(query))
    result = {"expressions": output} if output == "undefined" else json.loads(output)
    return result.get("bindings", result["expressions"])


for size in (2**63 - 1, 2**63, 2**64, 10**20, 0.5, 1e-7, 1 / 3):
    event = {"size": size}
    by_dict, by_json = (asked("size = input.size", event, give)["size"] for give in ("set_input", "set_input_term"))
    over = asked("input.size > 0", event, "set_input")
    print(f"{json.dumps(event)}: as a dict {by_dict}, as JSON {by_json}; input.size > 0 of the dict: {over}")
for size in (None, "7", 7, 700):
    print(f"{json.dumps(size)} > 100: {asked('input.size > 100', {'size': size}, 'set_input')}")
PYTHON
seen=$(venv/bin/python policies.py)
echo "$seen"
expected="{\"size\": 9223372036854775807}: as a dict 9223372036854775807, as JSON 9223372036854775807; input.size > 0 of the dict: [True]
{\"size\": 9223372036854775808}: as a dict -9223372036854775808, as JSON 9223372036854775808; input.size > 0 of the dict: undefined
{\"size\": 18446744073709551616}: as a dict 0, as JSON 18446744073709551616; input.size > 0 of the dict: undefined
{\"size\": 100000000000000000000}: as a dict 7766279631452241920, as JSON 100000000000000000000; input.size > 0 of the dict: [True]
{\"size\": 0.5}: as a dict 0.5, as JSON 0.5; input.size > 0 of the dict: [True]
{\"size\": 1e-07}: as a dict 0, as JSON 1e-07; input.size > 0 of the dict: undefined
{\"size\": 0.3333333333333333}: as a dict 0.333333, as JSON 0.3333333333333333; input.size > 0 of the dict: [True]
null > 100: [True]
\"7\" > 100: undefined
7 > 100: undefined
700 > 100: [True]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
