#!/usr/bin/env bash
# Guess:    a tap made with Meltano's singer-sdk sends of a record what suits the schema that it sent before, and what does not suit
#           it is refused, or sent as it came, so that the target refuses it, which validates.
# Really:   whatever is given for a boolean is compared with nought: the texts "false", "no" and "0" of an API are true, an empty
#           text, a list and an object, too, and all of them are valid then; only a fraction stays what it is. A timedelta, for
#           which the SDK has a type of its own, DurationType, with the format duration, is sent as that long after the beginning of
#           1970, or before it, a date-time, which the schema of the same tap refuses. Bytes are sent in hexadecimal.
# Versions: singer-sdk 0.54.9, jsonschema 4.26.0, isoduration 20.11.0, Python 3.11
# Source:   run here; singer_sdk/helpers/_typing.py, _conform_primitive_property (elem != 0; the epoch plus the timedelta);
#           singer_sdk/typing.py, DurationType; JSON Schema validation, 7.3.1 (duration).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check singer-sdk==0.54.9 jsonschema==4.26.0 isoduration==20.11.0

cat >tap.py <<'PYTHON'
import contextlib
import datetime
import io
import json
import logging

import jsonschema
from singer_sdk import Stream, Tap
from singer_sdk import typing as th

HOUR = datetime.timedelta(hours=1)
RECORDS = [{"protected": value} for value in (True, False, "true", "false", "no", "0", "", [], {"is": False}, 2, 0.0, b"\0", b"\0\0")]
RECORDS += [{"age": HOUR}, {"age": -HOUR}, {"age": "PT1H"}, {"checksum": b"image"}]


class Images(Stream):
    name = "images"
    schema = th.PropertiesList(
        th.Property("protected", th.BooleanType), th.Property("age", th.DurationType), th.Property("checksum", th.StringType)
    ).to_dict()

    def get_records(self, context):
        yield from RECORDS


class TapImages(Tap):
    name = "tap-images"
    config_jsonschema = {"type": "object", "properties": {}}

    def discover_streams(self):
        return [Images(tap=self)]


tap = TapImages()
logging.disable()
with contextlib.redirect_stdout(io.StringIO()) as out:
    tap.sync_all()
messages = [json.loads(line) for line in out.getvalue().splitlines()]
schema = next(message["schema"] for message in messages if message["type"] == "SCHEMA")
validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
sent = [message["record"] for message in messages if message["type"] == "RECORD"]
for given, record in zip(RECORDS, sent, strict=True):
    (value,) = given.values()
    print(f"{value!r}: {json.dumps(record)}, {'valid' if validator.is_valid(record) else 'invalid'}")
PYTHON
seen=$(venv/bin/python tap.py)
echo "$seen"
expected="True: {\"protected\": true}, valid
False: {\"protected\": false}, valid
'true': {\"protected\": true}, valid
'false': {\"protected\": true}, valid
'no': {\"protected\": true}, valid
'0': {\"protected\": true}, valid
'': {\"protected\": true}, valid
[]: {\"protected\": true}, valid
{'is': False}: {\"protected\": true}, valid
2: {\"protected\": true}, valid
0.0: {\"protected\": 0.0}, invalid
b'\\x00': {\"protected\": false}, valid
b'\\x00\\x00': {\"protected\": true}, valid
datetime.timedelta(seconds=3600): {\"age\": \"1970-01-01T01:00:00+00:00\"}, invalid
datetime.timedelta(days=-1, seconds=82800): {\"age\": \"1969-12-31T23:00:00+00:00\"}, invalid
'PT1H': {\"age\": \"PT1H\"}, valid
b'image': {\"checksum\": \"696d616765\"}, valid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
