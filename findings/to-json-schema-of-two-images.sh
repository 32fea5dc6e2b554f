#!/usr/bin/env bash
# Guess:    the schema that to-json-schema makes of recorded events, whose README says that it serves to validate similar ones, is
#           the same for the same events, describes what they have in common, and can be read by a validator of JSON Schema.
# Really:   a text with a colon in it, "12:00", has the format style every other time, for a pattern with a state is asked. Where
#           two objects of a list differ in a format, in the type of one member, null for a number, or in a member that the other
#           lacks, all is forgotten but that they are objects: of two equal events with such a text any object is valid. Nothing
#           is said. Formats that no draft since the third knows, style, utc-millisec of "1234567" and color of "red", have ajv
#           refuse the schema, and so has required: true at each member, which {required: true} writes.
# Versions: to-json-schema 0.2.5, ajv 8.20.0 with ajv-formats 3.0.1, Node.js 20
# Source:   run here, held against ajv; JSON Schema draft 4 validation, 5.4.3 (required is an array); to-json-schema, its README,
#           lib/jsonSchemaHelpers.js (style: a regular expression with the flag g) and lib/helpers.js, mergeSchemaObjs.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent to-json-schema@0.2.5 ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >infers.js <<'JAVASCRIPT'
const Ajv = require('ajv');
const addFormats = require('ajv-formats');
const toJsonSchema = require('to-json-schema');

function judge(schema, value) {
  const ajv = new Ajv();
  addFormats(ajv);
  try {
    return ajv.validate(schema, value) ? 'valid' : 'invalid';
  } catch (error) {
    return error.message.split(' ignored')[0];
  }
}
const another = {
  'alike': { id: 'a2', size: 8, day: '2026-02-04' },
  'a null': { id: 'a2', size: null, day: '2026-02-04' },
  'a member more': { id: 'a2', size: 8, day: '2026-02-04', status: 'active' },
  'another text': { id: 'a2', size: 8, day: 'never' },
};
const first = { id: 'a1', size: 7, day: '2026-02-03' };
for (const [name, second] of Object.entries(another)) {
  const schema = toJsonSchema([first, second]).items;
  console.log(`${name}: ${Object.keys(schema)}; {"id": 7, "size": {}} is ${judge(schema, { id: 7, size: {} })}`);
}
for (const day of ['12:00', '12-00']) {
  const schemas = [1, 2, 3].map(() => JSON.stringify(toJsonSchema(day)));
  console.log(`${day}, three times: ${schemas.join(' ')}`);
  console.log(`of two equal events: ${JSON.stringify(toJsonSchema([{ day }, { day }]).items)}`);
}
console.log(`required: ${judge(toJsonSchema(first, { required: true }), first)}`);
for (const text of ['1234567', 'red', '2026-02-03']) {
  console.log(`${text}: ${toJsonSchema(text).format}, ${judge(toJsonSchema(text), text)}`);
}
JAVASCRIPT
seen=$(node infers.js)
echo "$seen"
text='{"type":"string"}'
style='{"type":"string","format":"style"}'
all='type; {"id": 7, "size": {}} is valid'
expected="alike: type,properties; {\"id\": 7, \"size\": {}} is invalid
a null: $all
a member more: $all
another text: $all
12:00, three times: $style $text $style
of two equal events: {\"type\":\"object\"}
12-00, three times: $text $text $text
of two equal events: {\"type\":\"object\",\"properties\":{\"day\":$text}}
required: schema is invalid: data/required must be array
1234567: utc-millisec, unknown format \"utc-millisec\"
red: color, unknown format \"color\"
2026-02-03: date, valid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
