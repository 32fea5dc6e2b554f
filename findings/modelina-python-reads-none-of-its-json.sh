#!/usr/bin/env bash
# Guess:    a Python class that AsyncAPI's Modelina makes of the JSON Schema of an event is made of the event's JSON, and with its
#           preset for JSON, PYTHON_JSON_SERIALIZER_PRESET, it writes that JSON and reads it.
# Really:   it looks for its own names: imageId under image_id, os-type under os_type, class under reserved_class. What need not
#           be there is taken for absent, without a word; what must be there is a KeyError. With the preset it writes the names of
#           Python's attributes, "_image_id", ends in an AttributeError at an enum, and reads nothing, neither what it wrote nor
#           the event: each is a TypeError. Of two names that become one, diskFormat and disk_format, one is not in the class at
#           all.
# Versions: @asyncapi/modelina 5.10.1, jsonschema 4.26.0, Node.js 20, Python 3.11
# Source:   run here; the classes that are written (input['image_id'], and self.__dict__ and Event(**json.loads(…)) of the
#           preset); @asyncapi/modelina, lib/cjs/generators/python/presets/JsonSerializer.js.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/modelina@5.10.1 >>npm.log

cat >schema.json <<'JSON'
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "Event",
  "type": "object",
  "required": ["id"],
  "properties": {
    "id": {"type": "string"},
    "imageId": {"type": "string"},
    "os-type": {"type": "string"},
    "class": {"type": "string"},
    "status": {"enum": ["active", "queued"]},
    "diskFormat": {"type": "string"},
    "disk_format": {"type": "integer"}
  },
  "additionalProperties": false
}
JSON
cat >generate.js <<'JAVASCRIPT'
const { PYTHON_JSON_SERIALIZER_PRESET, PythonFileGenerator } = require('@asyncapi/modelina');

const generator = new PythonFileGenerator({ presets: [{ preset: PYTHON_JSON_SERIALIZER_PRESET }] });
generator.generateToFiles(require('./schema.json'), `${__dirname}/asyncapimodels`, {});
JAVASCRIPT
cat >read.py <<'PYTHON'
import json
import pathlib

import jsonschema

from asyncapimodels.event import Event

EVENT = {"id": "a1", "imageId": "b1", "os-type": "linux", "class": "x", "status": "active", "diskFormat": "raw", "disk_format": 1}
jsonschema.validate(EVENT, json.loads(pathlib.Path("schema.json").read_text()))
event = Event(EVENT)
print("read:", {name: str(value) for name, value in vars(event).items()})
try:
    event.serialize_to_json()
except AttributeError as error:
    print("written:", error)
written = Event({"id": "a1", "image_id": "b1"}).serialize_to_json()
print("without an enum:", " ".join(written.split()))
for name, text in (("what it wrote", written), ("the event", json.dumps(EVENT)), ("only its id", '{"id": "a1"}')):
    try:
        print(name, Event.deserialize_from_json(text))
    except TypeError as error:
        print(f"{name}: {error}")
PYTHON
node generate.js
seen=$(venv/bin/python read.py)
echo "$seen"
refused="Event.__init__() got an unexpected keyword argument"
expected="read: {'_id': 'a1', '_status': 'Status.ACTIVE', '_disk_format': '1'}
written: 'mappingproxy' object has no attribute '__dict__'
without an enum: { \"_id\": \"a1\", \"_image_id\": \"b1\" }
what it wrote: $refused '_id'
the event: $refused 'id'
only its id: $refused 'id'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
