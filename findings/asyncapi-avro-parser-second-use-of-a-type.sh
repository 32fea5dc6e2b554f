#!/usr/bin/env bash
# Guess:    of a payload that an AsyncAPI document describes in Avro, AsyncAPI's own @asyncapi/avro-schema-parser makes a JSON
#           Schema that accepts the events of the Avro schema, and refuses what Avro refuses; a type that is defined once and used
#           twice holds in both places.
# Really:   an enum or a record that is named again within a list, a map or a union is {} there, so anything passes. Named again as
#           a field, it has the first field's documentation and default, and is no longer required if the first has one. [int,
#           double] is a oneOf of integer and number, so a whole number, which is both, is refused, and 0.5 is not. No diagnostic
#           tells of any of it.
# Versions: @asyncapi/avro-schema-parser 3.0.24, @asyncapi/parser 3.6.3, ajv 8.20.0 (npm), fastavro 1.12.1 (PyPI), Node.js 20,
#           Python 3.11
# Source:   run here; @asyncapi/avro-schema-parser, cjs/index.js, convertAvroToJsonSchema (map and array hand on no recordCache),
#           processRecordSchema (the cached schema is the object to which commonAttributesMapping adds), processUnionSchema
#           (oneOf); Avro 1.12, "Names" (a name stands for its definition from there on).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/avro-schema-parser@3.0.24 @asyncapi/parser@3.6.3 ajv@8.20.0 >>npm.log
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fastavro==1.12.1

cat >schema.json <<'JSON'
{"type": "record", "name": "ImageUpdated", "fields": [
  {"name": "size", "type": ["int", "double"]},
  {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["queued", "active"]}, "default": "queued", "doc": "now"},
  {"name": "was", "type": "Status"},
  {"name": "history", "type": {"type": "array", "items": "Status"}}
]}
JSON
cat >events.json <<'JSON'
[{"size": 0.5, "status": "active", "was": "queued", "history": ["queued"]},
 {"size": 7, "status": "active", "was": "queued", "history": ["queued"]},
 {"size": 0.5, "status": "active", "was": "queued", "history": ["gone", {"at": 5}]},
 {"size": 0.5, "status": "active", "history": ["queued"]},
 {"size": 0.5, "status": "gone", "was": "queued", "history": ["queued"]}]
JSON
cat >parse.js <<'JAVASCRIPT'
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');
const { Parser } = require('@asyncapi/parser');
const Ajv = require('ajv');

const run = async () => {
  const parser = new Parser();
  parser.registerSchemaParser(AvroSchemaParser());
  const payload = { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: require('./schema.json') };
  const { document, diagnostics } = await parser.parse({
    asyncapi: '3.0.0',
    info: { title: 'images', version: '1' },
    channels: { images: { address: 'images', messages: { updated: { payload } } } },
  });
  console.log('errors and warnings:', diagnostics.filter(({ severity, code }) => severity < 2 && !code.startsWith('asyncapi-')).length);
  const schema = document.allMessages()[0].payload().json().schema;
  console.log(`was: ${schema.properties.was.description}; required: ${schema.required}`);
  const validate = new Ajv({ strict: false, logger: false }).compile(schema);
  require('./events.json').forEach((event) => {
    console.log(validate(event) || `${validate.errors.at(-1).instancePath} ${validate.errors.at(-1).keyword}`);
  });
};
run();
JAVASCRIPT
cat >validate.py <<'PYTHON'
import json
from pathlib import Path

from fastavro import parse_schema
from fastavro.validation import validate

schema = parse_schema(json.loads(Path("schema.json").read_text()))
for event in json.loads(Path("events.json").read_text()):
    print(validate(event, schema, raise_errors=False))
PYTHON
seen="AsyncAPI
$(node parse.js)
fastavro
$(venv/bin/python validate.py)"
echo "$seen"
expected="AsyncAPI
errors and warnings: 0
was: now; required: size,history
true
/size oneOf
true
true
/status enum
fastavro
True
True
False
False
False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
