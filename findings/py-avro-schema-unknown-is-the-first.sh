#!/usr/bin/env bash
# Guess:    the Avro schema that py-avro-schema makes of a class says what the class says: an enum that has no default there has
#           none in the schema, so an event with a symbol that is new to its reader is refused.
# Really:   every enum gets a default, its first member: an image that a newer service calls deleted is read as active by whoever
#           has the older class, without a word; so it is in a list. Nothing in the class asks for it, no option turns it off, and
#           the field still has no default. Which one is taken depends on the order of the members: with unknown in front it is
#           unknown. With the default taken out of the schema the same bytes raise.
# Versions: py-avro-schema 3.8.2, fastavro 1.12.1, Python 3.11
# Source:   run here; py_avro_schema/_schemas.py, EnumSchema.data_before_deduplication ("default": self.symbols[0], and the
#           comment above it); Avro 1.12, "Enums" (default: for symbols that the reader does not have; it is optional) and "Schema
#           Resolution".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check py-avro-schema==3.8.2 fastavro==1.12.1

cat >enums.py <<'PYTHON'
import dataclasses
import enum
import io
import json

import fastavro
import py_avro_schema


def image(*names):
    """Make the class of an event with a status of these names, as a service of some release has it."""
    status = enum.Enum("Status", {name: name for name in names})
    fields = [("id", str), ("status", status), ("before", list[status])]
    return dataclasses.make_dataclass("Image", fields)


def schema(*names):
    return json.loads(py_avro_schema.generate(image(*names), options=py_avro_schema.Option.NO_DOC))


def read(event, writer, reader):
    written = io.BytesIO()
    fastavro.schemaless_writer(written, fastavro.parse_schema(writer), event)
    written.seek(0)
    try:
        return fastavro.schemaless_reader(written, writer, reader)
    except Exception as error:
        return type(error).__name__


EVENT = {"id": "i1", "status": "deleted", "before": ["queued", "deleted"]}
new = schema("active", "queued", "deleted")
old = schema("active", "queued")
print(json.dumps(old["fields"][1]))
print("read by the older class:", read(EVENT, new, old))
print("with unknown in front:", read(EVENT, new, schema("unknown", "active", "queued")))
without = schema("active", "queued")
del without["fields"][1]["type"]["default"]
print("without the default:", read(EVENT, new, without))
PYTHON
seen=$(venv/bin/python -W ignore enums.py)
echo "$seen"
expected="{\"name\": \"status\", \"type\": {\"type\": \"enum\", \"name\": \"Status\", \"symbols\": [\"active\", \"queued\"], \"default\": \"active\", \"namespace\": \"__main__\"}}
read by the older class: {'id': 'i1', 'status': 'active', 'before': ['queued', 'active']}
with unknown in front: {'id': 'i1', 'status': 'unknown', 'before': ['queued', 'unknown']}
without the default: SchemaResolutionError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
