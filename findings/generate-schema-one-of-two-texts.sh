#!/usr/bin/env bash
# Guess:    the schema that generate-schema, the npm package, learns from a payload accepts that payload; where a list has items of
#           several types, "oneOf" has one way for each of them.
# Really:   it has one way for each item, and one more for the type of the first, unless that is an object. What fits two ways is
#           what "oneOf" forbids: the schema refuses the payload that it was learned from as soon as a list in it has a text and a
#           number, or a text and a null. Of all lists of several types it accepts none but those that begin with an object and
#           have each type once.
# Versions: generate-schema 2.6.0, ajv 8.20.0, Node.js 20
# Source:   run here; generate-schema, src/schemas/json.js, processArray (an entry of oneOf by item); JSON Schema draft 4, 5.5.5
#           (exactly one).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent generate-schema@2.6.0 ajv@8.20.0 >>npm.log

cat >learn.js <<'JAVASCRIPT'
const Ajv = require('ajv');
const generate = require('generate-schema');

const ajv = new Ajv({ strict: false });
for (const values of [['a', 'b'], [1, 2], ['a', 1], [1, 2, 'a'], ['a', null], [{ id: 1 }, 'a'], [{ id: 1 }, { id: 2 }, 'a'], [true, 1, 'a', null]]) {
  const payload = { values };
  const { $schema, ...schema } = JSON.parse(JSON.stringify(generate.json(payload)));
  const { items } = schema.properties.values;
  const ways = items.oneOf ? `one of ${items.oneOf.map((way) => way.type).join(', ')}` : items.type;
  console.log(`${JSON.stringify(payload)}: ${ways}: ${ajv.validate(schema, payload) ? 'valid' : 'invalid'}`);
}
JAVASCRIPT
seen=$(node learn.js)
echo "$seen"
expected="{\"values\":[\"a\",\"b\"]}: string: valid
{\"values\":[1,2]}: number: valid
{\"values\":[\"a\",1]}: one of string, string, number: invalid
{\"values\":[1,2,\"a\"]}: one of number, number, number, string: invalid
{\"values\":[\"a\",null]}: one of string, string, null: invalid
{\"values\":[{\"id\":1},\"a\"]}: one of object, string: valid
{\"values\":[{\"id\":1},{\"id\":2},\"a\"]}: one of object, object, string: invalid
{\"values\":[true,1,\"a\",null]}: one of boolean, boolean, number, string, null: invalid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
