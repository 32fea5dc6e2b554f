#!/usr/bin/env bash
# Guess:    the JSON Schema that mashumaro makes of a dataclass of an event, build_json_schema, accepts the JSON that the same
#           class writes and reads: a map by numbers, dict[int, str], is an object whose names are the numbers as texts.
# Really:   it asks of every name that it be an integer, {"propertyNames": {"type": "integer"}}, and a name in JSON is a text: no
#           event whose map has anything in it is valid. The same with bool, float, an IntEnum, and an Enum with a value that is a
#           number. An empty map passes, and so do the keys that are texts in JSON: UUIDs and dates. pydantic and msgspec, of the
#           same field, accept their own JSON.
# Versions: mashumaro 3.23, pydantic 2.14.4, msgspec 0.23.0, jsonschema 4.26.0, Python 3.11
# Source:   run here; mashumaro/jsonschema/schema.py, on_collection (propertyNames of the schema of the key's type); JSON Schema
#           2020-12, 10.3.2.4 (the instance of propertyNames is always a string).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check mashumaro==3.23 pydantic==2.14.4 msgspec==0.23.0 jsonschema==4.26.0

cat >maps.py <<'PYTHON'
import dataclasses
import datetime
import enum
import json
import uuid

import msgspec
import pydantic
from jsonschema import Draft202012Validator
from mashumaro.codecs.json import JSONDecoder, JSONEncoder
from mashumaro.exceptions import InvalidFieldValue
from mashumaro.jsonschema import build_json_schema


class Level(enum.Enum):
    HIGH = 1


def said(schema, written):
    return "valid" if Draft202012Validator(schema).is_valid(json.loads(written)) else "refused"


CASES = [(int, 7), (bool, True), (float, 1.5), (Level, Level.HIGH), (uuid.UUID, uuid.UUID(int=7)), (datetime.date, datetime.date(2026, 11, 30))]
for key, value in CASES:
    type_ = dict[key, str]
    event = dataclasses.make_dataclass("Event", [("sizes", type_)])
    written = JSONEncoder(event).encode(event({value: "a"}))
    try:
        again = JSONDecoder(event).decode(written) == event({value: "a"})
    except InvalidFieldValue:
        again = False
    schema = build_json_schema(event).to_dict()
    empty = JSONEncoder(event).encode(event({}))
    print(f"{key.__name__}: {written}, {'read' if again else 'not read'} again, {said(schema, written)}; {empty} {said(schema, empty)}")
number = dict[int, str]
adapter = pydantic.TypeAdapter(number)
print("pydantic:", said(adapter.json_schema(), adapter.dump_json({7: "a"})))
print("msgspec:", said(msgspec.json.schema(number), msgspec.json.encode({7: "a"})))
PYTHON
seen=$(venv/bin/python maps.py)
echo "$seen"
expected='int: {"sizes": {"7": "a"}}, read again, refused; {"sizes": {}} valid
bool: {"sizes": {"true": "a"}}, read again, refused; {"sizes": {}} valid
float: {"sizes": {"1.5": "a"}}, read again, refused; {"sizes": {}} valid
Level: {"sizes": {"1": "a"}}, not read again, refused; {"sizes": {}} valid
UUID: {"sizes": {"00000000-0000-0000-0000-000000000007": "a"}}, read again, valid; {"sizes": {}} valid
date: {"sizes": {"2026-11-30": "a"}}, read again, valid; {"sizes": {}} valid
pydantic: valid
msgspec: valid'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
