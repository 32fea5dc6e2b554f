#!/usr/bin/env bash
# Guess:    two validators that both pass the official JSON Schema tests agree on which prices have at most two decimals,
#           {"multipleOf": 0.01}.
# Really:   the package jsonschema refuses 4.02, 19.99 and 35.9 by 0.1, which jsonschema-rs accepts; of 1e22 by 1.1 it is
#           jsonschema that accepts and jsonschema-rs that refuses. In binary floating point 4.02 / 0.01 is 401.99999999999994.
# Versions: jsonschema 4.26.0, jsonschema-rs 0.61.0, Python 3.11
# Source:   run here; JSON Schema 2020-12 validation, section 6.2.1, which speaks of numbers and not of their binary form.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.0

cat >multiples.py <<'PYTHON'
import json

import jsonschema
import jsonschema_rs

for number, divisor in (("4.02", "0.01"), ("19.99", "0.01"), ("35.9", "0.1"), ("4.5", "0.5"), ("1e22", "1.1")):
    schema, instance = {"multipleOf": json.loads(divisor)}, json.loads(number)
    said = [validator(schema).is_valid(instance) for validator in
            (jsonschema.Draft202012Validator, jsonschema_rs.Draft202012Validator)]
    print(number, divisor, *said)
PYTHON
seen=$(venv/bin/python multiples.py)
echo "$seen"
expected="4.02 0.01 False True
19.99 0.01 False True
35.9 0.1 False True
4.5 0.5 True True
1e22 1.1 True False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
