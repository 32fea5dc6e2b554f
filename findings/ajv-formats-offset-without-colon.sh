#!/usr/bin/env bash
# Guess:    ajv-formats, in its mode "full", the stricter of the two, takes for a date-time what RFC 3339 calls one, so a timestamp
#           that passes at the producer, in Node.js, passes at a consumer in Python, who has formats checked as well.
# Really:   it takes an offset without its colon, +0200, one of two digits, +02, and a space for the T, of which RFC 3339's grammar
#           has none; jsonschema and jsonschema-rs refuse all three. It takes urn:uuid: before a uuid, which both of them refuse.
#           The other way round it refuses an address of mail without a dot behind the @, which both accept.
# Versions: ajv 8.20.0 with ajv-formats 3.0.1, jsonschema 4.26.0 with rfc3339-validator 0.1.4, jsonschema-rs 0.61.2, Node.js 20,
#           Python 3.11
# Source:   run here; JSON Schema 2020-12 validation, 7.3.1 (date-time), 7.3.2 (email) and 7.3.5 (uuid); RFC 3339, 5.6
#           (time-numoffset); RFC 9562, 4; ajv-formats, dist/formats.js, TIME and the date-time's separator.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 rfc3339-validator==0.1.4 jsonschema-rs==0.61.2
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >values.json <<'JSON'
[
  ["date-time", "2026-11-30T10:00:00+02:00"],
  ["date-time", "2026-11-30T10:00:00+0200"],
  ["date-time", "2026-11-30T10:00:00+02"],
  ["date-time", "2026-11-30 10:00:00+02:00"],
  ["uuid", "dc780a1c-5f9e-4f3a-8d4c-b1a3a1a1a1a1"],
  ["uuid", "urn:uuid:dc780a1c-5f9e-4f3a-8d4c-b1a3a1a1a1a1"],
  ["email", "root@localhost"]
]
JSON
cat >check.js <<'JAVASCRIPT'
const Ajv = require('ajv/dist/2020');
const formats = require('ajv-formats');

const ajv = new Ajv();
formats(ajv, { mode: 'full' });
for (const [format, value] of require('./values.json')) {
  console.log(`ajv, ${format}, ${value}: ${ajv.validate({ type: 'string', format }, value) ? 'valid' : 'invalid'}`);
}
JAVASCRIPT
cat >check.py <<'PYTHON'
import json
from pathlib import Path

import jsonschema
import jsonschema_rs

for kind, value in json.loads(Path("values.json").read_text()):
    schema = {"type": "string", "format": kind}
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    ours = jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid(value)
    theirs = jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(value)
    words = ["valid" if valid else "invalid" for valid in (ours, theirs)]
    print(f"jsonschema, {kind}, {value}: {words[0]}; jsonschema-rs: {words[1]}")
PYTHON
seen=$(node check.js && venv/bin/python check.py)
echo "$seen"
expected="ajv, date-time, 2026-11-30T10:00:00+02:00: valid
ajv, date-time, 2026-11-30T10:00:00+0200: valid
ajv, date-time, 2026-11-30T10:00:00+02: valid
ajv, date-time, 2026-11-30 10:00:00+02:00: valid
ajv, uuid, dc780a1c-5f9e-4f3a-8d4c-b1a3a1a1a1a1: valid
ajv, uuid, urn:uuid:dc780a1c-5f9e-4f3a-8d4c-b1a3a1a1a1a1: valid
ajv, email, root@localhost: invalid
jsonschema, date-time, 2026-11-30T10:00:00+02:00: valid; jsonschema-rs: valid
jsonschema, date-time, 2026-11-30T10:00:00+0200: invalid; jsonschema-rs: invalid
jsonschema, date-time, 2026-11-30T10:00:00+02: invalid; jsonschema-rs: invalid
jsonschema, date-time, 2026-11-30 10:00:00+02:00: invalid; jsonschema-rs: invalid
jsonschema, uuid, dc780a1c-5f9e-4f3a-8d4c-b1a3a1a1a1a1: valid; jsonschema-rs: valid
jsonschema, uuid, urn:uuid:dc780a1c-5f9e-4f3a-8d4c-b1a3a1a1a1a1: invalid; jsonschema-rs: invalid
jsonschema, email, root@localhost: valid; jsonschema-rs: valid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
