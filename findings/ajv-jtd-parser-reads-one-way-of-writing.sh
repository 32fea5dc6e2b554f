#!/usr/bin/env bash
# Guess:    the parser that Ajv makes of a schema in JSON Type Definition, compileParser, reads the JSON that JSON.parse reads and
#           Ajv's own validator then accepts, faster; and the serializer writes JSON, or raises.
# Really:   it reads some ways of writing a value, and not others that are the same in JSON: a whole number as 3.0, as Python
#           writes a float, or as 3e0 is an unexpected token where the type is an int; a value of an enum that is written with an
#           escape, "\u00e9" as Python writes é, or "a\/b" as PHP writes a slash, is none of the enum. Other texts and names may
#           have escapes. What the serializer is given it checks not at all, which is documented: NaN, Infinity and undefined,
#           too, are written as such.
# Versions: ajv 8.20.0 (npm), Node.js 20, Python 3.11
# Source:   run here, beside JSON.parse with Ajv's validator, and Python's json as a writer; RFC 8259, 6 (numbers) and 7
#           (escapes); ajv, dist/compile/jtd/parse.js, parseType and parseEnum (a comparison of the text as it stands); its API
#           reference, compileParser (comparable to JSON.parse) and compileSerializer (does not validate).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent ajv@8.20.0 >>npm.log

cat >write.py <<'PYTHON'
import json

WRITTEN = [({"type": "int32"}, 3), ({"type": "int32"}, 3.0), ({"type": "float64"}, 1e300)]
WRITTEN += [({"enum": ["créé"]}, "créé"), ({"type": "string"}, "créé")]
WRITTEN += [({"properties": {"créé": {"type": "boolean"}}}, {"créé": True})]
OTHERS = [({"enum": ["a/b"]}, '"a\\/b"'), ({"type": "int32"}, "3e0")]
print(json.dumps([(schema, json.dumps(value)) for schema, value in WRITTEN] + OTHERS))
PYTHON
cat >read.js <<'JAVASCRIPT'
const Ajv = require('ajv/dist/jtd').default;

for (const [schema, text] of JSON.parse(require('node:fs').readFileSync(0, 'utf8'))) {
  const ajv = new Ajv();
  const parse = ajv.compileParser(schema);
  const parsed = parse(text);
  const said = parsed === undefined ? parse.message : JSON.stringify(parsed);
  console.log(`${JSON.stringify(schema)}, ${text}: valid ${ajv.validate(schema, JSON.parse(text))}, parser ${said}`);
}
for (const [schema, value] of [
  [{ type: 'float64' }, NaN],
  [{ type: 'int32' }, 1.5],
  [{ elements: {} }, [undefined]],
  [{ properties: { size: { type: 'float64' } } }, { size: -Infinity }],
]) {
  const ajv = new Ajv();
  console.log(`${JSON.stringify(schema)}: valid ${ajv.validate(schema, value)}, written ${ajv.compileSerializer(schema)(value)}, JSON.stringify ${JSON.stringify(value)}`);
}
JAVASCRIPT
seen=$(python3 write.py | node read.js)
echo "$seen"
expected='{"type":"int32"}, 3: valid true, parser 3
{"type":"int32"}, 3.0: valid true, parser unexpected token .
{"type":"float64"}, 1e+300: valid true, parser 1e+300
{"enum":["créé"]}, "cr\u00e9\u00e9": valid true, parser unexpected token c
{"type":"string"}, "cr\u00e9\u00e9": valid true, parser "créé"
{"properties":{"créé":{"type":"boolean"}}}, {"cr\u00e9\u00e9": true}: valid true, parser {"créé":true}
{"enum":["a/b"]}, "a\/b": valid true, parser unexpected token a
{"type":"int32"}, 3e0: valid true, parser unexpected token e
{"type":"float64"}: valid true, written NaN, JSON.stringify null
{"type":"int32"}: valid false, written 1.5, JSON.stringify 1.5
{"elements":{}}: valid true, written [undefined], JSON.stringify [null]
{"properties":{"size":{"type":"float64"}}}: valid true, written {"size":-Infinity}, JSON.stringify {"size":null}'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
