#!/usr/bin/env bash
# Guess:    jsonsubschema, which tells whether every value of one JSON Schema is a value of another, says no, or that it
#           cannot tell, where the other one asks for a keyword that it does not know.
# Really:   it drops the keyword and says yes: of a format, of dependentRequired, propertyNames, contains and
#           prefixItems, also where $schema names 2020-12. Of required and of pattern it says no.
# Versions: jsonsubschema 0.0.8, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema with a value that the first schema accepts and the second refuses;
#           jsonsubschema/_constants.py lists what is known.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonsubschema==0.0.8 jsonschema==4.26.0

cat >contained.py <<'PYTHON'
from jsonschema import Draft202012Validator
from jsonsubschema import isSubschema

DIALECT = {"$schema": Draft202012Validator.META_SCHEMA["$id"]}
STATED = [  # what the second schema asks for, and a value that does not keep it
    ({"type": "object", "required": ["id"]}, {}),
    ({"type": "string", "pattern": "^a$"}, "b"),
    ({"type": "string", "format": "date"}, "today"),
    ({"type": "object", "dependentRequired": {"deleted": ["deleted_at"]}}, {"deleted": True}),
    ({"type": "object", "propertyNames": {"maxLength": 1}}, {"long": 1}),
    ({"type": "array", "contains": {"type": "string"}}, [1]),
    ({"type": "array", "prefixItems": [{"type": "string"}]}, [1]),
]
for asked, value in STATED:
    one, other = DIALECT | {"type": asked["type"]}, DIALECT | asked
    checks = [Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER) for schema in (one, other)]
    keeps = [check.is_valid(value) for check in checks]
    print(f"{list(asked)[1]}: contained {isSubschema(one, other)}, {value!r} is valid by {keeps}")
PYTHON
seen=$(venv/bin/python -W ignore contained.py)
echo "$seen"
expected="required: contained False, {} is valid by [True, False]
pattern: contained False, 'b' is valid by [True, False]
format: contained True, 'today' is valid by [True, False]
dependentRequired: contained True, {'deleted': True} is valid by [True, False]
propertyNames: contained True, {'long': 1} is valid by [True, False]
contains: contained True, [1] is valid by [True, False]
prefixItems: contained True, [1] is valid by [True, False]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
