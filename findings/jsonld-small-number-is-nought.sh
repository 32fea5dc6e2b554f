#!/usr/bin/env bash
# Guess:    an observation in JSON-LD, as services send those of sensors, is the same statement in RDF whichever processor makes
#           it: JSON-LD says how its numbers are written, whole ones as xsd:integer, all others as xsd:double.
# Really:   jsonld, the reference in JavaScript, looks for a point in the text that JavaScript makes of a number, and 1e-7 has
#           none, nor has any number below a millionth with one digit: it is a whole number to it, and is written as the nearest
#           one, 0, or -0. 4.2e-7 is a double. So two readings, 1e-7 and 9e-7, are one, in N-Quads and in the canonical form, from
#           which hashes are made; a consumer with PyLD, the same authors' library for Python, has them as they are.
# Versions: jsonld 9.0.0 (npm), pyld 3.3.0 (PyPI), Node.js 20, Python 3.11
# Source:   run here; jsonld, lib/types.js, isDouble (indexOf('.')), and lib/toRdf.js (toFixed(0)); JSON-LD 1.1 API, "Data Round
#           Tripping" (an integer is a number without a non-zero fractional part).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent jsonld@9.0.0 >>npm.log
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pyld==3.3.0

cat >readings.json <<'JSON'
[0.5, 4.2e-7, 9e-7, 1e-7, -3e-9, 2]
JSON
cat >observe.js <<'JAVASCRIPT'
const jsonld = require('jsonld');
const readings = require('./readings.json');

const run = async () => {
  for (const reading of readings) {
    const observation = { '@context': { '@vocab': 'http://www.w3.org/ns/sosa/' }, '@id': 'urn:a', hasSimpleResult: reading };
    const [quads, canonical] = await Promise.all([
      jsonld.toRDF(observation, { format: 'application/n-quads' }),
      jsonld.canonize(observation, { algorithm: 'URDNA2015', format: 'application/n-quads' }),
    ]);
    const [, value, type] = quads.match(/"(.*)"\^\^<.*#(\w+)>/);
    console.log(`${reading}: ${value} (${type})${quads === canonical ? '' : ', not canonical'}`);
  }
};
run();
JAVASCRIPT
cat >observe.py <<'PYTHON'
import json
import re
from pathlib import Path

from pyld import jsonld

for reading in json.loads(Path("readings.json").read_text()):
    observation = {"@context": {"@vocab": "http://www.w3.org/ns/sosa/"}, "@id": "urn:a", "hasSimpleResult": reading}
    quads = jsonld.to_rdf(observation, {"format": "application/n-quads"})
    value, kind = re.search(r'"(.*)"\^\^<.*#(\w+)>', quads).groups()
    print(f"{value} ({kind})")
PYTHON
seen="JavaScript
$(node observe.js)
Python
$(venv/bin/python observe.py)"
echo "$seen"
expected="JavaScript
0.5: 5.0E-1 (double)
4.2e-7: 4.2E-7 (double)
9e-7: 0 (integer)
1e-7: 0 (integer)
-3e-9: -0 (integer)
2: 2 (integer)
Python
5.0E-1 (double)
4.2E-7 (double)
9.0E-7 (double)
1.0E-7 (double)
-3.0E-9 (double)
2 (integer)"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
