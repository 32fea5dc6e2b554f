#!/usr/bin/env bash
# Guess:    what json-schema-faker draws from the JSON Schema of an event keeps that schema, so that a consumer can be tested with
#           it; what it cannot draw for it refuses, as it does for a schema that nothing keeps.
# Really:   names are made without looking at propertyNames, so not one of a hundred objects keeps it. Of oneOf one alternative
#           is drawn, and whether the other one holds, too, is not asked: each integer that it draws for "integer or number" is
#           invalid. Some durations, PT0D, are none. Nothing is told. Where the alternatives are told apart by a const or by what
#           is required, and for dates, patterns and uniqueItems, all values are valid.
# Versions: json-schema-faker 0.6.3, ajv 8.20.0 with ajv-formats 3.0.1, Node.js 20
# Source:   run here, held against ajv; JSON Schema 2020-12, 10.2.1.3 (exactly one) and 10.3.2.4 (propertyNames);
#           json-schema-faker's README, which has oneOf among the keywords that it knows.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-schema-faker@0.6.3 ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >draw.mjs <<'JAVASCRIPT'
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { generate } from 'json-schema-faker';

const text = { type: 'string' };
const kind = (name) => ({ type: 'object', required: ['kind'], properties: { kind: { const: name } } });
const schemas = {
  propertyNames: { type: 'object', minProperties: 2, propertyNames: { pattern: '^x-[a-z]+$' } },
  'propertyNames of an enum': { type: 'object', minProperties: 1, propertyNames: { enum: ['id', 'name'] } },
  'oneOf integer, number': { oneOf: [{ type: 'integer' }, { type: 'number' }] },
  'oneOf id, name': { type: 'object', properties: { id: text, name: text }, oneOf: [{ required: ['id'] }, { required: ['name'] }] },
  'oneOf of two kinds': { oneOf: [kind('image'), kind('volume')] },
  'format duration': { type: 'string', format: 'duration' },
  'format date-time': { type: 'string', format: 'date-time' },
  pattern: { type: 'string', pattern: '^[A-Z]{3}$' },
  uniqueItems: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true, minItems: 2 },
};
const ajv = new Ajv({ strict: false });
formats(ajv);
for (const [name, schema] of Object.entries(schemas)) {
  const values = [];
  for (let seed = 1; seed <= 100; seed += 1) values.push(await generate(schema, { seed }));
  console.log(`${name}: ${values.filter((value) => ajv.validate(schema, value)).length} of ${values.length}`);
}
JAVASCRIPT
seen=$(node draw.mjs)
echo "$seen"
expected="propertyNames: 0 of 100
propertyNames of an enum: 0 of 100
oneOf integer, number: 50 of 100
oneOf id, name: 100 of 100
oneOf of two kinds: 100 of 100
format duration: 92 of 100
format date-time: 100 of 100
pattern: 100 of 100
uniqueItems: 100 of 100"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
