#!/usr/bin/env bash
# Guess:    asyncapi-payload-validator, which calls its check of a message against an AsyncAPI document comprehensive, says what
#           the message's JSON Schema says, but for what its page names: names that are not declared, and "7" for a number.
# Really:   a property without `type` is an object to it, so an enum or a const refuses every one of its values; names that
#           patternProperties or additionalProperties describe are "extra"; of oneOf both alternatives' names are required. The
#           other way round it passes a name that is required and not under properties, an array of the wrong items, or of too
#           few, exclusiveMinimum, true as an integer, and a list where the payload is an object. No word of any of it.
# Versions: asyncapi-payload-validator 1.0.2, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; asyncapi_payload_validator/validator.py, whose docstring calls it a focused
#           subset; its README lists the rules without saying what is left out.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check asyncapi-payload-validator==1.0.2 jsonschema==4.26.0

cat >judged.py <<'PYTHON'
import jsonschema
from asyncapi_payload_validator import validate_payload


def an(**properties):
    return {"type": "object", "properties": properties}


def of(value, **items):
    return an(v={"type": "array", "items": items or {}}), {"v": value}


A, B = ({"type": "object", "required": [name], "properties": {name: {"type": "string"}}} for name in "ab")
WHOLE = {"type": "integer"}
for name, schema, payload in (
    ("type", an(v=WHOLE), {"v": "x"}), ("minimum", an(v={**WHOLE, "minimum": 5}), {"v": 4}),
    ("enum", an(v={"enum": ["x"]}), {"v": "x"}), ("const", an(v={"const": "x"}), {"v": "x"}),
    ("patternProperties", {"type": "object", "patternProperties": {"^os_": {"type": "string"}}}, {"os_type": "linux"}),
    ("additionalProperties", {"type": "object", "additionalProperties": WHOLE}, {"n": 1}),
    ("oneOf", {"oneOf": [A, B]}, {"b": "x"}), ("required", {"type": "object", "required": ["id"]}, {}),
    ("items", *of(["x"], type="integer")), ("minItems", an(v={"type": "array", "minItems": 1}), {"v": []}),
    ("exclusiveMinimum", an(v={**WHOLE, "exclusiveMinimum": 5}), {"v": 5}), ("true", an(v=WHOLE), {"v": True}),
    ("payload", an(v=WHOLE), [7]),
):  # fmt: skip
    document = {
        "asyncapi": "3.0.0", "info": {"title": "t", "version": "1"}, "operations": {},
        "channels": {"c": {"address": "c", "messages": {"m": {"payload": schema}}}},
    }  # fmt: skip
    says = {True: "yes", False: "no"}
    expected = jsonschema.Draft7Validator(schema).is_valid(payload)
    print(f"{name}: {payload}: jsonschema {says[expected]}, here {says[validate_payload(payload, document)['valid']]}")
PYTHON
seen=$(venv/bin/python judged.py)
echo "$seen"
expected="type: {'v': 'x'}: jsonschema no, here no
minimum: {'v': 4}: jsonschema no, here no
enum: {'v': 'x'}: jsonschema yes, here no
const: {'v': 'x'}: jsonschema yes, here no
patternProperties: {'os_type': 'linux'}: jsonschema yes, here no
additionalProperties: {'n': 1}: jsonschema yes, here no
oneOf: {'b': 'x'}: jsonschema yes, here no
required: {}: jsonschema no, here yes
items: {'v': ['x']}: jsonschema no, here yes
minItems: {'v': []}: jsonschema no, here yes
exclusiveMinimum: {'v': 5}: jsonschema no, here yes
true: {'v': True}: jsonschema no, here yes
payload: [7]: jsonschema no, here yes"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
