#!/usr/bin/env bash
# Guess:    a JSONPath whose place is not there finds nothing: with jsonpath-rw volumes[0].id of {"volumes": null} is [],
#           as it is of {} and of {"volumes": []}.
# Really:   an index asks null for its length, which raises TypeError; so does a number, and an object that is not empty
#           raises KeyError. Ceilometer's converter takes traits by such paths: an event whose list is null gives no event
#           at all, where one without the list only lacks the trait.
# Versions: jsonpath-rw 1.4.0, jsonpath-rw-ext 1.2.2, Python 3.11
# Source:   run here; RFC 9535, section 2.3.3.2: an index selects nothing from a value that is no array.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonpath-rw==1.4.0 jsonpath-rw-ext==1.2.2 six

cat >found.py <<'PYTHON'
from jsonpath_rw_ext import parser

path = parser.ExtentedJsonPathParser().parse("volumes[0].id")
for value in ({}, {"volumes": []}, {"volumes": [{"id": "7"}]}, {"volumes": None}, {"volumes": 1}, {"volumes": {"a": 1}}):
    try:
        print(value, [match.value for match in path.find(value)])
    except Exception as error:
        print(value, type(error).__name__)
PYTHON
seen=$(venv/bin/python -W ignore found.py 2>/dev/null)
echo "$seen"
expected="{} []
{'volumes': []} []
{'volumes': [{'id': '7'}]} ['7']
{'volumes': None} TypeError
{'volumes': 1} TypeError
{'volumes': {'a': 1}} KeyError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
