#!/usr/bin/env bash
# Guess:    fast-json-stringify, with which Fastify writes what it sends, writes an event that keeps its JSON Schema as
#           JSON.stringify does, without what the schema does not name; and of one that breaks the schema what it has, made the
#           type that is said.
# Really:   where the schema has a const, that is written, whatever the event says: an image.delete goes out as image.create, and
#           is valid. Of anyOf the first way that fits is taken and no other: an event that fits two loses what the second one
#           names, though both are named, and with the ways the other way round it loses the rest. An enum of one value is written
#           as it came.
# Versions: fast-json-stringify 7.3.10, ajv 8.20.0, Node.js 20
# Source:   run here, what ajv says of the event and of what was written; fast-json-stringify/index.js, buildConstSerializer, which
#           never looks at the value; its README, which tells of properties that are not declared, of types and of formats, and of
#           const nothing; JSON Schema draft 7, 6.7.2 (anyOf: at least one).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent fast-json-stringify@7.3.10 ajv@8.20.0 >>npm.log

cat >events.js <<'JAVASCRIPT'
const Ajv = require('ajv');
const fastJson = require('fast-json-stringify');

const text = { type: 'string' };
const typed = (rule) => ({ type: 'object', properties: { event_type: { type: 'string', ...rule }, id: text }, required: ['event_type'] });
const sized = { type: 'object', properties: { size: { type: 'integer' } } };
const stated = { type: 'object', properties: { state: text } };
const either = (...ways) => ({ type: 'object', properties: { id: text }, anyOf: ways });
const cases = [
  ['const', typed({ const: 'image.create' }), { event_type: 'image.delete', id: 'a' }],
  ['enum of one', typed({ enum: ['image.create'] }), { event_type: 'image.delete', id: 'a' }],
  ['const of a priority', { type: 'object', properties: { priority: { const: 'INFO' } } }, { priority: 'ERROR' }],
  ['anyOf, size first', either(sized, stated), { id: 'a', size: 7, state: 'active' }],
  ['anyOf, state first', either(stated, sized), { id: 'a', size: 7, state: 'active' }],
];
for (const [name, schema, event] of cases) {
  const valid = new Ajv({ strict: false }).compile(schema);
  const written = fastJson(schema)(event);
  const said = [event, JSON.parse(written)].map((one) => (valid(one) ? 'valid' : 'not valid'));
  console.log(`${name}: ${JSON.stringify(event)}, ${said[0]}, is written ${written}, ${said[1]}`);
}
JAVASCRIPT
seen=$(node events.js 2>warnings.log)
echo "$seen"
expected='const: {"event_type":"image.delete","id":"a"}, not valid, is written {"event_type":"image.create","id":"a"}, valid
enum of one: {"event_type":"image.delete","id":"a"}, not valid, is written {"event_type":"image.delete","id":"a"}, not valid
const of a priority: {"priority":"ERROR"}, not valid, is written {"priority":"INFO"}, valid
anyOf, size first: {"id":"a","size":7,"state":"active"}, valid, is written {"id":"a","size":7}, valid
anyOf, state first: {"id":"a","size":7,"state":"active"}, valid, is written {"id":"a","state":"active"}, valid'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
