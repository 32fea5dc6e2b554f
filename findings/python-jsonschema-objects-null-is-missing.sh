#!/usr/bin/env bash
# Guess:    a class that python-jsonschema-objects makes of the JSON Schema of an event reads what keeps the schema, writes it again
#           as it was, and refuses what breaks it: as_dict and serialize validate.
# Really:   null, where the schema has ["string", "null"], is left out of what it writes, so an event that kept the schema breaks
#           it once it was read and written: its field is required. And an event without that field is read, as if it had been
#           null. It passes true for an enum of 1, too, a value of which two alternatives of oneOf hold, and an object of fewer
#           members than minProperties; a maximum it minds.
# Versions: python-jsonschema-objects 0.5.7, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; JSON Schema draft 4 validation, 5.4.3 (required: has a property of the name), 5.4.2,
#           5.5.1 and 5.5.5; python_jsonschema_objects/classbuilder.py, missing_property_names, whose docstring says that what may be
#           null is not missing.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-jsonschema-objects==0.5.7 jsonschema==4.26.0

cat >objects.py <<'PYTHON'
import json
import warnings

warnings.simplefilter("ignore")
import jsonschema
import python_jsonschema_objects as objects

NULLABLE = {"properties": {"size": {"type": ["integer", "null"]}, "name": {"type": "string"}}}
for rules, event in (
    ({**NULLABLE, "required": ["size"]}, {"size": None, "name": "a"}),
    ({**NULLABLE, "required": ["size"]}, {"name": "a"}),
    ({"properties": {"size": {"enum": [1, 2]}}}, {"size": True}),
    ({"properties": {"size": {"oneOf": [{"type": "integer"}, {"type": "number"}]}}}, {"size": 1}),
    ({"properties": {"size": {"type": "integer"}}, "minProperties": 2}, {"size": 1}),
    ({"properties": {"size": {"type": "integer", "maximum": 2}}}, {"size": 3}),
):
    schema = {"$schema": "http://json-schema.org/draft-04/schema#", "title": "Image", "type": "object", **rules}
    valid = jsonschema.Draft4Validator(schema).is_valid(event)
    Image = objects.ObjectBuilder(schema).build_classes().Image
    try:
        seen = Image.from_json(json.dumps(event)).serialize()
    except objects.ValidationError as error:
        seen = "none, " + str(error).splitlines()[0].strip()
    print(json.dumps(event), "is", "valid" if valid else "invalid", "- written:", seen)
PYTHON
seen=$(venv/bin/python objects.py)
echo "$seen"
expected="{\"size\": null, \"name\": \"a\"} is valid - written: {\"name\": \"a\"}
{\"name\": \"a\"} is invalid - written: {\"name\": \"a\"}
{\"size\": true} is invalid - written: {\"size\": true}
{\"size\": 1} is invalid - written: {\"size\": 1}
{\"size\": 1} is invalid - written: {\"size\": 1}
{\"size\": 3} is invalid - written: none, 3 is greater than 2"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
