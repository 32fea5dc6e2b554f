#!/usr/bin/env bash
# Guess:    the JSON Schema that zod writes of a schema of an event accepts what zod accepts, and a validator of JSON Schema can
#           read it; what JSON Schema cannot say zod refuses to write, as it does for a Set.
# Really:   an event with a member more, or without one that has a default, is read by zod and refused by its JSON Schema, which
#           describes what zod hands on, and not what it reads; {io: "input"} describes that. In both a pattern loses its flags,
#           so /^image/i refuses "Image"; 4.02 is to ajv no multiple of 0.01, which zod reckons in whole cents, and PT0.5S is no
#           duration; z.coerce.number() and .catch(0) refuse what they are there for. startsWith writes a format of zod's own,
#           starts_with, with which ajv refuses the whole schema, as it does with those of endsWith, ulid and cidrv4. Nothing is
#           said.
# Versions: zod 4.6.7, ajv 8.20.0 with ajv-formats 3.0.1, Node.js 20
# Source:   run here, held against ajv; JSON Schema 2020-12 validation, 7.3 (the formats that there are; a duration is RFC
#           3339's); zod, v4/core/to-json-schema.d.ts (io) and v4/core/json-schema-processors.js.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent zod@4.6.7 ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >schemas.js <<'JAVASCRIPT'
const { z } = require('zod');
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

const cases = {
  'a member more': [z.object({ id: z.string() }), { id: 'a1', size: 7 }],
  'a default': [z.object({ status: z.string().default('queued') }), {}],
  'a pattern': [z.string().regex(/^image/), 'image.create'],
  'a pattern with a flag': [z.string().regex(/^image/i), 'Image.create'],
  multipleOf: [z.number().multipleOf(0.01), 4.02],
  'a duration': [z.iso.duration(), 'PT0.5S'],
  'coerce.number': [z.coerce.number(), '7'],
  catch: [z.number().catch(0), 'many'],
  startsWith: [z.string().startsWith('image.'), 'image.create'],
  ulid: [z.ulid(), '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
};
for (const [name, [schema, value]] of Object.entries(cases)) {
  const judged = ['output', 'input'].map((io) => {
    const ajv = new Ajv();
    addFormats(ajv);
    try {
      return ajv.validate(z.toJSONSchema(schema, { io }), value);
    } catch (error) {
      return error.message.split(' ignored')[0];
    }
  });
  console.log(`${name}: zod ${schema.safeParse(value).success}, its JSON Schema ${judged[0]}, of input ${judged[1]}`);
}
JAVASCRIPT
seen=$(node schemas.js)
echo "$seen"
expected='a member more: zod true, its JSON Schema false, of input true
a default: zod true, its JSON Schema false, of input true
a pattern: zod true, its JSON Schema true, of input true
a pattern with a flag: zod true, its JSON Schema false, of input false
multipleOf: zod true, its JSON Schema false, of input false
a duration: zod true, its JSON Schema false, of input false
coerce.number: zod true, its JSON Schema false, of input false
catch: zod true, its JSON Schema false, of input false
startsWith: zod true, its JSON Schema unknown format "starts_with", of input unknown format "starts_with"
ulid: zod true, its JSON Schema unknown format "ulid", of input unknown format "ulid"'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
