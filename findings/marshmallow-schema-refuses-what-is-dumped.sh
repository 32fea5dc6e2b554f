#!/usr/bin/env bash
# Guess:    the JSON Schema that marshmallow-jsonschema or apispec makes of a marshmallow class of events accepts what the class
#           dumps; and a limit that the class keeps is in it, or is left out.
# Really:   both refuse a Decimal(as_string=True), which is dumped as a text: it is a number to them. To marshmallow-jsonschema
#           times with format="timestamp", and a TimeDelta, dumped as numbers, are texts, and None is no value of a OneOf that
#           may be None. apispec makes of ContainsOnly(["a"]) an enum of the list itself, which no list keeps, of a time with a
#           format of one's own "pattern": null, which is no schema, and of min_inclusive=False a minimum that accepts the
#           limit.
# Versions: marshmallow 4.4.0, marshmallow-jsonschema 0.16.0, apispec 6.10.1, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; marshmallow_jsonschema/base.py and validation.py;
#           apispec/ext/marshmallow/field_converter.py, datetime2properties, field2choices and field2range.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  marshmallow==4.4.0 marshmallow-jsonschema==0.16.0 apispec==6.10.1 jsonschema==4.26.0

cat >dumped.py <<'PYTHON'
import datetime
import decimal
import json

import jsonschema
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, ValidationError, fields, validate
from marshmallow_jsonschema import JSONSchema

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.timezone.utc)
DUMPED = {
    "time": (fields.DateTime(), NOON),
    "timestamp": (fields.DateTime(format="timestamp"), NOON),
    "time of its own": (fields.DateTime(format="%d.%m.%Y"), NOON),
    "time delta": (fields.TimeDelta(), datetime.timedelta(minutes=1)),
    "decimal": (fields.Decimal(as_string=True), decimal.Decimal("1.20")),
    "status": (fields.String(allow_none=True, validate=validate.OneOf(["active", "killed"])), None),
    "tags": (fields.List(fields.String(), validate=validate.ContainsOnly(["a", "b"])), ["a"]),
}
REFUSED = {"size": (fields.Integer(validate=validate.Range(min=0, min_inclusive=False)), 0)}


def marshmallow_jsonschema(event):
    return JSONSchema().dump(event)


def apispec(event):
    document = APISpec("events", "1", "3.1.0", plugins=[MarshmallowPlugin()])
    document.components.schema("Event", schema=event)
    return document.to_dict()["components"]["schemas"]["Event"]


def says(schema, sent):
    validator = jsonschema.validators.validator_for(schema, jsonschema.Draft202012Validator)
    try:
        validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        return f"no schema: {error.message}"
    return "accepted" if validator(schema).is_valid(sent) else "refused"


for name, (field, value) in DUMPED.items():
    event = Schema.from_dict({"v": field}, name="Event")()
    sent = json.loads(json.dumps(event.dump({"v": value})))
    print(
        f"{name} {sent['v']}:",
        *(f"{make.__name__} {says(make(event), sent)}" for make in (marshmallow_jsonschema, apispec)),
    )
for name, (field, value) in REFUSED.items():
    event = Schema.from_dict({"v": field}, name="Event")()
    try:
        event.load({"v": value})
    except ValidationError:
        made = (f"{make.__name__} {says(make(event), {'v': value})}" for make in (marshmallow_jsonschema, apispec))
        print(f"{name} {value}, which the class refuses:", *made)
PYTHON
seen=$(venv/bin/python -W ignore dumped.py)
echo "$seen"
expected="time 2026-11-30T12:00:00+00:00: marshmallow_jsonschema accepted apispec accepted
timestamp 1796040000.0: marshmallow_jsonschema refused apispec accepted
time of its own 30.11.2026: marshmallow_jsonschema accepted apispec no schema: None is not of type 'string'
time delta 60.0: marshmallow_jsonschema refused apispec accepted
decimal 1.20: marshmallow_jsonschema refused apispec refused
status None: marshmallow_jsonschema refused apispec accepted
tags ['a']: marshmallow_jsonschema accepted apispec refused
size 0, which the class refuses: marshmallow_jsonschema refused apispec accepted"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
