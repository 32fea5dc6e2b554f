#!/usr/bin/env bash
# Guess:    an event that keeps its JSON Schema is of the type that json-schema-to-typescript makes of the schema: what TypeScript
#           cannot say, or the package does not know, is left open.
# Really:   prefixItems is not known, and items: false, which closes such a list, is: the type is never[], so no list but the empty
#           one can be written; without items: false it is any list. And a value of which only a rule is said and no type,
#           minLength, a format, minimum, {"not": …} or an if, is an object, so that no text or number can stand there. {} is
#           anything, and the older tuple, items as a list with additionalItems: false, is one.
# Versions: json-schema-to-typescript 16.0.0, typescript 5.9.3, ajv 8.20.0, Node.js 20
# Source:   run here, what tsc says of the event and ajv of the same JSON; JSON Schema 2020-12, 10.3.1.1 and 10.2.1.4; the
#           package's README, "Features" (no prefixItems) and "Not expressible in TypeScript" (format, minimum, not), which says
#           nothing of types.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-schema-to-typescript@16.0.0 typescript@5.9.3 ajv@8.20.0 >>npm.log

cat >types.mjs <<'JAVASCRIPT'
import Ajv from 'ajv/dist/2020.js';
import Ajv7 from 'ajv';
import { compile } from 'json-schema-to-typescript';
import ts from 'typescript';

const text = { type: 'string' };
const cases = [
  ['prefixItems, items: false', { type: 'array', prefixItems: [text, { type: 'integer' }], items: false }, ['a', 7]],
  ['prefixItems', { type: 'array', prefixItems: [text, { type: 'integer' }] }, ['a', 7]],
  ['items as a list, of draft 7', { type: 'array', items: [text, { type: 'integer' }], additionalItems: false }, ['a', 7]],
  ['not null', { not: { type: 'null' } }, 'a'],
  ['if, then', { if: text, then: { maxLength: 3 } }, 'a'],
  ['anything', {}, 'a'],
  ['minLength alone', { minLength: 1 }, 'a'],
  ['format alone', { format: 'uuid' }, 'a'],
  ['minimum alone', { minimum: 0 }, 7],
];
const refused = (source) => {
  const host = ts.createCompilerHost({});
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) => (name === 'event.ts' ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2020) : read(name, ...rest));
  const program = ts.createProgram(['event.ts'], { strict: true, noEmit: true, types: [] }, host);
  return program.getSemanticDiagnostics(program.getSourceFile('event.ts')).length > 0;
};
for (const [name, rule, value] of cases) {
  const schema = { type: 'object', properties: { it: rule }, required: ['it'], additionalProperties: false };
  const type = await compile(schema, 'Event', { bannerComment: '' });
  const own = type.slice(type.indexOf('it:') + 4, type.lastIndexOf('}')).trim().replace(/\s+/g, ' ');
  const event = { it: value };
  const ajv = new (name.includes('draft 7') ? Ajv7.default ?? Ajv7 : Ajv.default ?? Ajv)({ strict: false });
  const said = refused(`${type}\nconst event: Event = ${JSON.stringify(event)};\n`) ? 'refused' : 'taken';
  console.log(`${name}: ${own} ${JSON.stringify(event)} is ${ajv.validate(schema, event) ? 'valid' : 'not valid'}, and ${said} by tsc`);
}
JAVASCRIPT
seen=$(node types.mjs)
echo "$seen"
expected='prefixItems, items: false: never[]; {"it":["a",7]} is valid, and refused by tsc
prefixItems: unknown[]; {"it":["a",7]} is valid, and taken by tsc
items as a list, of draft 7: [] | [string] | [string, number]; {"it":["a",7]} is valid, and taken by tsc
not null: { [k: string]: unknown; }; {"it":"a"} is valid, and refused by tsc
if, then: { [k: string]: unknown; }; {"it":"a"} is valid, and refused by tsc
anything: unknown; {"it":"a"} is valid, and taken by tsc
minLength alone: { [k: string]: unknown; }; {"it":"a"} is valid, and refused by tsc
format alone: { [k: string]: unknown; }; {"it":"a"} is valid, and refused by tsc
minimum alone: { [k: string]: unknown; }; {"it":7} is valid, and refused by tsc'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
