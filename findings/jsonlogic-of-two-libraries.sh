#!/usr/bin/env bash
# Guess:    a rule in JsonLogic, which is there so that rules are kept apart from programs, picks the same events whichever
#           library applies it; JsonLogic's operators are JavaScript's.
# Really:   json-logic-qubit says no to every order with null or with what is missing, so size < 5 does not find the event without
#           a size, raises where a text is no number, takes an empty object for false and 5 for true. panzi-json-logic does these
#           as JavaScript does, and takes true for 1 with ===, the operator without conversions. Both are imported as json_logic,
#           so which of them a program has may be a matter of what was installed last.
# Versions: json-logic-qubit 0.9.1, panzi-json-logic 1.0.1, Python 3.11
# Source:   run here; JsonLogic's page of operations (===, "Strict equality") and ECMAScript's comparisons (null is 0 in an
#           order); json_logic/__init__.py of the one, json_logic/builtins.py of the other.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check json-logic-qubit==0.9.1
venv/bin/python -m pip install --quiet --disable-pip-version-check --target panzi panzi-json-logic==1.0.1

cat >rules.py <<'PYTHON'
import json
import os

from json_logic import jsonLogic as apply

CASES = [
    ({"<": [{"var": "size"}, 5]}, {}),
    ({">=": [{"var": "size"}, 0]}, {"size": None}),
    ({"<": [{"var": "size"}, 5]}, {"size": "large"}),
    ({"if": [{"var": "tags"}, "tags", "none"]}, {"tags": {}}),
    ({"==": [{"var": "size"}, 1]}, {"size": "1.0"}),
    ({"==": [{"var": "visible"}, True]}, {"visible": 5}),
    ({"===": [{"var": "size"}, 1]}, {"size": True}),
    ({">": [{"var": "size"}, 5]}, {"size": "7"}),
    ({"===": [{"var": "size"}, 1]}, {"size": 1.0}),
]
for rule, event in CASES:
    try:
        result = json.dumps(apply(rule, event))
    except ValueError:
        result = "ValueError"
    if "PYTHONPATH" in os.environ:
        print(f" panzi {result}")
    else:
        print(f"{json.dumps(rule)} of {json.dumps(event)}: qubit {result}")
PYTHON
seen=$(paste -d, <(venv/bin/python rules.py) <(PYTHONPATH=panzi venv/bin/python rules.py))
echo "$seen"
expected="{\"<\": [{\"var\": \"size\"}, 5]} of {}: qubit false, panzi true
{\">=\": [{\"var\": \"size\"}, 0]} of {\"size\": null}: qubit false, panzi true
{\"<\": [{\"var\": \"size\"}, 5]} of {\"size\": \"large\"}: qubit ValueError, panzi false
{\"if\": [{\"var\": \"tags\"}, \"tags\", \"none\"]} of {\"tags\": {}}: qubit \"none\", panzi \"tags\"
{\"==\": [{\"var\": \"size\"}, 1]} of {\"size\": \"1.0\"}: qubit false, panzi true
{\"==\": [{\"var\": \"visible\"}, true]} of {\"visible\": 5}: qubit true, panzi false
{\"===\": [{\"var\": \"size\"}, 1]} of {\"size\": true}: qubit false, panzi true
{\">\": [{\"var\": \"size\"}, 5]} of {\"size\": \"7\"}: qubit true, panzi true
{\"===\": [{\"var\": \"size\"}, 1]} of {\"size\": 1.0}: qubit true, panzi true"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
