#!/usr/bin/env bash
# Guess:    a JSON Schema of an event whose allOf json-schema-merge-allof has merged, an envelope's and an event's schema made one,
#           accepts the same events: its README says that the merged schema does not validate more or less than the original, and
#           that it throws where nothing could be valid.
# Really:   two patterns become lookaheads side by side, which have to hold at one place of the text: of "^image\." and "\.create$"
#           comes a pattern that no text has, so each event is refused. Where one part is closed, the patternProperties of the other
#           are dropped for the names that the first one has, so os_size: "big" passes, which had to be a number. And integer beside
#           number throws, as if they had nothing in common.
# Versions: json-schema-merge-allof 0.8.1, ajv 8.20.0, Node.js 20
# Source:   run here, held against ajv; json-schema-merge-allof, its README ("Lossless", "Throws if no logical intersection is
#           found"), src/index.js (pattern: (?=…) of each; type: an intersection of names) and src/complex-resolvers/properties.js;
#           JSON Schema draft 6 validation, 6.8 (a pattern is not anchored), 6.19 and 6.25.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-schema-merge-allof@0.8.1 ajv@8.20.0 >>npm.log

cat >merging.js <<'JAVASCRIPT'
const Ajv = require('ajv');
const merge = require('json-schema-merge-allof');

const number = { type: 'integer' };
const cases = {
  required: [[{ required: ['id'] }, { required: ['size'] }], [{ id: 'a' }, { id: 'a', size: 7 }]],
  'anchored patterns': [[{ pattern: '^image\\.' }, { pattern: '\\.create$' }], ['image.create', 'image.', 'volume.create']],
  'patterns in the middle': [[{ pattern: 'image' }, { pattern: 'create' }], ['image.create', 'create.image']],
  'patterns of the whole': [[{ pattern: '^[a-z.]+$' }, { pattern: '^.{3,}$' }], ['image.create', 'a']],
  'closed, with a pattern of names': [
    [{ patternProperties: { '^os_': number } }, { properties: { os_size: {} }, additionalProperties: false }],
    [{ os_size: 7 }, { os_size: 'big' }],
  ],
  'open, with a pattern of names': [
    [{ patternProperties: { '^os_': number } }, { properties: { os_size: {} } }],
    [{ os_size: 7 }, { os_size: 'big' }],
  ],
  'integer and number': [[number, { type: 'number' }], [7, 7.5]],
};
for (const [name, [allOf, values]] of Object.entries(cases)) {
  const original = new Ajv({ strict: false }).compile({ allOf });
  let merged;
  try {
    merged = merge({ allOf });
  } catch (error) {
    console.log(`${name}: ${values.map((value) => `${JSON.stringify(value)} ${original(value)}`).join(', ')}; ${error.message.split('.')[0]}`);
    continue;
  }
  const validate = new Ajv({ strict: false }).compile(merged);
  const told = values.map((value) => `${JSON.stringify(value)} ${original(value)}/${validate(value)}`);
  console.log(`${name}: ${told.join(', ')} of ${JSON.stringify(merged)}`);
}
JAVASCRIPT
seen=$(node merging.js)
echo "$seen"
expected='required: {"id":"a"} false/false, {"id":"a","size":7} true/true of {"required":["id","size"]}
anchored patterns: "image.create" true/false, "image." false/false, "volume.create" false/false of {"pattern":"(?=^image\\.)(?=\\.create$)"}
patterns in the middle: "image.create" true/false, "create.image" true/false of {"pattern":"(?=image)(?=create)"}
patterns of the whole: "image.create" true/true, "a" false/false of {"pattern":"(?=^[a-z.]+$)(?=^.{3,}$)"}
closed, with a pattern of names: {"os_size":7} true/true, {"os_size":"big"} false/true of {"additionalProperties":false,"properties":{"os_size":{}}}
open, with a pattern of names: {"os_size":7} true/true, {"os_size":"big"} false/false of {"patternProperties":{"^os_":{"type":"integer"}},"properties":{"os_size":{}}}
integer and number: 7 true, 7.5 false; Could not resolve values for path:"type"'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
