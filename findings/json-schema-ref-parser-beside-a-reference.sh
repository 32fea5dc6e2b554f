#!/usr/bin/env bash
# Guess:    a JSON Schema whose references @apidevtools/json-schema-ref-parser has resolved (dereference) accepts the same events
#           as before: what stands beside a $ref holds together with what it refers to, as in JSON Schema since 2019-09.
# Really:   of two values for one keyword the one beside the $ref is kept: required: ["size"] beside a $ref to what requires an id
#           takes the id's place, a maximum of 30 beside one of 5 takes the limit away, and an enum beside an enum lets in what
#           the other has not. Events that the schema refused are accepted; nothing is said. A member named $ref of a const is
#           resolved, too: what was {"$ref": …} in each event must now be the schema that stands there. properties are merged, so
#           the usual test sees nothing.
# Versions: @apidevtools/json-schema-ref-parser 15.5.2, ajv 8.20.0, Node.js 20
# Source:   run here, held against ajv; JSON Schema 2020-12, 8.2.3.1 ($ref is an applicator; its results are combined with those
#           of what stands beside it) and validation, 6.1.3 (const is any value); @apidevtools/json-schema-ref-parser,
#           dist/lib/ref.js, dereference, whose comment calls it extending.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @apidevtools/json-schema-ref-parser@15.5.2 ajv@8.20.0 >>npm.log

cat >resolves.mjs <<'JAVASCRIPT'
import $RefParser from '@apidevtools/json-schema-ref-parser';
import Ajv from 'ajv/dist/2020.js';

const $defs = {
  image: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
  small: { type: 'integer', maximum: 5 },
  status: { enum: ['active', 'queued'] },
};
const cases = [
  ['properties', { $ref: '#/$defs/image', properties: { size: { type: 'integer' } } }, { id: 7 }],
  ['required', { $ref: '#/$defs/image', required: ['size'] }, { size: 7 }],
  ['maximum', { $ref: '#/$defs/small', maximum: 30 }, 20],
  ['enum', { $ref: '#/$defs/status', enum: ['active', 'melted'] }, 'melted'],
  ['allOf', { allOf: [{ $ref: '#/$defs/image' }, { required: ['size'] }] }, { size: 7 }],
  ['const', { const: { $ref: '#/$defs/small' } }, { $ref: '#/$defs/small' }],
];
for (const [name, payload, value] of cases) {
  const schema = () => ({ $defs: structuredClone($defs), properties: { payload: structuredClone(payload) } });
  const judge = (judged) => (new Ajv({ strict: false }).validate(judged, { payload: value }) ? 'valid' : 'invalid');
  const resolved = await $RefParser.dereference(schema());
  console.log(`${name}: ${JSON.stringify(value)} is ${judge(schema())}, resolved ${judge(resolved)}`);
}
JAVASCRIPT
seen=$(node resolves.mjs)
echo "$seen"
expected='properties: {"id":7} is invalid, resolved invalid
required: {"size":7} is invalid, resolved valid
maximum: 20 is invalid, resolved valid
enum: "melted" is invalid, resolved valid
allOf: {"size":7} is invalid, resolved invalid
const: {"$ref":"#/$defs/small"} is valid, resolved invalid'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
