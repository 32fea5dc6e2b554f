#!/usr/bin/env bash
# Guess:    the JSON Schema that @sodaru/yup-to-json-schema makes of a yup schema of an event accepts the events that yup accepts;
#           where JSON Schema has a word for a rule, it has the rule, and where it cannot be said it is wider.
# Really:   a text that may be null and is one of a few, oneOf([…]).nullable(), is never null: yup asks for no null in its list,
#           and the enum has that list. mixed(), any value, is {"type": []}, which is no schema, so the whole one cannot be
#           compiled. A pattern loses its flag i, and so refuses what yup takes. In the other direction noUnknown() and exact(),
#           which JSON Schema calls additionalProperties, are forgotten, and so is datetime(), which is any text; required() of a
#           text, which yup refuses to be empty, lets an empty one through.
# Versions: @sodaru/yup-to-json-schema 2.0.1, yup 1.7.1, ajv 8.20.0 with ajv-formats 3.0.1, Node.js 20
# Source:   run here: of each value what yup says in its strict mode, and what ajv says of the schema; the package's README, which
#           names no limits; its dist/converters/common.js (enum = oneOf), mixed.js, string.js (the flags are cut off) and
#           object.js.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @sodaru/yup-to-json-schema@2.0.1 yup@1.7.1 ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >events.js <<'JAVASCRIPT'
const Ajv = require('ajv');
const formats = require('ajv-formats');
const yup = require('yup');
const { convertSchema } = require('@sodaru/yup-to-json-schema');

const one = (rule) => yup.object({ event: rule });
const cases = [
  ['nullable, one of', one(yup.string().nullable().oneOf(['active', 'queued', null])), ['active', null]],
  ['nullable, one of, without null', one(yup.string().oneOf(['active', 'queued']).nullable()), ['active', null]],
  ['mixed', one(yup.mixed()), ['active', 7]],
  ['pattern', one(yup.string().matches(/^image\./)), ['image.create', 'IMAGE.CREATE']],
  ['pattern, i', one(yup.string().matches(/^image\./i)), ['image.create', 'IMAGE.CREATE']],
  ['no unknown', one(yup.object({ id: yup.string() }).noUnknown().strict()), [{ id: 'a' }, { id: 'a', ID: 'b' }]],
  ['exact', one(yup.object({ id: yup.string() }).exact().strict()), [{ id: 'a' }, { id: 'a', ID: 'b' }]],
  ['datetime', one(yup.string().datetime()), ['2026-11-30T10:00:00Z', 'yesterday']],
  ['required text', one(yup.string().required()), ['a', '']],
  ['length', one(yup.string().length(3)), ['abc', 'abcd']],
];
for (const [name, schema, values] of cases) {
  const json = convertSchema(schema);
  let valid;
  try {
    const ajv = new Ajv({ strict: false });
    formats(ajv);
    const validate = ajv.compile(json);
    valid = (event) => (validate(event) ? 'yes' : 'no');
  } catch {
    valid = () => 'no schema';
  }
  const said = values.map((event) => `${JSON.stringify(event)} yup ${schema.isValidSync({ event }, { strict: true }) ? 'yes' : 'no'}, ajv ${valid({ event })}`);
  console.log(`${name}, ${JSON.stringify(json.properties.event)}: ${said.join('; ')}`);
}
JAVASCRIPT
seen=$(node events.js)
echo "$seen"
expected='nullable, one of, {"type":["string","null"],"enum":["active","queued",null]}: "active" yup yes, ajv yes; null yup yes, ajv yes
nullable, one of, without null, {"type":["string","null"],"enum":["active","queued"]}: "active" yup yes, ajv yes; null yup yes, ajv no
mixed, {"type":[]}: "active" yup yes, ajv no schema; 7 yup yes, ajv no schema
pattern, {"type":"string","pattern":"^image\\."}: "image.create" yup yes, ajv yes; "IMAGE.CREATE" yup no, ajv no
pattern, i, {"type":"string","pattern":"^image\\."}: "image.create" yup yes, ajv yes; "IMAGE.CREATE" yup yes, ajv no
no unknown, {"type":"object","default":{},"properties":{"id":{"type":"string"}}}: {"id":"a"} yup yes, ajv yes; {"id":"a","ID":"b"} yup no, ajv yes
exact, {"type":"object","default":{},"properties":{"id":{"type":"string"}}}: {"id":"a"} yup yes, ajv yes; {"id":"a","ID":"b"} yup no, ajv yes
datetime, {"type":"string"}: "2026-11-30T10:00:00Z" yup yes, ajv yes; "yesterday" yup no, ajv yes
required text, {"type":"string"}: "a" yup yes, ajv yes; "" yup no, ajv yes
length, {"type":"string","minLength":3,"maxLength":3}: "abc" yup yes, ajv yes; "abcd" yup no, ajv no'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
