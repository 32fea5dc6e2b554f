#!/usr/bin/env bash
# Guess:    the code that json-schema-to-zod writes of the JSON Schema of an event reads each event that keeps the schema; what zod
#           has no word for is left out, so the code lets through more, and nothing less.
# Really:   with zod 4 the format time is the wrong way round: z.string().time() takes 10:00:00, which JSON Schema's time does not
#           allow, and refuses 10:00:00Z, which it asks for. A member that no patternProperties names is held to them all the same;
#           of prefixItems nothing is left, and the first item is held to the rule for the rest; a const or an enum of an object or
#           a list is equal to nothing; a UUID needs a version and a variant. So valid events are refused. ipv4 and ipv6 end in a
#           TypeError as the code is loaded, and a oneOf is TypeScript, which Node.js cannot read. What is not under properties is
#           not required.
# Versions: json-schema-to-zod 2.8.1, zod 4.6.7, ajv 8.20.0 with ajv-formats 3.0.1, Node.js 20
# Source:   run here; json-schema-to-zod, dist/esm/parsers/parseString.js, parseObject.js, parseArray.js, parseConst.js,
#           parseEnum.js and parseOneOf.js; its README (zod 4 is the default, "Here be dragons" of oneOf beside an object); JSON
#           Schema 2020-12, validation, 7.3.1 (RFC 3339's full-time) and 7.3.5.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-schema-to-zod@2.8.1 zod@4.6.7 ajv@8.20.0 ajv-formats@3.0.1 >>npm.log

cat >read.mjs <<'JAVASCRIPT'
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { jsonSchemaToZod } from 'json-schema-to-zod';
import * as z from 'zod';

const text = (format) => ({ type: 'string', format });
const named = { type: 'object', patternProperties: { '^hw_': { type: 'string' } } };
const cases = [
  [text('time'), ['10:00:00Z', '10:00:00+02:00', '10:00:00']],
  [text('date-time'), ['2026-11-30T10:00:00Z', '2026-11-30T10:00:00+02:00']],
  [text('uuid'), ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', '00000000-0000-0000-0000-000000000001']],
  [text('ipv4'), ['10.0.0.1']],
  [named, [{ hw_disk: 'ide' }, { hw_disk: 'ide', size: 7 }, { hw_disk: 7 }]],
  [{ type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'integer' } }, [['a', 7], [7, 7]]],
  [{ const: ['a'] }, [['a']]],
  [{ enum: [{ state: 'active' }, null] }, [{ state: 'active' }, null]],
  [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, ['a']],
  [{ type: 'object', required: ['id'] }, [{}]],
];
for (const [schema, values] of cases) {
  const ajv = new Ajv.default({ strict: false });
  formats.default(ajv);
  const valid = ajv.compile(schema);
  let zod;
  try {
    const read = new Function('z', `return ${jsonSchemaToZod(schema, { module: 'none' })}`)(z);
    zod = (value) => (read.safeParse(value).success ? 'yes' : 'no');
  } catch (error) {
    zod = () => error.name;
  }
  const said = values.map((value) => `${JSON.stringify(value)} ajv ${valid(value) ? 'yes' : 'no'}, zod ${zod(value)}`);
  console.log(`${JSON.stringify(schema)}: ${said.join('; ')}`);
}
JAVASCRIPT
seen=$(node read.mjs)
echo "$seen"
expected='{"type":"string","format":"time"}: "10:00:00Z" ajv yes, zod no; "10:00:00+02:00" ajv yes, zod no; "10:00:00" ajv no, zod yes
{"type":"string","format":"date-time"}: "2026-11-30T10:00:00Z" ajv yes, zod yes; "2026-11-30T10:00:00+02:00" ajv yes, zod yes
{"type":"string","format":"uuid"}: "6ba7b810-9dad-11d1-80b4-00c04fd430c8" ajv yes, zod yes; "00000000-0000-0000-0000-000000000001" ajv yes, zod no
{"type":"string","format":"ipv4"}: "10.0.0.1" ajv yes, zod TypeError
{"type":"object","patternProperties":{"^hw_":{"type":"string"}}}: {"hw_disk":"ide"} ajv yes, zod yes; {"hw_disk":"ide","size":7} ajv yes, zod no; {"hw_disk":7} ajv no, zod no
{"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"integer"}}: ["a",7] ajv yes, zod no; [7,7] ajv no, zod yes
{"const":["a"]}: ["a"] ajv yes, zod no
{"enum":[{"state":"active"},null]}: {"state":"active"} ajv yes, zod no; null ajv yes, zod yes
{"oneOf":[{"type":"string"},{"type":"integer"}]}: "a" ajv yes, zod SyntaxError
{"type":"object","required":["id"]}: {} ajv no, zod yes'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
