#!/usr/bin/env bash
# Guess:    a validator that zod makes of the JSON Schema of an event, z.fromJSONSchema, refuses what the schema refuses; for what
#           it cannot say it throws, as it does for if, not and unevaluatedProperties.
# Really:   for much else it does not throw, and accepts every value: an empty list where minItems is 1 and no items are described,
#           an event without a name that is required and not described under properties, or required by a part of allOf or anyOf
#           that has no type, a text that is too long by what stands beside a $ref, and a value of any type where properties stand
#           without a type. An object that is the only one allowed, const or enum, it refuses, for it compares identities. The
#           comment at the function calls it semi-experimental, and names none of it.
# Versions: zod 4.6.7, ajv 8.20.0 (npm), Node.js 20
# Source:   run here, each beside ajv; zod, v4/classic/from-json-schema.js, convertBaseSchema and convertSchema, and the comment in
#           from-json-schema.d.ts; JSON Schema 2020-12, 8.2.3.1 ($ref stands beside other keywords) and validation, 6.4.2 and
#           6.5.3.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent zod@4.6.7 ajv@8.20.0 >>npm.log

cat >read.js <<'JAVASCRIPT'
const Ajv = require('ajv/dist/2020');
const { z } = require('zod');

const text = { type: 'string' };
const event = { type: 'object', properties: { id: text }, required: ['id'] };
const cases = {
  'minItems': [{ type: 'array', minItems: 1 }, []],
  'minItems beside items': [{ type: 'array', items: text, minItems: 1 }, []],
  'required, not described': [{ ...event, required: ['size'] }, { id: 'a' }],
  'required in allOf': [{ ...event, allOf: [{ required: ['size'] }] }, { id: 'a' }],
  'one of two required': [{ ...event, anyOf: [{ required: ['size'] }, { required: ['name'] }] }, { id: 'a' }],
  'beside a $ref': [{ $defs: { text }, $ref: '#/$defs/text', maxLength: 2 }, 'abc'],
  'properties without a type': [{ properties: { id: text } }, { id: 5 }],
  'const of an object': [{ const: { id: 'a' } }, { id: 'a' }],
  'const of a text': [{ const: 'a' }, 'a'],
  'if': [{ ...event, if: { required: ['size'] }, then: { required: ['name'] } }, { id: 'a', size: 7 }],
  'not': [{ not: text }, 'a'],
};
for (const [name, [schema, value]] of Object.entries(cases)) {
  const valid = new Ajv({ strict: false }).compile(schema)(value);
  let told;
  try {
    told = z.fromJSONSchema(schema).safeParse(value).success;
  } catch {
    told = 'an error';
  }
  console.log(`${name}: ${JSON.stringify(value)} ajv ${valid}, zod ${told}`);
}
JAVASCRIPT
seen=$(node read.js)
echo "$seen"
expected='minItems: [] ajv false, zod true
minItems beside items: [] ajv false, zod false
required, not described: {"id":"a"} ajv false, zod true
required in allOf: {"id":"a"} ajv false, zod true
one of two required: {"id":"a"} ajv false, zod true
beside a $ref: "abc" ajv false, zod true
properties without a type: {"id":5} ajv false, zod true
const of an object: {"id":"a"} ajv true, zod false
const of a text: "a" ajv true, zod true
if: {"id":"a","size":7} ajv false, zod an error
not: "a" ajv false, zod an error'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
