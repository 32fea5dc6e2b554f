#!/usr/bin/env bash
# Guess:    a notification that keeps a JSON Schema can be written with the Avro schema that avrotize makes of it, and reads as
#           the same: where Avro cannot say a rule, the Avro schema is the wider of the two.
# Really:   it is narrower. An integer is an int of 32 bits, so no image above 2 GiB can be written; a number is a float, by which
#           0.1 is read as another number; what is ["integer", "null"] and required is no longer null; the const image.create
#           is the symbol image_create, so image.create itself is refused; and of the properties os-type and os_type one is left.
#           Nothing is said of it. "format": "int64" makes a long.
# Versions: avrotize 3.9.3, avro 1.12.2, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema and Apache's Avro package; JSON Schema 2020-12, 4.2.1 (numbers of any size);
#           avrotize/jsonstoavro.py; avrotize's issue 3 (closed) of the int.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check avrotize==3.9.3 avro==1.12.2 jsonschema==4.26.0

cat >schema.json <<'JSON'
{"$schema": "http://json-schema.org/draft-07/schema#", "title": "Image", "type": "object",
 "properties": {"kind": {"const": "image.create"}, "size": {"type": "integer"}, "owner": {"type": ["integer", "null"]},
  "rate": {"type": "number"}, "os-type": {"type": "string"}, "os_type": {"type": "string"}},
 "required": ["kind", "size", "owner", "rate"]}
JSON
cat >writes.py <<'PYTHON'
import io
import json
from pathlib import Path

import avro.io
import avro.schema
import jsonschema
from avro.errors import AvroException

validator = jsonschema.Draft7Validator(json.loads(Path("schema.json").read_text()))
schema = avro.schema.parse(Path("schema.avsc").read_text())
image = {"kind": "image.create", "size": 5, "owner": 7, "rate": 0.5}
written = image | {"kind": "image_create", "os_type": None}
print([f"{field.name}: {field.type.type}" for field in schema.fields])
for change in ({}, {"size": 5 * 2**30}, {"owner": None}, {"rate": 0.1}, {"kind": "image.create"}):
    stream = io.BytesIO()
    try:
        avro.io.DatumWriter(schema).write(written | change, avro.io.BinaryEncoder(stream))
    except AvroException:
        outcome = "refused"
    else:
        stream.seek(0)
        read = avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(stream))
        outcome = f"read as {({name: read[name] for name in change})}"
    print(f"{change}: valid {validator.is_valid(image | change)}, by the Avro schema {outcome}")
PYTHON
venv/bin/avrotize j2a schema.json --out schema.avsc >stdout 2>&1 || { cat stdout; exit 1; }
seen=$(venv/bin/python writes.py)
echo "$seen"
expected="['kind: enum', 'size: int', 'owner: int', 'rate: float', 'os_type: union']
{}: valid True, by the Avro schema read as {}
{'size': 5368709120}: valid True, by the Avro schema refused
{'owner': None}: valid True, by the Avro schema refused
{'rate': 0.1}: valid True, by the Avro schema read as {'rate': 0.10000000149011612}
{'kind': 'image.create'}: valid True, by the Avro schema refused"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
