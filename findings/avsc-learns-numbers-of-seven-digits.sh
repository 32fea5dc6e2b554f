#!/usr/bin/env bash
# Guess:    the Avro type that avsc learns from an event, Type.forValue, holds the event: what is written with it and read again is
#           the same, since each of JavaScript's numbers is a double.
# Really:   a number that is no int of 32 bits is learnt as a float, of 32 bits, unless it is too large for a whole number in
#           JavaScript: a size of three gibibytes and one byte loses the byte, a time is off by half a minute, in seconds as in
#           milliseconds, and 19.99 is 19.989999771118164. Nothing is said: the type takes them for its own. Only from 2**53 - 1 on
#           is it a double. The option typeHook can put another type there.
# Versions: avsc 5.7.9 (npm), Node.js 20
# Source:   run here; avsc/lib/types.js, Type.forValue, case 'number', and FloatType; avsc's README, whose example of forValue has
#           whole numbers only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent avsc@5.7.9 >>npm.log

cat >learn.js <<'JAVASCRIPT'
const avro = require('avsc');

const numbers = { size: 2147483647, image: 3221225473, at: 1764496800.125, milliseconds: 1764496800123, price: 19.99, beyond: 2 ** 53 };
for (const [name, value] of Object.entries(numbers)) {
  const type = avro.Type.forValue({ [name]: value });
  const read = type.fromBuffer(type.toBuffer({ [name]: value }))[name];
  const said = type.isValid({ [name]: value }) ? 'valid' : 'not valid';
  console.log(`${name}: ${value}, ${type.field(name).type.typeName}, ${said}: ${read}`);
}
const hooked = avro.Type.forValue({ image: 3221225473 }, { typeHook: (schema) => (schema === 'float' ? avro.Type.forSchema('double') : undefined) });
console.log(`with typeHook: ${hooked.fromBuffer(hooked.toBuffer({ image: 3221225473 })).image}`);
JAVASCRIPT
seen=$(node learn.js)
echo "$seen"
expected='size: 2147483647, int, valid: 2147483647
image: 3221225473, float, valid: 3221225472
at: 1764496800.125, float, valid: 1764496768
milliseconds: 1764496800123, float, valid: 1764496769024
price: 19.99, float, valid: 19.989999771118164
beyond: 9007199254740992, double, valid: 9007199254740992
with typeHook: 3221225473'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
