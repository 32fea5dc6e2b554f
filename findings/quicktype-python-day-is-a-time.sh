#!/usr/bin/env bash
# Guess:    a Python class that quicktype makes of the JSON Schema of an event reads what keeps the schema, and what it writes of
#           it, to_dict, keeps the schema again.
# Really:   a date is read by dateutil and written as a time, 2026-02-03T00:00:00, which is no date; a time of day becomes a
#           moment of the day on which it was read, so the same event is another one tomorrow. An enum of whole numbers comes out
#           as fractions, 1.0, a null that need not be there is left out, and what an open object has besides is gone. The other
#           way round "May" is a time, and a day of it. From samples an id "7" is a number: the next event's "007" is sent on as
#           "7", and "a1" raises a ValueError.
# Versions: quicktype-core 26.0.0, jsonschema 4.26.0 with rfc3339-validator 0.1.4, python-dateutil 2.9.0.post0, Node.js 20, Python
#           3.11
# Source:   run here, held against jsonschema; JSON Schema 2020-12 validation, 7.3.1 (date and time are RFC 3339's full-date and
#           full-time); the code that quicktype writes (from_datetime, which calls dateutil.parser.parse; from_union with
#           from_float first).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 rfc3339-validator==0.1.4 \
  python-dateutil==2.9.0.post0
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent quicktype-core@26.0.0 >>npm.log

cat >schema.json <<'JSON'
{
  "type": "object",
  "properties": {
    "day": {"type": "string", "format": "date"},
    "opens": {"type": "string", "format": "time"},
    "at": {"type": "string", "format": "date-time"},
    "disk_format": {"enum": [1, 2]},
    "deleted_at": {"type": ["string", "null"]},
    "owner": {"type": "object", "properties": {"id": {"type": "string"}}}
  }
}
JSON
cat >generate.mjs <<'JAVASCRIPT'
import fs from 'node:fs';
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, jsonInputForTargetLanguage, quicktype } from 'quicktype-core';

async function write(module, source, told) {
  await source.addSource(told);
  const inputData = new InputData();
  inputData.addInput(source);
  fs.writeFileSync(`${module}.py`, (await quicktype({ inputData, lang: 'python' })).lines.join('\n'));
}
const schema = fs.readFileSync('schema.json', 'utf8');
await write('of_schema', new JSONSchemaInput(new FetchingJSONSchemaStore()), { name: 'Event', schema });
await write('of_samples', jsonInputForTargetLanguage('python'), { name: 'Event', samples: ['{"id": "7"}', '{"id": "8"}'] });
JAVASCRIPT
cat >read.py <<'PYTHON'
import datetime
import json
import pathlib

import jsonschema

import of_samples
import of_schema

schema = json.loads(pathlib.Path("schema.json").read_text())
validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
today = datetime.date.today().isoformat()
for member, value in {
    "day": "2026-02-03",
    "opens": "10:00:00Z",
    "at": "2026-02-03T10:00:00Z",
    "disk_format": 1,
    "deleted_at": None,
    "owner": {"id": "a1", "name": "demo"},
}.items():
    assert validator.is_valid({member: value})
    written = of_schema.Event.from_dict({member: value}).to_dict()
    judged = "valid" if validator.is_valid(written) else "invalid"
    print(f"{member} {json.dumps(value)}: {json.dumps(written).replace(today, '<today>')}, {judged}")
may = of_schema.Event.from_dict({"at": "May"}).to_dict()["at"]
print("at May:", "a time" if "-05-" in may and not validator.is_valid({"at": "May"}) else may)
for value in ("007", "a1"):
    try:
        print("id of samples", value, of_samples.Event.from_dict({"id": value}).to_dict())
    except ValueError as error:
        print("id of samples", value, error)
PYTHON
node generate.mjs
seen=$(venv/bin/python read.py)
echo "$seen"
expected='day "2026-02-03": {"day": "2026-02-03T00:00:00"}, invalid
opens "10:00:00Z": {"opens": "<today>T10:00:00+00:00"}, invalid
at "2026-02-03T10:00:00Z": {"at": "2026-02-03T10:00:00+00:00"}, valid
disk_format 1: {"disk_format": 1.0}, valid
deleted_at null: {}, valid
owner {"id": "a1", "name": "demo"}: {"owner": {"id": "a1"}}, valid
at May: a time
id of samples 007 {'"'id': '7'"'}
id of samples a1 invalid literal for int() with base 10: '"'a1'"''
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
