#!/usr/bin/env bash
# Guess:    what the compatibility checker of Apache's Avro package calls compatible, the reader of the same package reads: an
#           event of the writer's schema comes out of the reader's with its values.
# Really:   the checker keeps Avro's rules for schema resolution, and the reader does not. A field that was renamed, with the old
#           name as an alias, has its default instead of what was sent, without a word, or raises where it has none; so do text
#           and bytes for each other, another namespace, and a symbol that is new to the reader, for which the enum has a default.
#           fastavro reads each of them.
# Versions: avro 1.12.2, fastavro 1.13.1, Python 3.11
# Source:   run here; Avro 1.12, "Schema Resolution" and "Aliases"; avro/compatibility.py, ReaderWriterCompatibilityChecker;
#           avro/io.py, DatumReader.read_record and read_enum.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1

cat >compatible.py <<'PYTHON'
import io
import json

import avro.io
import avro.schema
import fastavro
from avro.compatibility import ReaderWriterCompatibilityChecker


def event(*fields, **more):
    return {"type": "record", "name": "Event", "fields": list(fields), **more}


def status(*symbols, **more):
    return event({"name": "status", "type": {"type": "enum", "name": "Status", "symbols": list(symbols), **more}})


SIZE = {"name": "size", "type": "long"}
BYTES = {"name": "bytes", "type": "long", "aliases": ["size"]}
CASES = {
    "renamed, with a default": (event(SIZE), event({**BYTES, "default": 0}), {"size": 7}),
    "renamed, without": (event(SIZE), event(BYTES), {"size": 7}),
    "a new symbol": (status("active", "saving"), status("active", default="active"), {"status": "saving"}),
    "text for bytes": (event({"name": "id", "type": "bytes"}), event({"name": "id", "type": "string"}), {"id": b"a"}),
    "another namespace": (event(SIZE, namespace="v1"), event(SIZE, namespace="v2"), {"size": 7}),
    "a new field": (event(SIZE), event(SIZE, {"name": "id", "type": "string", "default": ""}), {"size": 7}),
}
for case, (writers, readers, value) in CASES.items():
    writer, reader = (avro.schema.parse(json.dumps(schema)) for schema in (writers, readers))
    verdict = ReaderWriterCompatibilityChecker().get_compatibility(reader, writer).compatibility.value
    written = io.BytesIO()
    avro.io.DatumWriter(writer).write(value, avro.io.BinaryEncoder(written))
    try:
        written.seek(0)
        read = avro.io.DatumReader(writer, reader).read(avro.io.BinaryDecoder(written))
    except avro.errors.SchemaResolutionException as error:
        read = type(error).__name__
    written.seek(0)
    fast = fastavro.schemaless_reader(written, writers, readers)
    print(f"{case}: {verdict}; {value} is read as {read}, by fastavro as {fast}")
PYTHON
seen=$(venv/bin/python compatible.py)
echo "$seen"
expected="renamed, with a default: compatible; {'size': 7} is read as {'bytes': 0}, by fastavro as {'bytes': 7}
renamed, without: compatible; {'size': 7} is read as SchemaResolutionException, by fastavro as {'bytes': 7}
a new symbol: compatible; {'status': 'saving'} is read as SchemaResolutionException, by fastavro as {'status': 'active'}
text for bytes: compatible; {'id': b'a'} is read as SchemaResolutionException, by fastavro as {'id': 'a'}
another namespace: compatible; {'size': 7} is read as SchemaResolutionException, by fastavro as {'size': 7}
a new field: compatible; {'size': 7} is read as {'size': 7, 'id': ''}, by fastavro as {'size': 7, 'id': ''}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
