#!/usr/bin/env bash
# Guess:    an event that dataclasses-avroschema writes in Avro's JSON, where the name of the record stands beside it, {"Deleted":
#           {…}}, is read as that record again, as its binary form is, of which the same class reads the number of the record.
# Really:   of JSON the name is read and thrown away, as fastavro's json_reader does it, and the first class of the union that what
#           is left fits is taken: Deleted is read as Created, and its reason, for which Created has no field, is dropped without a
#           word. So it is in the other direction where the union names Deleted first. strict_unions_match makes an error of what
#           fits both, of Created as well. The binary form is right in each of these.
# Versions: dataclasses-avroschema 0.71.1 (dacite 1.9.2), fastavro 1.13.1, Python 3.11
# Source:   run here; Avro 1.12, "JSON Encoding" (a union is an object with the name of the type); dataclasses_avroschema/
#           serialization.py, deserialize (return_record_name for avro alone); its issues 584 and 849 (open) of the binary form.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check dataclasses-avroschema==0.71.1 dacite==1.9.2 fastavro==1.13.1

cat >unions.py <<'PYTHON'
import io
from dataclasses import dataclass
from typing import Union

import fastavro
from dataclasses_avroschema import AvroModel


@dataclass
class Created(AvroModel):
    id: str


@dataclass
class Deleted(AvroModel):
    id: str
    reason: str = "unknown"


@dataclass
class Envelope(AvroModel):
    event: Union[Created, Deleted]


@dataclass
class Strict(AvroModel):
    event: Union[Created, Deleted]

    class Meta:
        dacite_config = {"strict_unions_match": True}


def read(envelope, event, form):
    written = envelope(event).serialize(serialization_type=form)
    try:
        return written, envelope.deserialize(written, serialization_type=form).event
    except Exception as error:
        return written, type(error).__name__


for event in (Created("a1"), Deleted("a1", "expired")):
    for envelope in (Envelope, Strict):
        _, binary = read(envelope, event, "avro")
        written, as_json = read(envelope, event, "avro-json")
        print(f"{envelope.__name__}: binary {binary}")
        print(f"{envelope.__name__}: {written.decode()} {as_json}")

written = Envelope(Deleted("a1", "expired")).serialize(serialization_type="avro-json").decode()
schema = fastavro.parse_schema(Envelope.avro_schema_to_python())
print("fastavro's json_reader:", *fastavro.json_reader(io.StringIO(written), schema))
PYTHON
seen=$(venv/bin/python unions.py)
echo "$seen"
expected="Envelope: binary Created(id='a1')
Envelope: {\"event\": {\"Created\": {\"id\": \"a1\"}}} Created(id='a1')
Strict: binary Created(id='a1')
Strict: {\"event\": {\"Created\": {\"id\": \"a1\"}}} StrictUnionMatchError
Envelope: binary Deleted(id='a1', reason='expired')
Envelope: {\"event\": {\"Deleted\": {\"id\": \"a1\", \"reason\": \"expired\"}}} Created(id='a1')
Strict: binary Deleted(id='a1', reason='expired')
Strict: {\"event\": {\"Deleted\": {\"id\": \"a1\", \"reason\": \"expired\"}}} StrictUnionMatchError
fastavro's json_reader: {'event': {'id': 'a1', 'reason': 'expired'}}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
