#!/usr/bin/env bash
# Guess:    a Rego expression that regopy, Microsoft's Rego for Python, applies to an event sees the event's numbers as they are,
#           and orders what is of different types as OPA does.
# Really:   of an event given as a dict a fraction has six digits behind the point: 1/3 is 0.333333, 1e-7 is 0, and 0.1234567 is
#           not equal to itself. Nothing is said. Given as JSON, by set_input_term, the same numbers are all right. And null > 100
#           is true to it and "7" > 100 undefined: OPA orders types, null before numbers before texts, and says the reverse of
#           both.
# Versions: regopy 1.5.2, Python 3.11
# Source:   run here; OPA's Go documentation of ast.Compare (the order of types); the docstring of set_input (the value must be
#           JSON encodable); regopy/interpreter.py, Input.
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


for rate in (0.5, 1 / 3, 1e-7, 0.1234567):
    event = {"rate": rate}
    for give in ("set_input", "set_input_term"):
        seen = asked("rate = input.rate", event, give)["rate"]
        print(f"{json.dumps(event)} by {give}: {seen}; input.rate == {rate!r}: {asked(f'input.rate == {rate!r}', event, give)}")
for size in (None, "7", 7, 700):
    print(f"{json.dumps(size)} > 100: {asked('input.size > 100', {'size': size}, 'set_input')}")
PYTHON
seen=$(venv/bin/python policies.py)
echo "$seen"
expected="{\"rate\": 0.5} by set_input: 0.5; input.rate == 0.5: [True]
{\"rate\": 0.5} by set_input_term: 0.5; input.rate == 0.5: [True]
{\"rate\": 0.3333333333333333} by set_input: 0.333333; input.rate == 0.3333333333333333: undefined
{\"rate\": 0.3333333333333333} by set_input_term: 0.3333333333333333; input.rate == 0.3333333333333333: [True]
{\"rate\": 1e-07} by set_input: 0; input.rate == 1e-07: undefined
{\"rate\": 1e-07} by set_input_term: 1e-07; input.rate == 1e-07: [True]
{\"rate\": 0.1234567} by set_input: 0.123457; input.rate == 0.1234567: undefined
{\"rate\": 0.1234567} by set_input_term: 0.1234567; input.rate == 0.1234567: [True]
null > 100: [True]
\"7\" > 100: undefined
7 > 100: undefined
700 > 100: [True]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
