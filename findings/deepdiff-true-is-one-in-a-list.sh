#!/usr/bin/env bash
# Guess:    DeepDiff of two JSON documents tells 1 from true, as its report of type_changes shows; jsondiff and dictdiffer,
#           made for JSON and dicts, do so as well.
# Really:   DeepDiff tells them apart as a member of an object, and not as an item of a list: [1, 2] and [true, 2] are the same,
#           [0] and [false] too, as long as the list does not differ otherwise; so are 1 and 1.0. To jsondiff and dictdiffer 1 is
#           true everywhere. jsonpatch finds all of them. A test that compares notifications with DeepDiff
#           passes where a flag has become a number.
# Versions: deepdiff 9.1.0, jsondiff 2.2.1, dictdiffer 0.10.0, jsonpatch 1.48, Python 3.11
# Source:   run here; JSON Schema 2020-12, 4.2.2 (instance equality); deepdiff/diff.py, which hands lists to difflib;
#           DeepDiff's issue 605 (open).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  deepdiff==9.1.0 jsondiff==2.2.1 dictdiffer==0.10.0 jsonpatch==1.48

cat >flags.py <<'PYTHON'
import json

import dictdiffer
import jsondiff
import jsonpatch
from deepdiff import DeepDiff

for one, other in (
    ({"protected": 1}, {"protected": True}), ({"flags": [1, 2]}, {"flags": [True, 2]}), ({"flags": [0]}, {"flags": [False]}),
    ({"flags": [1, 2]}, {"flags": [True, 3]}), ({"sizes": [1, 2]}, {"sizes": [1.0, 2]}),
    ({"flags": [{"on": 1}]}, {"flags": [{"on": True}]}),
):
    found = {
        "deepdiff": DeepDiff(one, other), "jsondiff": jsondiff.diff(one, other),
        "dictdiffer": list(dictdiffer.diff(one, other)), "jsonpatch": list(jsonpatch.make_patch(one, other)),
    }
    print(json.dumps(one), json.dumps(other), *(f"{name} {'differ' if difference else 'same'}" for name, difference in found.items()))
PYTHON
seen=$(venv/bin/python flags.py)
echo "$seen"
expected="{\"protected\": 1} {\"protected\": true} deepdiff differ jsondiff same dictdiffer same jsonpatch differ
{\"flags\": [1, 2]} {\"flags\": [true, 2]} deepdiff same jsondiff same dictdiffer same jsonpatch differ
{\"flags\": [0]} {\"flags\": [false]} deepdiff same jsondiff same dictdiffer same jsonpatch differ
{\"flags\": [1, 2]} {\"flags\": [true, 3]} deepdiff differ jsondiff differ dictdiffer differ jsonpatch differ
{\"sizes\": [1, 2]} {\"sizes\": [1.0, 2]} deepdiff same jsondiff same dictdiffer same jsonpatch differ
{\"flags\": [{\"on\": 1}]} {\"flags\": [{\"on\": true}]} deepdiff differ jsondiff same dictdiffer same jsonpatch differ"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
