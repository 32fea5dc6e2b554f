#!/usr/bin/env bash
# Guess:    fastjsonschema, which has code for draft 2019-09 and takes a schema that names 2020-12, holds an event to the rules of
#           that draft, or says which it does not know.
# Really:   it drops without a word what came after draft 7: dependentRequired, dependentSchemas, minContains, prefixItems and
#           unevaluatedProperties, and what stands beside a $ref, as pydantic and OpenAPI 3.1 write it. Of 2019-09 it has but two
#           formats, uuid and duration. Events are accepted that jsonschema refuses; minContains: 0 is refused the other way
#           round. The validation of AWS Lambda Powertools is this one.
# Versions: fastjsonschema 2.22.3, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; JSON Schema 2019-09 and 2020-12; fastjsonschema/__init__.py,
#           _get_code_generator_class, and draft2019.py; fastjsonschema's documentation names drafts 4, 6 and 7.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fastjsonschema==2.22.3 jsonschema==4.26.0

cat >drafts.py <<'PYTHON'
import fastjsonschema
import jsonschema

NAME = {"$defs": {"name": {"type": "string"}}}
CASES = [
    ({"dependentRequired": {"checksum": ["algorithm"]}}, {"checksum": "d4"}),
    ({"dependentSchemas": {"checksum": {"required": ["algorithm"]}}}, {"checksum": "d4"}),
    ({"properties": {"id": {}}, "unevaluatedProperties": False}, {"id": "a", "ID": "a"}),
    ({"properties": {"tags": {"contains": {"const": "x"}, "minContains": 2}}}, {"tags": ["x"]}),
    ({"properties": {"tags": {"contains": {"const": "x"}, "minContains": 0}}}, {"tags": ["y"]}),
    ({**NAME, "properties": {"name": {"$ref": "#/$defs/name", "maxLength": 2}}}, {"name": "long"}),
    ({"properties": {"at": {"prefixItems": [{"type": "integer"}]}}}, {"at": ["x"]}),
    ({"properties": {"id": {"format": "uuid"}}}, {"id": "a"}),
]
for schema, event in CASES:
    for draft in ("2019-09", "2020-12"):
        named = {"$schema": f"https://json-schema.org/draft/{draft}/schema", **schema}
        try:
            fastjsonschema.compile(named)(event)
            fast = "accepted"
        except fastjsonschema.JsonSchemaValueException:
            fast = "refused"
        validator = jsonschema.validators.validator_for(named)
        said = validator(named, format_checker=validator.FORMAT_CHECKER).is_valid(event)
        print(f"{draft} {schema}, {event}: {fast}; jsonschema {'accepted' if said else 'refused'}")
PYTHON
seen=$(venv/bin/python drafts.py)
echo "$seen"
expected="2019-09 {'dependentRequired': {'checksum': ['algorithm']}}, {'checksum': 'd4'}: accepted; jsonschema refused
2020-12 {'dependentRequired': {'checksum': ['algorithm']}}, {'checksum': 'd4'}: accepted; jsonschema refused
2019-09 {'dependentSchemas': {'checksum': {'required': ['algorithm']}}}, {'checksum': 'd4'}: accepted; jsonschema refused
2020-12 {'dependentSchemas': {'checksum': {'required': ['algorithm']}}}, {'checksum': 'd4'}: accepted; jsonschema refused
2019-09 {'properties': {'id': {}}, 'unevaluatedProperties': False}, {'id': 'a', 'ID': 'a'}: accepted; jsonschema refused
2020-12 {'properties': {'id': {}}, 'unevaluatedProperties': False}, {'id': 'a', 'ID': 'a'}: accepted; jsonschema refused
2019-09 {'properties': {'tags': {'contains': {'const': 'x'}, 'minContains': 2}}}, {'tags': ['x']}: accepted; jsonschema refused
2020-12 {'properties': {'tags': {'contains': {'const': 'x'}, 'minContains': 2}}}, {'tags': ['x']}: accepted; jsonschema refused
2019-09 {'properties': {'tags': {'contains': {'const': 'x'}, 'minContains': 0}}}, {'tags': ['y']}: refused; jsonschema accepted
2020-12 {'properties': {'tags': {'contains': {'const': 'x'}, 'minContains': 0}}}, {'tags': ['y']}: refused; jsonschema accepted
2019-09 {'\$defs': {'name': {'type': 'string'}}, 'properties': {'name': {'\$ref': '#/\$defs/name', 'maxLength': 2}}}, {'name': 'long'}: accepted; jsonschema refused
2020-12 {'\$defs': {'name': {'type': 'string'}}, 'properties': {'name': {'\$ref': '#/\$defs/name', 'maxLength': 2}}}, {'name': 'long'}: accepted; jsonschema refused
2019-09 {'properties': {'at': {'prefixItems': [{'type': 'integer'}]}}}, {'at': ['x']}: accepted; jsonschema accepted
2020-12 {'properties': {'at': {'prefixItems': [{'type': 'integer'}]}}}, {'at': ['x']}: accepted; jsonschema refused
2019-09 {'properties': {'id': {'format': 'uuid'}}}, {'id': 'a'}: refused; jsonschema refused
2020-12 {'properties': {'id': {'format': 'uuid'}}}, {'id': 'a'}: refused; jsonschema refused"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
