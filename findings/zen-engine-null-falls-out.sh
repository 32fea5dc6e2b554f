#!/usr/bin/env bash
# Guess:    a decision of GoRules' zen-engine that adds a member to an event and passes the rest through hands on the rest as it was;
#           numbers are decimals within, which is why prices are safe, and a large id is a whole number as before.
# Really:   a member that is null is gone from the result where it stands at the top, and is still there deeper down and in lists, so
#           a reader that tells "not deleted" by null finds nothing. Fractions keep sixteen digits and 28 places, so 1e-29 is 0; a
#           whole number beyond 64 bits, or 8e28, ends the decision, whatever the rule looks at. And by evaluate_expression, the same
#           language, each number is a float: 9007199254740993 is compared as such, and handed back as ...992.0.
# Versions: zen-engine 2.1.3, Python 3.11
# Source:   run here; the documentation of zen-expression, the language's crate (a number is a Decimal of rust_decimal).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check zen-engine==2.1.3

cat >decide.py <<'PYTHON'
import json

import zen

PLACE = {"position": {"x": 0, "y": 0}}
ADDS = {"passThrough": True, "expressions": [{"id": "1", "key": "large", "value": "size > 1000"}]}
GRAPH = {
    "contentType": "application/vnd.gorules.decision",
    "nodes": [
        {"id": "in", "type": "inputNode", "name": "in", **PLACE},
        {"id": "add", "type": "expressionNode", "name": "add", "content": ADDS, **PLACE},
        {"id": "out", "type": "outputNode", "name": "out", **PLACE},
    ],
    "edges": [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "add"},
        {"id": "2", "type": "edge", "sourceId": "add", "targetId": "out"},
    ],
}
decision = zen.ZenEngine().create_decision(json.dumps(GRAPH))
for event in (
    {"id": "i1", "deleted_at": None, "payload": {"deleted_at": None}, "list": [None]},
    {"id": 18446744073709551615}, {"id": 18446744073709551616},
    {"ratio": 123456789.12345678}, {"ratio": 1e-28}, {"ratio": 1e-29}, {"ratio": 7e28}, {"ratio": 8e28},
):  # fmt: skip
    try:
        result = decision.evaluate({**event, "size": 7})["result"]
        print(json.dumps(event), json.dumps({name: value for name, value in sorted(result.items()) if name not in ("large", "size")}))
    except Exception:  # the package raises nothing more special
        print(json.dumps(event), "cannot be decided")

CONTEXT = {"size": 9007199254740993, "deleted_at": None}
for expression in ("size == 9007199254740992", "size == 9007199254740993", "size", "deleted_at"):
    print(expression, zen.evaluate_expression(expression, CONTEXT))
PYTHON
seen=$(venv/bin/python decide.py)
echo "$seen"
expected='{"id": "i1", "deleted_at": null, "payload": {"deleted_at": null}, "list": [null]} {"id": "i1", "list": [null], "payload": {"deleted_at": null}}
{"id": 18446744073709551615} {"id": 18446744073709551615}
{"id": 18446744073709551616} cannot be decided
{"ratio": 123456789.12345678} {"ratio": 123456789.1234568}
{"ratio": 1e-28} {"ratio": 1e-28}
{"ratio": 1e-29} {"ratio": 0}
{"ratio": 7e+28} {"ratio": 7e+28}
{"ratio": 8e+28} cannot be decided
size == 9007199254740992 False
size == 9007199254740993 True
size 9007199254740992.0
deleted_at None'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
