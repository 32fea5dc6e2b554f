#!/usr/bin/env bash
# Guess:    the schemas that datacontract-cli exports of one data contract, JSON Schema, pydantic and Avro, describe the same
#           events: what is optional, and in the Open Data Contract Standard all is that is not said to be required, is so in each
#           of them.
# Really:   in Avro all is required, and nothing may be null: an event with its id alone is valid by the JSON Schema and the class,
#           and cannot be written in Avro. "required: false" makes it a union with null, without a default, so who reads with it
#           what an older contract wrote fails. A number is bytes, with no logical type, so no number can be written; a list of
#           objects has a record whose name is null, which fastavro refuses to read. Of the JSON Schema's lists the items may be
#           null, and minItems, uniqueItems and multipleOf are left out of it. Every export ends with status 0 and without a
#           warning.
# Versions: datacontract-cli 1.2.8, fastavro 1.12.1, jsonschema 4.26.0, Python 3.11
# Source:   run here; datacontract/export/avro_exporter.py, to_avro_field (else True) and to_avro_record;
#           datacontract/export/jsonschema_exporter.py; datacontract/schemas/odcs-3.1.0.schema.json (required: false by default).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check datacontract-cli==1.2.8 fastavro==1.12.1 jsonschema==4.26.0

cat >images.yaml <<'YAML'
apiVersion: v3.1.0
kind: DataContract
id: images
name: images
version: 1.0.0
status: active
schema:
  - name: ImageCreated
    logicalType: object
    properties:
      - {name: id, logicalType: string, required: true}
      - {name: status, logicalType: string}
YAML
with() {
  sed "\$a\\      - $1" images.yaml >other.yaml
  venv/bin/datacontract export "$2" other.yaml
}
cat >write.py <<'PYTHON'
import io
import json
import sys

import fastavro
from jsonschema import Draft7Validator

what, kind, event = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
exported = sys.stdin.read()
if kind == "jsonschema":
    told = Draft7Validator(json.loads(exported)).is_valid(event)
elif kind == "pydantic-model":
    names = {}
    exec(exported, names)
    told = names["Imagecreated"].model_validate(event).model_dump(exclude_unset=True) == event
else:
    try:
        schema = fastavro.parse_schema(json.loads(exported))
        fastavro.schemaless_writer(io.BytesIO(), schema, event)
        told = True
    except Exception as error:
        told = type(error).__name__
print(f"{what}, {kind}: {told}")
PYTHON
says() {
  for kind in jsonschema pydantic-model avro; do
    with "$2" "$kind" | venv/bin/python write.py "$1" "$kind" "$3"
  done
}
seen=$(
  says "id alone" '{name: size, logicalType: integer}' '{"id": "a1"}'
  says "a number" '{name: load, logicalType: number}' '{"id": "a1", "status": "active", "load": 0.5}'
  says "a list" '{name: members, logicalType: array, items: {logicalType: object, properties: [{name: id, logicalType: string}]}}' \
    '{"id": "a1", "status": "active", "members": [{"id": "u1"}]}'
  with '{name: size, logicalType: integer, required: false}' avro | tr -d ' \n' | grep -o '{"name":"size".*}]'
  with '{name: tags, logicalType: array, logicalTypeOptions: {minItems: 1, uniqueItems: true}, items: {logicalType: string}}' jsonschema |
    tr -d ' \n' | grep -o '"tags":.*"required":\["id"\]'
)
echo "$seen"
expected='id alone, jsonschema: True
id alone, pydantic-model: True
id alone, avro: ValueError
a number, jsonschema: True
a number, pydantic-model: True
a number, avro: TypeError
a list, jsonschema: True
a list, pydantic-model: True
a list, avro: TypeError
{"name":"size","type":["null","int"]}]
"tags":{"type":["array","null"],"items":{"type":["string","null"]}}},"required":["id"]'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
