#!/usr/bin/env bash
# Guess:    fastjsonschema says of an event what the JSON Schema says of it; that it fills in what has a default, which its
#           documentation tells, comes on top of that, where the schema holds.
# Really:   it writes a default as soon as it comes by, into the event that it was given, in branches of oneOf and anyOf too that
#           do not hold in the end. A branch further on that is closed then meets a name that nobody sent: a delete is refused for
#           the size that a create would have. And in allOf a default stands in for what the next schema requires: an event
#           without a status is accepted. With use_default=False both are judged as jsonschema judges them.
# Versions: fastjsonschema 2.22.3, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; JSON Schema 2020-12 validation, 9.2 (default is an annotation);
#           fastjsonschema/draft04.py, generate_properties and generate_one_of.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fastjsonschema==2.22.3 jsonschema==4.26.0

cat >defaults.py <<'PYTHON'
import copy

import fastjsonschema
import jsonschema

CREATE = {"properties": {"size": {"default": 0}, "event": {"const": "create"}}}
DELETE = {"properties": {"event": {"const": "delete"}, "id": {"type": "string"}}, "additionalProperties": False}
BASE = {"properties": {"status": {"default": "active"}}}
CASES = [
    ({"oneOf": [CREATE, DELETE]}, {"event": "delete", "id": "a"}),
    ({"oneOf": [DELETE, CREATE]}, {"event": "delete", "id": "a"}),
    ({"anyOf": [CREATE, {"maxProperties": 2}]}, {"event": "delete", "id": "a"}),
    ({"allOf": [BASE, {"required": ["status"]}]}, {"id": "a"}),
    ({"allOf": [{"required": ["status"]}, BASE]}, {"id": "a"}),
]
for schema, event in CASES:
    said = []
    for use_default in (True, False):
        given = copy.deepcopy(event)
        try:
            fastjsonschema.compile(schema, use_default=use_default)(given)
            said.append(f"accepted {given if given != event else ''}".strip())
        except fastjsonschema.JsonSchemaValueException:
            said.append(f"refused {given if given != event else ''}".strip())
    by_jsonschema = "accepted" if jsonschema.Draft7Validator(schema).is_valid(event) else "refused"
    print(f"{schema}, {event}: {said[0]}; use_default=False {said[1]}; jsonschema {by_jsonschema}")
PYTHON
seen=$(venv/bin/python defaults.py)
echo "$seen"
expected="{'oneOf': [{'properties': {'size': {'default': 0}, 'event': {'const': 'create'}}}, {'properties': {'event': {'const': 'delete'}, 'id': {'type': 'string'}}, 'additionalProperties': False}]}, {'event': 'delete', 'id': 'a'}: refused {'event': 'delete', 'id': 'a', 'size': 0}; use_default=False accepted; jsonschema accepted
{'oneOf': [{'properties': {'event': {'const': 'delete'}, 'id': {'type': 'string'}}, 'additionalProperties': False}, {'properties': {'size': {'default': 0}, 'event': {'const': 'create'}}}]}, {'event': 'delete', 'id': 'a'}: accepted {'event': 'delete', 'id': 'a', 'size': 0}; use_default=False accepted; jsonschema accepted
{'anyOf': [{'properties': {'size': {'default': 0}, 'event': {'const': 'create'}}}, {'maxProperties': 2}]}, {'event': 'delete', 'id': 'a'}: refused {'event': 'delete', 'id': 'a', 'size': 0}; use_default=False accepted; jsonschema accepted
{'allOf': [{'properties': {'status': {'default': 'active'}}}, {'required': ['status']}]}, {'id': 'a'}: accepted {'id': 'a', 'status': 'active'}; use_default=False refused; jsonschema refused
{'allOf': [{'required': ['status']}, {'properties': {'status': {'default': 'active'}}}]}, {'id': 'a'}: refused; use_default=False refused; jsonschema refused"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
