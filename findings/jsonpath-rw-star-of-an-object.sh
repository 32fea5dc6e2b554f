#!/usr/bin/env bash
# Guess:    in the JSONPath of Ceilometer's definitions (jsonpath-rw-ext) `[*]` behind an object gives its members' values,
#           as in RFC 9535, or nothing; and an index behind what is no list finds nothing.
# Really:   `[*]` behind an object, or behind a text, gives the thing itself, as if it were a list of one; `[0]` behind a
#           text gives its first character, and behind an object it raises KeyError while searching. `.*` does give the
#           members.
# Versions: jsonpath-rw-ext 1.2.2, jsonpath-rw 1.4.0, Python 3.11
# Source:   run here; RFC 9535, 2.3.2 and 2.3.3; jsonpath_rw/jsonpath.py, Slice and Index.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jsonpath-rw-ext==1.2.2 jsonpath-rw==1.4.0

cat >places.py <<'PYTHON'
from jsonpath_rw_ext import parse

PAYLOAD = {"image": {"id": "i1", "size": 3}, "name": "cirros", "hosts": ["a", "b"]}
for place in ("$.hosts[*]", "$.image[*]", "$.image[*].id", "$.image.*", "$.name[*]", "$.name[0]", "$.image[0]", "$.none[0]"):
    try:
        print(place, [match.value for match in parse(place).find(PAYLOAD)])
    except KeyError as error:
        print(place, "KeyError", error)
PYTHON
seen=$(venv/bin/python places.py)
echo "$seen"
expected="$.hosts[*] ['a', 'b']
$.image[*] [{'id': 'i1', 'size': 3}]
$.image[*].id ['i1']
$.image.* ['i1', 3]
$.name[*] ['cirros']
$.name[0] ['c']
$.image[0] KeyError 0
$.none[0] []"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
