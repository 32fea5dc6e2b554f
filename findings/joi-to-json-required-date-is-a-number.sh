#!/usr/bin/env bash
# Guess:    the JSON Schema that joi-to-json makes of a Joi schema of an event accepts the events that Joi accepts; what its page
#           does not name among its limits is the same, or wider where JSON Schema has no word for it.
# Really:   a date is a text with the format date-time as long as nothing else is said of it; with required() or a description it is
#           an integer, so no event with its time is valid. Joi.object(), which takes any payload, is an object without any members,
#           with min(1) or length(1), too. A pattern with the flag i ends in "/i", which no text does; with invert: true, as in its
#           README's own example, it is the pattern that was ruled out. length() of a text is forgotten, and so is integer() behind
#           min(). A limit that is another member, Joi.ref, makes a schema that is none.
# Versions: joi-to-json 5.0.5, joi 18.3.2, ajv 8.20.0 with ajv-formats 3.0.1, Node.js 20
# Source:   run here: of each value what Joi says, and what ajv says of the schema; joi-to-json's README (its example, and "Known
#           Limitation") and lib/parsers/json.js: _setDateFieldProperties (any flag, and no format), _setObjectProperties (keys, and
#           no rules), _setStringFieldProperties (no invert, no length), _getFieldType (the first rule).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent joi-to-json@5.0.5 joi@18.3.2 ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >events.js <<'JAVASCRIPT'
const Ajv = require('ajv');
const formats = require('ajv-formats');
const Joi = require('joi');
const parse = require('joi-to-json');

const time = '2026-11-30T10:00:00Z';
const cases = [
  ['date', Joi.date(), [time, 1764496800]],
  ['date, required', Joi.date().required(), [time, 1764496800]],
  ['date, described', Joi.date().description('when it was made'), [time, 1764496800]],
  ['date, iso, required', Joi.date().iso().required(), [time]],
  ['any object', Joi.object(), [{}, { checksum: 'x' }]],
  ['any object, unknown', Joi.object().unknown(), [{}, { checksum: 'x' }]],
  ['object, min 1', Joi.object().min(1), [{}, { checksum: 'x' }]],
  ['object, length 1', Joi.object().length(1), [{}, { checksum: 'x' }]],
  ['pattern', Joi.string().pattern(/^image\./), ['image.create', 'IMAGE.CREATE', 'volume.create']],
  ['pattern, i', Joi.string().pattern(/^image\./i), ['image.create', 'IMAGE.CREATE', 'volume.create']],
  ['pattern, inverted', Joi.string().pattern(/^image\./, { invert: true }), ['image.create', 'IMAGE.CREATE', 'volume.create']],
  ['text, length 3', Joi.string().length(3), ['abc', 'abcd']],
  ['list, length 1', Joi.array().length(1), [['a'], ['a', 'b']]],
  ['integer, min', Joi.number().integer().min(0), [1, 1.5]],
  ['min, integer', Joi.number().min(0).integer(), [1, 1.5]],
];
const ajv = new Ajv({ strict: false });
formats(ajv);
for (const [name, member, values] of cases) {
  const joi = Joi.object({ value: member });
  const schema = parse(joi);
  const validate = ajv.compile(schema);
  const told = values.map((value) => {
    const accepted = !joi.validate({ value }, { convert: name.startsWith('date') }).error;
    return `${JSON.stringify(value)} ${accepted ? 'yes' : 'no'}/${validate({ value }) ? 'yes' : 'no'}`;
  });
  const { description, ...written } = schema.properties.value;
  console.log(`${name}: ${told.join(', ')} of ${JSON.stringify(written)}`);
}
const referring = parse(Joi.object({ from: Joi.number(), to: Joi.number().min(Joi.ref('from')) }));
console.log(`min of another member: ${JSON.stringify(referring.properties.to)}, a schema: ${ajv.validateSchema(referring)}`);
JAVASCRIPT
seen=$(node events.js)
echo "$seen"
expected='date: "2026-11-30T10:00:00Z" yes/yes, 1764496800 yes/no of {"type":"string","format":"date-time"}
date, required: "2026-11-30T10:00:00Z" yes/no, 1764496800 yes/yes of {"type":"integer"}
date, described: "2026-11-30T10:00:00Z" yes/no, 1764496800 yes/yes of {"type":"integer"}
date, iso, required: "2026-11-30T10:00:00Z" yes/yes of {"type":"string","format":"date-time"}
any object: {} yes/yes, {"checksum":"x"} yes/no of {"type":"object","properties":{},"additionalProperties":false}
any object, unknown: {} yes/yes, {"checksum":"x"} yes/yes of {"type":"object","properties":{},"additionalProperties":true}
object, min 1: {} no/yes, {"checksum":"x"} yes/no of {"type":"object","properties":{},"additionalProperties":false}
object, length 1: {} no/yes, {"checksum":"x"} yes/no of {"type":"object","properties":{},"additionalProperties":false}
pattern: "image.create" yes/yes, "IMAGE.CREATE" no/no, "volume.create" no/no of {"type":"string","pattern":"^image\\."}
pattern, i: "image.create" yes/no, "IMAGE.CREATE" yes/no, "volume.create" no/no of {"type":"string","pattern":"^image\\./i"}
pattern, inverted: "image.create" no/yes, "IMAGE.CREATE" yes/no, "volume.create" yes/no of {"type":"string","pattern":"^image\\."}
text, length 3: "abc" yes/yes, "abcd" no/yes of {"type":"string"}
list, length 1: ["a"] yes/yes, ["a","b"] no/no of {"type":"array","maxItems":1,"minItems":1,"items":{}}
integer, min: 1 yes/yes, 1.5 no/no of {"type":"integer","minimum":0}
min, integer: 1 yes/yes, 1.5 no/yes of {"type":"number","minimum":0}
min of another member: {"type":"number","minimum":{"ref":{"path":["from"]}}}, a schema: false'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
