#!/usr/bin/env bash
# Guess:    json-schema-migrate, Ajv's own tool, makes of a schema of draft 4 or 7 one of draft 2020-12, draft2020(schema), that a
#           validator holds events to as before, where the new draft can say the same.
# Really:   it writes the new draft's words under another draft's name: the result says that it is of 2019-09 if it was of draft
#           4, and keeps its $schema if it was of draft 7, while a list of items has become prefixItems, which neither knows. So
#           the positions of a list are checked by nothing: with additionalItems: false nothing but the empty list is allowed, for
#           "items" is now false of all. And what stands beside a $ref, which up to draft 7 is passed over, is left there, and
#           counts where the result says 2019-09. Nothing is said.
# Versions: json-schema-migrate 2.0.0, ajv 8.20.0 (npm), jsonschema 4.26.0 (PyPI), Node.js 20, Python 3.11
# Source:   run here, each schema read by jsonschema, which goes by $schema; json-schema-migrate's README ("$schema" becomes that
#           of draft-2020-12; items become prefixItems) and dist/index.js, metaSchema and the case "items"; JSON Schema 2019-09,
#           9.3.1.1 (a list of items), and 2020-12, 10.3.1.1 (prefixItems); draft 7, 8.3 (beside $ref).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent json-schema-migrate@2.0.0 ajv@8.20.0 >>npm.log

cat >migrate.js <<'JAVASCRIPT'
const migrate = require('json-schema-migrate');

const schemas = {};
for (const draft of ['draft-04', 'draft-07']) {
  const schema = () => ({
    $schema: `http://json-schema.org/${draft}/schema#`,
    definitions: { name: { type: 'string' } },
    properties: {
      size: { type: 'array', items: [{ type: 'integer' }, { enum: ['B', 'KiB'] }] },
      exactly: { type: 'array', items: [{ type: 'integer' }, { enum: ['B', 'KiB'] }], additionalItems: false },
      name: { $ref: '#/definitions/name', maxLength: 2 },
    },
  });
  schemas[`${draft}, as it was`] = schema();
  const migrated = schema();
  migrate.draft2020(migrated);
  schemas[`${draft}, migrated to 2020-12`] = migrated;
  schemas[`${draft}, migrated, and named 2020-12`] = { ...migrated, $schema: 'https://json-schema.org/draft/2020-12/schema' };
}
console.log(JSON.stringify(schemas));
JAVASCRIPT
cat >read.py <<'PYTHON'
import json
import sys

import jsonschema

EVENTS = [{"size": [3, "KiB"]}, {"size": ["x", "y"]}, {"exactly": [3, "KiB"]}, {"exactly": [3, "KiB", 0]}, {"name": "long"}]
for name, schema in json.load(sys.stdin).items():
    validator = jsonschema.validators.validator_for(schema)
    said = [f"{json.dumps(event)} {'yes' if validator(schema).is_valid(event) else 'no'}" for event in EVENTS]
    print(f"{name}, read as {validator.__name__}:", "; ".join(said))
PYTHON
seen=$(node migrate.js | venv/bin/python read.py)
echo "$seen"
expected='draft-04, as it was, read as Draft4Validator: {"size": [3, "KiB"]} yes; {"size": ["x", "y"]} no; {"exactly": [3, "KiB"]} yes; {"exactly": [3, "KiB", 0]} no; {"name": "long"} yes
draft-04, migrated to 2020-12, read as Draft201909Validator: {"size": [3, "KiB"]} yes; {"size": ["x", "y"]} yes; {"exactly": [3, "KiB"]} no; {"exactly": [3, "KiB", 0]} no; {"name": "long"} no
draft-04, migrated, and named 2020-12, read as Draft202012Validator: {"size": [3, "KiB"]} yes; {"size": ["x", "y"]} no; {"exactly": [3, "KiB"]} yes; {"exactly": [3, "KiB", 0]} no; {"name": "long"} no
draft-07, as it was, read as Draft7Validator: {"size": [3, "KiB"]} yes; {"size": ["x", "y"]} no; {"exactly": [3, "KiB"]} yes; {"exactly": [3, "KiB", 0]} no; {"name": "long"} yes
draft-07, migrated to 2020-12, read as Draft7Validator: {"size": [3, "KiB"]} yes; {"size": ["x", "y"]} yes; {"exactly": [3, "KiB"]} no; {"exactly": [3, "KiB", 0]} no; {"name": "long"} yes
draft-07, migrated, and named 2020-12, read as Draft202012Validator: {"size": [3, "KiB"]} yes; {"size": ["x", "y"]} no; {"exactly": [3, "KiB"]} yes; {"exactly": [3, "KiB", 0]} no; {"name": "long"} no'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
