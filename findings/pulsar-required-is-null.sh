#!/usr/bin/env bash
# Guess:    a field that a record of Pulsar's Python client calls required is there, and is no null: JsonSchema and AvroSchema of
#           the same class send and read the same messages.
# Really:   JsonSchema sends {"id": null} of a record whose id was never set, and reads a message without it as None; only
#           AvroSchema refuses. The schema that is registered with the broker is the same Avro document for both, and
#           says "string". An Integer field takes true, and JsonSchema sends it as true.
# Versions: pulsar-client 3.13.0, fastavro 1.13.1, Python 3.11
# Source:   run here without a broker; pulsar/schema/definition.py, Field.validate_type; Pulsar's documentation of required fields.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pulsar-client==3.13.0 fastavro==1.13.1

cat >required.py <<'PYTHON'
import json

from pulsar.schema import AvroSchema, Integer, JsonSchema, Record, String


class Image(Record):
    id = String(required=True)
    size = Integer()


print("registered", json.dumps({field["name"]: field["type"] for field in Image.schema()["fields"]}))
for name, schema in (("JsonSchema", JsonSchema(Image)), ("AvroSchema", AvroSchema(Image))):
    for image in (Image(id="a1", size=3), Image(size=3), Image(id="a1", size=True)):
        try:
            sent = schema.encode(image)
            print(name, json.loads(sent) if name == "JsonSchema" else "sends it")
        except (TypeError, ValueError) as error:
            print(name, type(error).__name__)
print("read of {}:", JsonSchema(Image).decode(b"{}").id)
PYTHON
seen=$(venv/bin/python required.py)
echo "$seen"
expected="registered {\"id\": \"string\", \"size\": [\"null\", \"int\"]}
JsonSchema {'id': 'a1', 'size': 3}
JsonSchema {'id': None, 'size': 3}
JsonSchema {'id': 'a1', 'size': True}
AvroSchema sends it
AvroSchema TypeError
AvroSchema ValueError
read of {}: None"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
