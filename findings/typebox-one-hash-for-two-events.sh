#!/usr/bin/env bash
# Guess:    Value.Hash of TypeBox, by which events are told apart, is the same for equal values, and for two others only by an
#           accident that nobody meets; and a list with uniqueItems is held to it as JSON Schema says.
# Really:   what is hashed has no mark where an object ends. {"changed": {"size": 7}} and {"changed": {}, "size": 7} have one hash,
#           always, and so a list of the two is not unique, which ajv finds valid by the same schema. Names are sorted first. The
#           same holds of {"tags": ["a"], "x": 1} and {"tags": ["a", "x", 1]}. The order of the members plays no part, and a number
#           and its text are two, as one would guess. TypeBox 0.34 and 1.4 do the same.
# Versions: typebox 1.4.3, @sinclair/typebox 0.34.52, ajv 8.20.0, Node.js 20
# Source:   run here; @sinclair/typebox, build/cjs/value/hash/hash.js, ObjectType and ArrayType (a marker before, none behind), and
#           value/check/check.js, FromArray (uniqueItems by Hash); JSON Schema 2020-12, validation, 6.4.3.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent typebox@1.4.3 @sinclair/typebox@0.34.52 ajv@8.20.0 >>npm.log

cat >hashes.mjs <<'JAVASCRIPT'
import * as early from '@sinclair/typebox';
import * as earlyValue from '@sinclair/typebox/value';
import Ajv from 'ajv';
import * as late from 'typebox';
import * as lateValue from 'typebox/value';

const valid = new Ajv().compile({ type: 'array', uniqueItems: true });
const pairs = [
  [{ changed: { size: 7 } }, { changed: {}, size: 7 }],
  [{ image: { owner: { uuid: 'a' } } }, { image: { owner: {}, uuid: 'a' } }],
  [{ tags: ['a'], x: 1 }, { tags: ['a', 'x', 1] }],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }],
  [{ size: 7 }, { size: '7' }],
];
for (const [one, other] of pairs) {
  const said = [[early, earlyValue], [late, lateValue]].map(([{ Type }, { Value }]) => {
    const hash = Value.Hash(one) === Value.Hash(other) ? 'one hash' : 'two hashes';
    return `${hash}, ${Value.Check(Type.Array(Type.Unknown(), { uniqueItems: true }), [one, other]) ? 'unique' : 'not unique'}`;
  });
  console.log(`${JSON.stringify(one)} and ${JSON.stringify(other)}: ${said.join('; ')}; ajv ${valid([one, other]) ? 'unique' : 'not unique'}`);
}
JAVASCRIPT
seen=$(node hashes.mjs)
echo "$seen"
expected='{"changed":{"size":7}} and {"changed":{},"size":7}: one hash, not unique; one hash, not unique; ajv unique
{"image":{"owner":{"uuid":"a"}}} and {"image":{"owner":{},"uuid":"a"}}: one hash, not unique; one hash, not unique; ajv unique
{"tags":["a"],"x":1} and {"tags":["a","x",1]}: one hash, not unique; one hash, not unique; ajv unique
{"a":1,"b":2} and {"b":2,"a":1}: one hash, not unique; one hash, not unique; ajv not unique
{"size":7} and {"size":"7"}: two hashes, unique; two hashes, unique; ajv unique'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
