#!/usr/bin/env bash
# Guess:    a pydantic class that datamodel-code-generator makes of the JSON Schema of an event refuses what the schema
#           refuses; what it cannot say in a class it tells.
# Really:   it writes a property that may be missing as one that may be null, so null passes where the schema refuses it;
#           if/then is left out without a word; and "yes", "7" and true are a boolean, an integer and an integer to the
#           class, whose types are not strict. What is closed, missing or no value of an enumeration it does refuse.
# Versions: datamodel-code-generator 0.89.0, pydantic 2.14.4, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; JSON Schema draft 7, validation, sections 6.1, 6.5.3 and 6.6.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check datamodel-code-generator==0.89.0 pydantic==2.14.4 \
  jsonschema==4.26.0

cat >image.json <<'JSON'
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Image",
  "type": "object",
  "required": ["status", "is_public", "size"],
  "properties": {
    "status": {"enum": ["active", "deleted"]},
    "is_public": {"type": "boolean"},
    "size": {"type": "integer"},
    "visibility": {"enum": ["public", "private"]}
  },
  "additionalProperties": false,
  "if": {"properties": {"visibility": {"const": "public"}}, "required": ["visibility"]},
  "then": {"properties": {"is_public": {"const": true}}}
}
JSON
venv/bin/datamodel-codegen --input image.json --input-file-type jsonschema --output image.py \
  --output-model-type pydantic_v2.BaseModel 2>said.txt
of_conditions=$(grep --count --word-regexp --regexp if --regexp then said.txt || true)

cat >judged.py <<'PYTHON'
import json

from image import Image
from jsonschema import Draft7Validator
from pydantic import ValidationError

GOOD = {"status": "active", "is_public": True, "size": 7}
CHANGES = {
    "nothing": {},
    "status of no image": {"status": "gone"},
    "one more": {"color": "red"},
    "null where it may be missing": {"visibility": None},
    "public, and not": {"visibility": "public", "is_public": False},
    "text for a boolean": {"is_public": "yes"},
    "text for an integer": {"size": "7"},
    "true for an integer": {"size": True},
}
schema = Draft7Validator(json.load(open("image.json")))


def class_accepts(payload):
    try:
        Image.model_validate(payload)
    except ValidationError:
        return False
    return True


for name, change in CHANGES.items():
    print(f"{name}: schema {schema.is_valid(GOOD | change)}, class {class_accepts(GOOD | change)}")
PYTHON
seen="lines said of if or then: $of_conditions
$(venv/bin/python judged.py)"
echo "$seen"
expected="lines said of if or then: 0
nothing: schema True, class True
status of no image: schema False, class False
one more: schema False, class False
null where it may be missing: schema False, class True
public, and not: schema False, class True
text for a boolean: schema False, class True
text for an integer: schema False, class True
true for an integer: schema False, class True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
