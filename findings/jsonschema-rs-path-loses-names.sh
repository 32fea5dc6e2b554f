#!/usr/bin/env bash
# Guess:    where an error of jsonschema-rs says the value is (instance_path), there it is: following the path from the
#           document leads to the value, as with jsonschema.
# Really:   a property whose name is of digits, with zeros or a plus sign before them too, becomes a number, "007" the
#           number 7, and one whose name is empty is left out: the path leads nowhere, or to another value. Image
#           properties, tenants and metadata of notifications have such names.
# Versions: jsonschema-rs 0.61.2, jsonschema 4.26.0, Python 3.11
# Source:   run here, held against jsonschema; jsonschema-rs's documentation calls instance_path a list of names and indices.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonschema-rs==0.61.2 jsonschema==4.26.0

cat >paths.py <<'PYTHON'
import jsonschema
import jsonschema_rs

SCHEMA = {"additionalProperties": {"additionalProperties": {"type": "integer"}}}


def found(document, path):
    try:
        for part in path:
            document = document[part]
    except LookupError:
        return "nothing"
    return repr(document)


for name in ("name", "-1", "7", "007", "+7", ""):
    document = {"properties": {name: "wrong"}}
    paths = [
        list(next(jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)).absolute_path),
        next(jsonschema_rs.Draft202012Validator(SCHEMA).iter_errors(document)).instance_path,
    ]
    print(f"{name!r}: jsonschema {paths[0]}; jsonschema-rs {paths[1]}, where there is {found(document, paths[1])}")
PYTHON
seen=$(venv/bin/python paths.py)
echo "$seen"
expected="'name': jsonschema ['properties', 'name']; jsonschema-rs ['properties', 'name'], where there is 'wrong'
'-1': jsonschema ['properties', '-1']; jsonschema-rs ['properties', '-1'], where there is 'wrong'
'7': jsonschema ['properties', '7']; jsonschema-rs ['properties', 7], where there is nothing
'007': jsonschema ['properties', '007']; jsonschema-rs ['properties', 7], where there is nothing
'+7': jsonschema ['properties', '+7']; jsonschema-rs ['properties', 7], where there is nothing
'': jsonschema ['properties', '']; jsonschema-rs ['properties'], where there is {'': 'wrong'}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
