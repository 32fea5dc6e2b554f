#!/usr/bin/env bash
# Guess:    what jsf makes of the JSON Schema of an event keeps that schema, so a consumer can be tested with it; what jsf does
#           not know of JSON Schema, it says.
# Really:   a name that is required and not described under properties is missing, as is what a map has to have by minProperties;
#           of allOf, if/then, not and dependentRequired nothing is asked where properties stand beside them; a pattern loses its
#           maxLength. No word of it. A maximum below nought and numbers that lie between two whole ones raise a ValueError. A
#           uuid and limits of whole numbers are kept.
# Versions: jsf 0.11.2, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; jsf/parser.py and jsf/schema_types; jsf's README names contentMediaType as what it
#           supports in part, and nothing else.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsf==0.11.2 jsonschema==4.26.0

cat >samples.py <<'PYTHON'
import jsonschema
from jsf import JSF

ID = {"id": {"type": "string"}}
CASES = {
    "required, not described": {"properties": ID, "required": ["id", "size"]},
    "a map that is not empty": {"additionalProperties": {"type": "integer"}, "minProperties": 1},
    "allOf": {"properties": {**ID, "size": {"type": "integer"}}, "allOf": [{"required": ["id", "size"]}]},
    "if/then": {"properties": ID, "required": ["id"], "if": {"required": ["id"]}, "then": {"required": ["size"]}},
    "not": {"properties": ID, "required": ["id"], "not": {"required": ["id"]}},
    "dependentRequired": {"properties": ID, "required": ["id"], "dependentRequired": {"id": ["size"]}},
    "pattern and maxLength": {"properties": {"nr": {"type": "string", "pattern": "^[0-9]+$", "maxLength": 1}}, "required": ["nr"]},
    "format": {"properties": {"id": {"type": "string", "format": "uuid"}}, "required": ["id"]},
    "limits": {"properties": {"size": {"type": "integer", "minimum": 3, "maximum": 4}}, "required": ["size"]},
    "a maximum below nought": {"properties": {"size": {"type": "integer", "maximum": -10}}, "required": ["size"]},
    "between whole numbers": {"properties": {"rate": {"type": "number", "minimum": 0.5, "maximum": 0.6}}, "required": ["rate"]},
}
for case, rules in CASES.items():
    schema = {"type": "object", **rules}
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    try:
        kept = sum(validator.is_valid(JSF(schema).generate()) for _ in range(40))
        print(f"{case}: {'all samples keep it' if kept == 40 else 'samples break it'}")
    except ValueError as error:
        print(f"{case}: {type(error).__name__}")
PYTHON
seen=$(venv/bin/python samples.py)
echo "$seen"
expected="required, not described: samples break it
a map that is not empty: samples break it
allOf: samples break it
if/then: samples break it
not: samples break it
dependentRequired: samples break it
pattern and maxLength: samples break it
format: all samples keep it
limits: all samples keep it
a maximum below nought: ValueError
between whole numbers: ValueError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
