#!/usr/bin/env bash
# Guess:    a field that only the reader's Avro schema has comes with its default as a value of its type: bytes as bytes, a
#           timestamp-millis as a time, just as if the writer had written it.
# Really:   fastavro hands over what stands in the schema: a text for bytes, a number for a time (a message that has the field
#           gives a datetime), an empty object for a record whose fields have defaults. A list is the schema's own: what a
#           consumer appends to it stands in every later message. Apache's package fills the record and makes bytes, but of
#           "\u00ff" c3 bf, where the specification says ff; its time is a number, too.
# Versions: fastavro 1.13.1, avro 1.12.2, Python 3.11
# Source:   run here; Avro 1.12, "Complex Types" (defaults: Unicode code points 0-255 are bytes 0-255) and "Schema Resolution";
#           fastavro/_read.pyx, read_record; fastavro's issue 869 (open) knows of the bytes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1

cat >defaults.py <<'PYTHON'
import io
import json

import fastavro
from avro import io as apache
from avro import schema


def record(*fields):
    return {"type": "record", "name": "Image", "fields": [{"name": "id", "type": "string"}, *fields]}


DISK = {"type": "record", "name": "Disk", "fields": [{"name": "gib", "type": "int", "default": 4}]}
NEW = (
    {"name": "raw", "type": "bytes", "default": "\u00ff"},
    {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 0},
    {"name": "disk", "type": DISK, "default": {}},
    {"name": "tags", "type": {"type": "array", "items": "string"}, "default": []},
)
old, new = record(), record(*NEW)


def by_fastavro(reader=fastavro.parse_schema(new)):
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, fastavro.parse_schema(old), {"id": "a1"})
    stream.seek(0)
    return fastavro.schemaless_reader(stream, fastavro.parse_schema(old), reader)


def by_apache(writer=schema.parse(json.dumps(old)), reader=schema.parse(json.dumps(new))):
    stream = io.BytesIO()
    apache.DatumWriter(writer).write({"id": "a1"}, apache.BinaryEncoder(stream))
    stream.seek(0)
    return apache.DatumReader(writer, reader).read(apache.BinaryDecoder(stream))


for name, read in (("fastavro", by_fastavro), ("avro", by_apache)):
    first = read()
    first["tags"].append("seen")
    print(name, *(f"{field}={first[field]!r}" for field in ("raw", "at", "disk")), f"tags of the next message: {read()['tags']}")
PYTHON
seen=$(venv/bin/python defaults.py)
echo "$seen"
expected="fastavro raw='ÿ' at=0 disk={} tags of the next message: ['seen']
avro raw=b'\\xc3\\xbf' at=0 disk={'gib': 4} tags of the next message: []"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
