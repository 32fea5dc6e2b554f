#!/usr/bin/env bash
# Guess:    the JSON Schema that msgspec writes of a type of events, msgspec.json.schema, accepts the events that msgspec reads as that
#           type, and msgspec reads those that the schema accepts, as far as JSON Schema has a word for it: both come from one class.
# Really:   a tagged Struct is read without its tag, which its schema requires, where it stands alone; a Decimal is read of a number,
#           too, and is a text alone by its schema. The other way round, what is 1.0 or 1e3 in JSON is an integer to JSON Schema and
#           none to msgspec; a week, P1W, and a month are no durations; and of the keys of a dict nothing is said: a map by numbers, by
#           days or by an enum has a schema in which every name is right.
# Versions: msgspec 0.23.0, jsonschema 4.26.0, Python 3.11
# Source:   run here; RFC 3339, appendix A (weeks are a form of duration); JSON Schema 2020-12 (an integer is a number without a
#           fraction, however it is written).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check msgspec==0.23.0 jsonschema==4.26.0 attrs==26.1.0

cat >both.py <<'PYTHON'
import datetime
import decimal
import enum

import jsonschema
import msgspec


class Created(msgspec.Struct, tag="created"):
    id: str


class Deleted(msgspec.Struct, tag="deleted"):
    id: str


class Slot(enum.IntEnum):
    FIRST = 1


for name, kind, text in (
    ("Created", Created, '{"type": "created", "id": "i1"}'),
    ("Created", Created, '{"id": "i1"}'),
    ("Created", Created, '{"type": "deleted", "id": "i1"}'),
    ("Created | Deleted", Created | Deleted, '{"id": "i1"}'),
    ("Decimal", decimal.Decimal, '"1.20"'),
    ("Decimal", decimal.Decimal, "1.20"),
    ("int", int, "1"),
    ("int", int, "1.0"),
    ("int", int, "1e3"),
    ("timedelta", datetime.timedelta, '"P7D"'),
    ("timedelta", datetime.timedelta, '"P1W"'),
    ("dict[int, str]", dict[int, str], '{"7": "seven"}'),
    ("dict[int, str]", dict[int, str], '{"seven": "7"}'),
    ("dict[Slot, str]", dict[Slot, str], '{"2": "second"}'),
):
    try:
        read = f"read as {msgspec.json.decode(text, type=kind)!r}"
    except msgspec.ValidationError:
        read = "not read"
    validator = jsonschema.Draft202012Validator(msgspec.json.schema(kind))
    value = msgspec.json.decode(text)
    print(f"{name}, {text}: {read}, schema {'accepts' if validator.is_valid(value) else 'refuses'}")
PYTHON
seen=$(venv/bin/python both.py)
echo "$seen"
expected="Created, {\"type\": \"created\", \"id\": \"i1\"}: read as Created(id='i1'), schema accepts
Created, {\"id\": \"i1\"}: read as Created(id='i1'), schema refuses
Created, {\"type\": \"deleted\", \"id\": \"i1\"}: not read, schema refuses
Created | Deleted, {\"id\": \"i1\"}: not read, schema refuses
Decimal, \"1.20\": read as Decimal('1.20'), schema accepts
Decimal, 1.20: read as Decimal('1.20'), schema refuses
int, 1: read as 1, schema accepts
int, 1.0: not read, schema accepts
int, 1e3: not read, schema accepts
timedelta, \"P7D\": read as datetime.timedelta(days=7), schema accepts
timedelta, \"P1W\": not read, schema accepts
dict[int, str], {\"7\": \"seven\"}: read as {7: 'seven'}, schema accepts
dict[int, str], {\"seven\": \"7\"}: not read, schema accepts
dict[Slot, str], {\"2\": \"second\"}: not read, schema accepts"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
