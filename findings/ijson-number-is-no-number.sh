#!/usr/bin/env bash
# Guess:    a large recording read with ijson, value by value, is judged by a JSON Schema validator as one that json.loads read.
# Really:   ijson makes a Decimal of every number with a point or an exponent, and each validator takes that otherwise: of
#           jsonschema 3.0 is no integer, 0.1 is no value of an enum that has 0.1, and multipleOf a fraction ends in a
#           TypeError; fastjsonschema does likewise; jsonschema-rs takes all as numbers. With use_float=True all
#           say what they say of json.loads.
# Versions: ijson 3.6.0, jsonschema 4.26.0, jsonschema-rs 0.61.2, fastjsonschema 2.22.3, Python 3.11
# Source:   run here; JSON Schema 2020-12, 4.2.2 and validation, 6.1.1 (1.0 is an integer); ijson's documentation names Decimal.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  ijson==3.6.0 jsonschema==4.26.0 jsonschema-rs==0.61.2 fastjsonschema==2.22.3

cat >numbers_read.py <<'PYTHON'
import io
import json

import fastjsonschema
import ijson
import jsonschema
import jsonschema_rs

VALIDATORS = {
    "jsonschema": lambda schema, value: jsonschema.Draft202012Validator(schema).validate(value),
    "fastjsonschema": lambda schema, value: fastjsonschema.compile(schema)(value),
    "jsonschema-rs": lambda schema, value: jsonschema_rs.Draft202012Validator(schema).validate(value),
}


def said(validate, schema, value):
    try:
        validate(schema, value)
    except (jsonschema.ValidationError, fastjsonschema.JsonSchemaValueException, jsonschema_rs.ValidationError):
        return "no"
    except Exception as error:
        return type(error).__name__
    return "yes"


for schema, text in (
    ({"type": "integer"}, "3.0"), ({"enum": [0.1, 0.2]}, "0.1"), ({"const": 0.1}, "0.1"), ({"multipleOf": 0.5}, "1.5"),
    ({"maximum": 2}, "1.5"),
):
    line = f"[{text}]".encode()
    ways = {
        "json": json.loads(line), "ijson": list(ijson.items(io.BytesIO(line), "item")),
        "float": list(ijson.items(io.BytesIO(line), "item", use_float=True)),
    }
    for name, validate in VALIDATORS.items():
        print(json.dumps(schema), text, name, *(f"{way} {said(validate, schema, values[0])}" for way, values in ways.items()))
PYTHON
seen=$(venv/bin/python numbers_read.py)
echo "$seen"
expected="{\"type\": \"integer\"} 3.0 jsonschema json yes ijson no float yes
{\"type\": \"integer\"} 3.0 fastjsonschema json yes ijson no float yes
{\"type\": \"integer\"} 3.0 jsonschema-rs json yes ijson yes float yes
{\"enum\": [0.1, 0.2]} 0.1 jsonschema json yes ijson no float yes
{\"enum\": [0.1, 0.2]} 0.1 fastjsonschema json yes ijson no float yes
{\"enum\": [0.1, 0.2]} 0.1 jsonschema-rs json yes ijson yes float yes
{\"const\": 0.1} 0.1 jsonschema json yes ijson no float yes
{\"const\": 0.1} 0.1 fastjsonschema json yes ijson no float yes
{\"const\": 0.1} 0.1 jsonschema-rs json yes ijson yes float yes
{\"multipleOf\": 0.5} 1.5 jsonschema json yes ijson TypeError float yes
{\"multipleOf\": 0.5} 1.5 fastjsonschema json yes ijson InvalidOperation float yes
{\"multipleOf\": 0.5} 1.5 jsonschema-rs json yes ijson yes float yes
{\"maximum\": 2} 1.5 jsonschema json yes ijson yes float yes
{\"maximum\": 2} 1.5 fastjsonschema json yes ijson yes float yes
{\"maximum\": 2} 1.5 jsonschema-rs json yes ijson yes float yes"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
