#!/usr/bin/env bash
# Guess:    a validator that does not understand the regular expression of a `pattern` refuses the schema.
# Really:   RapidJSON has a small engine of its own, which knows no \d, \w, \s, \b or lookahead. rapidjson.Validator takes such a
#           schema without a word and then accepts every text at that place; so does patternProperties, by whose
#           pattern nothing is found. With [0-9] instead of \d the rule holds.
# Versions: python-rapidjson 1.25, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; RapidJSON's documentation, "Schema", lists the syntax of its regular expressions,
#           but not what becomes of another.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-rapidjson==1.25 jsonschema==4.26.0

cat >patterns.py <<'PYTHON'
import json

import jsonschema
import rapidjson


def accepts(schema, value):
    try:
        rapidjson.Validator(json.dumps(schema))(json.dumps(value))
    except rapidjson.ValidationError:
        return False
    return True


for pattern in ("^[0-9]+$", r"^\d+$", r"^\w+$", r"^\S+$", "^(?=[0-9])", "^(?:0|1)$"):
    schema = {"pattern": pattern}
    print(pattern, "rapidjson", accepts(schema, "! !"), "jsonschema", jsonschema.Draft4Validator(schema).is_valid("! !"))
for pattern in ("^x_[0-9]", r"^x_\d"):
    schema, value = {"patternProperties": {pattern: {"type": "string"}}}, {"x_1": 1}
    print(pattern, "rapidjson", accepts(schema, value), "jsonschema", jsonschema.Draft4Validator(schema).is_valid(value))
PYTHON
seen=$(venv/bin/python patterns.py)
echo "$seen"
expected="^[0-9]+\$ rapidjson False jsonschema False
^\\d+\$ rapidjson True jsonschema False
^\\w+\$ rapidjson True jsonschema False
^\\S+\$ rapidjson True jsonschema False
^(?=[0-9]) rapidjson True jsonschema False
^(?:0|1)\$ rapidjson True jsonschema False
^x_[0-9] rapidjson False jsonschema False
^x_\\d rapidjson True jsonschema False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
