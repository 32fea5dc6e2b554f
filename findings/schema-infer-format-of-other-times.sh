#!/usr/bin/env bash
# Guess:    the schema that @jsonhero/schema-infer learns from a value accepts the value: a time gets "format" only if it is what
#           the format of JSON Schema asks for.
# Really:   every spelling of a time that it knows gets "date-time" or "time", a mail's date, one with a space or without an offset,
#           and a clock time of four digits among them. With formats checked, as ajv-formats and jsonschema can, the schema refuses
#           the very value that it was learned from. A hundred timestamps as oslo.messaging writes them, naive and with a space, do
#           not teach it better: it accepts none of them.
# Versions: @jsonhero/schema-infer 0.1.5, ajv 8.20.0 with ajv-formats 3.0.1, jsonschema 4.26.0 with rfc3339-validator 0.1.4,
#           Node.js 20, Python 3.11
# Source:   run here, with lodash, which it needs and does not ask for; @jsonhero/json-infer-types, lib/index.js (iso8601, rfc2822
#           and others), which schema-infer turns into formats of JSON Schema; JSON Schema 2020-12 validation, 7.3.1; RFC 3339, 5.6.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 rfc3339-validator==0.1.4
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @jsonhero/schema-infer@0.1.5 lodash@4.18.1 ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >learn.js <<'JAVASCRIPT'
const fs = require('fs');
const Ajv = require('ajv/dist/2020');
const formats = require('ajv-formats');
const { inferSchema } = require('@jsonhero/schema-infer');

const ajv = new Ajv();
formats(ajv);
const learned = [];
for (const value of [
  '2026-11-30T10:00:00Z', '2026-11-30T10:00:00', '2026-11-30 10:00:00.123456', 'Mon, 30 Nov 2026 10:00:00 GMT', '10:00',
  '2026-11-30',
]) {
  const schema = inferSchema(value).toJSONSchema();
  learned.push([value, schema]);
  console.log(`ajv, ${value}: ${schema.format}, ${ajv.validate(schema, value) ? 'valid' : 'invalid'}`);
}
const many = Array.from({ length: 100 }, (_, second) => `2026-11-30 10:00:${String(second % 60).padStart(2, '0')}.123456`);
const schema = many.reduce((inferred, value) => inferSchema(value, inferred), undefined).toJSONSchema();
console.log(`ajv, a hundred: ${schema.format}, ${many.filter((value) => ajv.validate(schema, value)).length} valid`);
fs.writeFileSync('learned.json', JSON.stringify(learned));
JAVASCRIPT
cat >check.py <<'PYTHON'
import json
from pathlib import Path

from jsonschema import Draft202012Validator

for value, schema in json.loads(Path("learned.json").read_text()):
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    print(f"jsonschema, {value}: {'valid' if validator.is_valid(value) else 'invalid'}")
PYTHON
seen=$(node learn.js && venv/bin/python check.py)
echo "$seen"
expected="ajv, 2026-11-30T10:00:00Z: date-time, valid
ajv, 2026-11-30T10:00:00: date-time, invalid
ajv, 2026-11-30 10:00:00.123456: date-time, invalid
ajv, Mon, 30 Nov 2026 10:00:00 GMT: date-time, invalid
ajv, 10:00: time, invalid
ajv, 2026-11-30: date, valid
ajv, a hundred: date-time, 0 valid
jsonschema, 2026-11-30T10:00:00Z: valid
jsonschema, 2026-11-30T10:00:00: invalid
jsonschema, 2026-11-30 10:00:00.123456: invalid
jsonschema, Mon, 30 Nov 2026 10:00:00 GMT: invalid
jsonschema, 10:00: invalid
jsonschema, 2026-11-30: valid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
