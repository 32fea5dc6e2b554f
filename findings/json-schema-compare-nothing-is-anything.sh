#!/usr/bin/env bash
# Guess:    json-schema-compare, whose page says that it compares JSON Schemas correctly, and by which json-schema-merge-allof tells
#           what stands twice, says that two are equal where both accept the same events.
# Really:   what it finds empty it takes for nothing said, and of some keywords that is wrong. {"not": {}}, which nothing keeps, is
#           equal to {}, so a property that must not be there is equal to one that may be anything; {"contains": {}}, which wants an
#           item, is as well. Of "oneOf", too, what stands twice counts once, so what nothing keeps is equal to what a text does. In
#           "dependencies" the names are compared that ask for something, and not what they ask for.
# Versions: json-schema-compare 0.2.2, ajv 8.20.0, Node.js 20
# Source:   run here; json-schema-compare, src/index.js (emptySchema for not and contains, unsortedArray for oneOf, schemaGroup for
#           dependencies), and its README ("Compare json schemas correctly").
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-schema-compare@0.2.2 ajv@8.20.0 >>npm.log

cat >compare.js <<'JAVASCRIPT'
const compare = require('json-schema-compare');
const Ajv = require('ajv');

const says = (schema, event) => (new Ajv({ strict: false }).validate(schema, event) ? 'accepted' : 'refused');
const told = { type: 'string', minLength: 1 };
for (const [one, other, event] of [
  [{ required: ['id', 'size'], minProperties: 0 }, { required: ['size', 'id'] }, { id: 'i1', size: 7 }],
  [{ const: 'active' }, { const: 'queued' }, 'active'],
  [{ not: {} }, {}, { id: 'i1' }],
  [{ properties: { secret: { not: {} } } }, { properties: { secret: {} } }, { secret: 's' }],
  [{ contains: {} }, {}, []],
  [{ oneOf: [told, told] }, { oneOf: [told] }, 'active'],
  [{ anyOf: [told, told] }, { anyOf: [told] }, 'active'],
  [{ dependencies: { checksum: ['algorithm', 'size'] } }, { dependencies: { checksum: ['algorithm'] } }, { checksum: 'c', algorithm: 'a' }],
]) {
  console.log(`${JSON.stringify(one)} ${JSON.stringify(other)}`);
  console.log(`  ${compare(one, other) ? 'equal' : 'different'}; ${JSON.stringify(event)} is ${says(one, event)}, and ${says(other, event)}`);
}
JAVASCRIPT
seen=$(node compare.js)
echo "$seen"
expected='{"required":["id","size"],"minProperties":0} {"required":["size","id"]}
  equal; {"id":"i1","size":7} is accepted, and accepted
{"const":"active"} {"const":"queued"}
  different; "active" is accepted, and refused
{"not":{}} {}
  equal; {"id":"i1"} is refused, and accepted
{"properties":{"secret":{"not":{}}}} {"properties":{"secret":{}}}
  equal; {"secret":"s"} is refused, and accepted
{"contains":{}} {}
  equal; [] is refused, and accepted
{"oneOf":[{"type":"string","minLength":1},{"type":"string","minLength":1}]} {"oneOf":[{"type":"string","minLength":1}]}
  equal; "active" is refused, and accepted
{"anyOf":[{"type":"string","minLength":1},{"type":"string","minLength":1}]} {"anyOf":[{"type":"string","minLength":1}]}
  equal; "active" is accepted, and accepted
{"dependencies":{"checksum":["algorithm","size"]}} {"dependencies":{"checksum":["algorithm"]}}
  equal; {"checksum":"c","algorithm":"a"} is refused, and accepted'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
