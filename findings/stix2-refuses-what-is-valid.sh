#!/usr/bin/env bash
# Guess:    of an object of STIX 2.1, an event of somebody's threat feed, OASIS' two libraries for Python say the same: what
#           stix2-validator calls valid stix2 reads, what it refuses stix2 refuses.
# Really:   stix2 reads no time of more than six digits behind the second, though STIX allows any number of them, and Go's have
#           nine, .NET's seven: for one such time the whole bundle is refused. What breaks the schema it makes fit instead, without
#           a word: a confidence "85" is 85, 85.9 is 85 and true is 1, one label is a list of it, a number is a text, and revoked:
#           "false" is left out when the object is sent on.
# Versions: stix2 3.0.2, stix2-validator 3.3.2, Python 3.11
# Source:   run here; the schema of STIX 2.1 that stix2-validator has, common/timestamp.json (any number of digits behind the point,
#           and Z); stix2/utils.py, parse_into_datetime (strptime with %f); stix2/properties.py, clean of each type.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile stix2==3.0.2 stix2-validator==3.3.2

cat >reading.py <<'PYTHON'
import json

import stix2
from stix2validator import ValidationOptions, validate_instance

TIME = "2026-11-30T10:00:00.000Z"
IDENTITY = {"type": "indicator", "spec_version": "2.1", "id": "indicator--6f3c2c8e-0f0a-4f63-9d3a-6a5b2f1f6f10"}
TIMES = {"created": TIME, "modified": TIME, "valid_from": TIME}
INDICATOR = {**IDENTITY, **TIMES, "pattern": "[file:name = 'a']", "pattern_type": "stix"}
CHANGES = [
    {"modified": "2026-11-30T10:00:00.123456Z"},
    {"modified": "2026-11-30T10:00:00.1234567Z"},
    {"modified": "2026-11-30T10:00:00.123456789Z"},
    {"confidence": 85},
    {"confidence": "85"},
    {"confidence": 85.9},
    {"confidence": True},
    {"labels": "a"},
    {"description": 5},
    {"revoked": "false"},
]
for change in CHANGES:
    event = {**INDICATOR, **change}
    valid = not validate_instance(event, ValidationOptions(version="2.1")).errors
    (name,) = change
    try:
        sent_on = json.loads(stix2.parse(event).serialize())
        told = f"sent on as {json.dumps(sent_on[name]) if name in sent_on else 'nothing'}"
    except stix2.exceptions.STIXError as error:
        told = type(error).__name__
    print(f"{name} {json.dumps(change[name])}: {'valid' if valid else 'not valid'}, {told}")
bundle = {"type": "bundle", "id": IDENTITY["id"].replace("indicator", "bundle"), "objects": [INDICATOR, {**INDICATOR, **CHANGES[2]}]}
try:
    print(len(stix2.parse(bundle).objects))
except stix2.exceptions.STIXError as error:
    print(f"a bundle of two, one of them with nanoseconds: {type(error).__name__}")
PYTHON
seen=$(venv/bin/python -W ignore reading.py 2>stderr)
echo "$seen"
expected='modified "2026-11-30T10:00:00.123456Z": valid, sent on as "2026-11-30T10:00:00.123456Z"
modified "2026-11-30T10:00:00.1234567Z": valid, InvalidValueError
modified "2026-11-30T10:00:00.123456789Z": valid, InvalidValueError
confidence 85: valid, sent on as 85
confidence "85": not valid, sent on as 85
confidence 85.9: not valid, sent on as 85
confidence true: not valid, sent on as 1
labels "a": not valid, sent on as ["a"]
description 5: not valid, sent on as "5"
revoked "false": not valid, sent on as nothing
a bundle of two, one of them with nanoseconds: InvalidValueError'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
