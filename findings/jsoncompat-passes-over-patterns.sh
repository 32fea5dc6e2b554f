#!/usr/bin/env bash
# Guess:    jsoncompat, which tells whether a JSON Schema may take the place of another for those who write events, for those who
#           read them, or for both, says no, or raises ValueError, as its page says of what it cannot compare.
# Really:   of a pattern, of unevaluatedProperties, of dependentSchemas and of what stands beside a $ref it says nothing, and so
#           yes, both ways: ids that begin with "vol-" may become ids that begin with "img-", and an event may be closed, though
#           for each there is a value that the one schema accepts and the other refuses. additionalProperties, dependentRequired
#           and the same length beside no $ref it compares. In an allOf it is the other way round: that a limit was added breaks
#           nothing for who reads what is written, and it says no.
# Versions: jsoncompat 0.3.1, jsonschema 4.26.0, Python 3.11
# Source:   run here, each pair held against jsonschema, with a value that only one of the two accepts; jsoncompat's page on PyPI,
#           "Public Interface" (ValueError for unsupported features).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsoncompat==0.3.1 jsonschema==4.26.0

cat >compare.py <<'PYTHON'
import json

import jsoncompat
from jsonschema import Draft202012Validator


def text(**limits):
    return {"type": "string", **limits}


def event(**limits):
    return {"type": "object", "properties": {"id": text()}, **limits}


def referred(limit):
    return {"$defs": {"id": text()}, "$ref": "#/$defs/id", "maxLength": limit}


pairs = {
    "pattern, added": (text(), text(pattern="^img-"), "vol-1"),
    "pattern, changed": (text(pattern="^vol-"), text(pattern="^img-"), "vol-1"),
    "unevaluatedProperties": (event(), event(unevaluatedProperties=False), {"size": 7}),
    "dependentSchemas": (event(), event(dependentSchemas={"size": {"required": ["id"]}}), {"size": 7}),
    "beside a $ref": (referred(5), referred(2), "img"),
    "additionalProperties": (event(), event(additionalProperties=False), {"size": 7}),
    "dependentRequired": (event(), event(dependentRequired={"size": ["id"]}), {"size": 7}),
    "beside no $ref": (text(maxLength=5), text(maxLength=2), "img"),
    "within allOf": ({"allOf": [text()]}, {"allOf": [text(), {"maxLength": 2}]}, "img"),
}
for name, (old, new, value) in pairs.items():
    was, now = (Draft202012Validator(schema).is_valid(value) for schema in (old, new))
    writers, readers = (jsoncompat.check_compat(json.dumps(old), json.dumps(new), role) for role in ("serializer", "deserializer"))
    print(f"{name}: {json.dumps(value)} was {was}, is {now}; writers {writers}, readers {readers}")
PYTHON
seen=$(venv/bin/python -W ignore compare.py)
echo "$seen"
expected='pattern, added: "vol-1" was True, is False; writers True, readers True
pattern, changed: "vol-1" was True, is False; writers True, readers True
unevaluatedProperties: {"size": 7} was True, is False; writers True, readers True
dependentSchemas: {"size": 7} was True, is False; writers True, readers True
beside a $ref: "img" was True, is False; writers True, readers True
additionalProperties: {"size": 7} was True, is False; writers True, readers False
dependentRequired: {"size": 7} was True, is False; writers True, readers False
beside no $ref: "img" was True, is False; writers True, readers False
within allOf: "img" was True, is False; writers False, readers False'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
