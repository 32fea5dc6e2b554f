#!/usr/bin/env bash
# Guess:    of a payload that an AsyncAPI document describes in the schema of OpenAPI 3.0, AsyncAPI's own
#           @asyncapi/openapi-schema-parser makes a JSON Schema, as its README says, in which nullable, example and the other
#           words of OpenAPI have become what draft 7 has for them.
# Really:   nullable and example have, exclusiveMinimum and exclusiveMaximum have not: in OpenAPI 3.0 they are true or false
#           beside minimum, and so they stay, where draft 7 wants a number. No diagnostic, from the parser of AsyncAPI neither.
#           Ajv refuses the schema as a whole. jsonschema, which looks at no schema unless it is asked to, takes true for 1 in
#           Python: an image of one byte is refused, though the document says more than 0, and with false, which says that 0 is
#           allowed, it refuses 0.
# Versions: @asyncapi/openapi-schema-parser 3.1.0, @asyncapi/parser 3.6.6, ajv 8.20.0 (npm), jsonschema 4.26.0 (PyPI), Node.js 20,
#           Python 3.11
# Source:   run here; @asyncapi/openapi-schema-parser, README and cjs/index.js (@openapi-contrib/openapi-schema-to-json-schema
#           does the work); OpenAPI 3.0.3, "Schema Object" (JSON Schema Wright draft 00); JSON Schema draft 7, validation, 6.2.3
#           and 6.2.5.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @asyncapi/openapi-schema-parser@3.1.0 @asyncapi/parser@3.6.6 ajv@8.20.0 >>npm.log

cat >parse.js <<'JAVASCRIPT'
const { OpenAPISchemaParser } = require('@asyncapi/openapi-schema-parser');
const { Parser } = require('@asyncapi/parser');
const Ajv = require('ajv');

const payloads = {
  nullable: { type: 'integer', nullable: true, example: 7 },
  'more than 0': { type: 'integer', minimum: 0, exclusiveMinimum: true },
  '0 or more': { type: 'integer', minimum: 0, exclusiveMinimum: false },
};
(async () => {
  const parser = new Parser();
  parser.registerSchemaParser(OpenAPISchemaParser());
  const made = {};
  for (const [name, payload] of Object.entries(payloads)) {
    const message = { schemaFormat: 'application/vnd.oai.openapi;version=3.0.0', payload };
    const channels = { 'image.size': { subscribe: { message } } };
    const { document, diagnostics } = await parser.parse({ asyncapi: '2.6.0', info: { title: 'images', version: '1.0.0' }, channels });
    const { 'x-parser-schema-id': id, ...schema } = document.allMessages().all()[0].payload().json();
    made[name] = schema;
    let ajv;
    try {
      ajv = [0, 1, 2, null].filter(new Ajv({ strict: false }).compile(schema));
    } catch (error) {
      ajv = error.message;
    }
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 0).length;
    console.error(`${name}: ${JSON.stringify(schema)}, ${errors} errors; ajv ${Array.isArray(ajv) ? `accepts ${JSON.stringify(ajv)}` : ajv}`);
  }
  console.log(JSON.stringify(made));
})();
JAVASCRIPT
cat >read.py <<'PYTHON'
import json
import sys

import jsonschema

for name, schema in json.load(sys.stdin).items():
    validator = jsonschema.Draft7Validator(schema)
    print(f"{name}: jsonschema accepts {json.dumps([size for size in (0, 1, 2, None) if validator.is_valid(size)])}")
PYTHON
seen=$(node parse.js 2>&1 >made.json && venv/bin/python read.py <made.json)
echo "$seen"
expected='nullable: {"type":["integer","null"],"examples":[7]}, 0 errors; ajv accepts [0,1,2,null]
more than 0: {"type":"integer","minimum":0,"exclusiveMinimum":true}, 0 errors; ajv schema is invalid: data/exclusiveMinimum must be number
0 or more: {"type":"integer","minimum":0,"exclusiveMinimum":false}, 0 errors; ajv schema is invalid: data/exclusiveMinimum must be number
nullable: jsonschema accepts [0, 1, 2, null]
more than 0: jsonschema accepts [2]
0 or more: jsonschema accepts [1, 2]'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
