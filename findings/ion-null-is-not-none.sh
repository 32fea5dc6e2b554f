#!/usr/bin/env bash
# Guess:    Amazon Ion reads every JSON document, as its documentation says, so a consumer of both formats reads its events with
#           amazon.ion and holds them against a JSON Schema, or asks payload["deleted_at"] is None.
# Really:   the whole event is no object to jsonschema, true is no boolean but an integer, and null is of no type: each is of a
#           class of Ion's own, for no class can be derived from bool or None. null is not None, nor equal to it, though false in
#           a condition; json.dumps writes true as 1. Texts, numbers and lists pass. With the value_model
#           MAY_BE_BARE | STRUCT_AS_STD_DICT all is Python's own, but for what Ion has to remember.
# Versions: amazon.ion 0.15.0, jsonschema 4.26.0, Python 3.11
# Source:   run here; Ion's documentation, "Why Ion?" (a superset of JSON); amazon/ion/simple_types.py, IonPyNull, IonPyBool and
#           IonPyDict; the docstring of simpleion.load names value_model.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check amazon.ion==0.15.0 jsonschema==4.26.0

cat >events.py <<'PYTHON'
import json

from amazon.ion import simpleion
from amazon.ion.simpleion import IonPyValueModel as Model
from jsonschema import Draft202012Validator

EVENT = '{"id": "a", "size": 1.5, "hidden": true, "deleted_at": null, "tags": ["b"]}'
WAYS = {
    "ion": simpleion.loads(EVENT),
    "bare": simpleion.loads(EVENT, value_model=Model.MAY_BE_BARE | Model.STRUCT_AS_STD_DICT),
    "json": json.loads(EVENT),
}


def types(value):
    names = ("object", "array", "string", "integer", "number", "boolean", "null")
    return "/".join(name for name in names if Draft202012Validator({"type": name}).is_valid(value)) or "nothing"


for way, event in WAYS.items():
    print(f"{way}: the event {types(event)}", *(f"{name} {types(value)}" for name, value in event.items()), sep=", ")
    print(f"{way}: null is None {event['deleted_at'] is None}, == None {event['deleted_at'] == None}", end=", ")  # noqa: E711
    print(f"true is True {event['hidden'] is True}, in JSON {json.dumps(event['hidden'])}")
PYTHON
seen=$(venv/bin/python events.py)
echo "$seen"
expected="ion: the event nothing, id string, size number, hidden integer/number, deleted_at nothing, tags array
ion: null is None False, == None False, true is True False, in JSON 1
bare: the event object, id string, size number, hidden boolean, deleted_at null, tags array
bare: null is None True, == None True, true is True True, in JSON true
json: the event object, id string, size number, hidden boolean, deleted_at null, tags array
json: null is None True, == None True, true is True True, in JSON true"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
