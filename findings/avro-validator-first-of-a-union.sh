#!/usr/bin/env bash
# Guess:    avro-validator, whose page calls it a pure Python Avro schema validator, reads the schemas that Avro allows, says what
#           a library says of an event that is about to be written, and of a union takes whichever type fits.
# Really:   of a union the first type that Python takes for the same kind decides: of two records the second is never tried, and a
#           long behind an int is too large. A type that is named a second time is not recognized, be it an enum; nor is a schema
#           that says more than it knows, which Avro has to be passed over: Kafka Connect's "connect.name", an enum's default, a
#           logical type of one's own or timestamp-nanos. Whole numbers have a largest value and no smallest one, so a number
#           passes that no long holds.
# Versions: avro-validator 1.2.1, fastavro 1.12.1, Python 3.11
# Source:   run here, each beside fastavro, which writes what it accepts; avro_validator/avro_types.py, IntType.validate,
#           UnionType, _validate_json_repr and _validate_logical_type; Avro 1.12, "Schema Declaration" (attributes not defined are
#           permitted as metadata), "Names" and "Logical Types" (unknown ones are ignored).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check avro-validator==1.2.1 fastavro==1.12.1

cat >compare.py <<'PYTHON'
import io
import json
import re

import fastavro
from avro_validator.schema import Schema


def record(*fields, name="Event", **more):
    return {"type": "record", "name": name, "fields": list(fields), **more}


def field(name, kind, **more):
    return {"name": name, "type": kind, **more}


states = {"type": "enum", "name": "State", "symbols": ["queued", "active"]}
image, task = record(field("size", "int"), name="Image"), record(field("action", "string"), name="Task")
cases = {
    "second record of a union": (record(field("about", [image, task])), {"about": {"action": "import"}}),
    "first record of a union": (record(field("about", [image, task])), {"about": {"size": 7}}),
    "long behind int": (record(field("size", ["int", "long"])), {"size": 2**40}),
    "an enum, twice": (record(field("was", states), field("is", "State")), {"was": "queued", "is": "active"}),
    "an enum, once": (record(field("was", states)), {"was": "queued"}),
    "an enum with a default": (record(field("was", states | {"default": "queued"})), {"was": "queued"}),
    "connect.name": (record(field("size", "int"), **{"connect.name": "org.example.Event"}), {"size": 7}),
    "timestamp-nanos": (record(field("at", {"type": "long", "logicalType": "timestamp-nanos"})), {"at": 7}),
    "below long": (record(field("size", "long")), {"size": -(2**63) - 1}),
    "above long": (record(field("size", "long")), {"size": 2**63}),
}


def written(schema, event):
    try:
        fastavro.schemaless_writer(io.BytesIO(), fastavro.parse_schema(schema), event)
        return True
    except Exception as error:
        return type(error).__name__


def validated(schema, event):
    try:
        return Schema(json.dumps(schema)).parse().validate(event)
    except ValueError as error:
        return re.search(r"differs|too large for \w+|is not recognized|can only \w+", str(error))[0]


for name, (schema, event) in cases.items():
    told = validated(schema, event)  # before fastavro, which notes in the schema that it was read
    print(f"{name}: fastavro {written(schema, event)}, avro-validator {told}")
PYTHON
seen=$(venv/bin/python -W ignore compare.py)
echo "$seen"
expected="second record of a union: fastavro True, avro-validator differs
first record of a union: fastavro True, avro-validator True
long behind int: fastavro True, avro-validator too large for int
an enum, twice: fastavro True, avro-validator is not recognized
an enum, once: fastavro True, avro-validator True
an enum with a default: fastavro True, avro-validator can only contains
connect.name: fastavro True, avro-validator can only contains
timestamp-nanos: fastavro True, avro-validator can only have
below long: fastavro OverflowError, avro-validator True
above long: fastavro OverflowError, avro-validator too large for long"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
