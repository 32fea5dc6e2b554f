#!/usr/bin/env bash
# Guess:    JSON is YAML, so a notification, a JSON Schema or an AsyncAPI document that json wrote can be read with PyYAML and
#           holds the same values.
# Really:   a number with an exponent and no point is a text to PyYAML: 1e16, which json writes as 1e+16, is "1e+16", and 1e-7 is
#           "1e-07"; json writes 1.5e+300 with a point, and that is a number. A limit of a schema is no number then: jsonschema
#           raises a TypeError where it compares with it, and an enum of numbers has none any more. ruamel.yaml, whose YAML is
#           1.2, reads all of them as json does.
# Versions: PyYAML 6.0.4, ruamel.yaml 0.19.1, jsonschema 4.26.0, Python 3.11
# Source:   run here; YAML 1.2.2, 1.2 and 10.2 (JSON is a subset, and its numbers need no point), YAML 1.1 being what PyYAML
#           reads; yaml/resolver.py, the pattern of tag:yaml.org,2002:float.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1 jsonschema==4.26.0

cat >reading.py <<'PYTHON'
import json

import jsonschema
import yaml
from ruamel.yaml import YAML

for number in (1e16, 1e-7, 1.5e300, 0.5, 10**16):
    text = json.dumps({"size": number})
    print(f"{text}: PyYAML {yaml.safe_load(text)}, ruamel.yaml {dict(YAML(typ='safe').load(text))}")
schema = json.dumps({"type": "object", "properties": {"size": {"maximum": 1e16}, "rate": {"enum": [1e-7]}}})
event = {"size": 7, "rate": 1e-7}
for name in event:
    said = []
    for loads in (json.loads, yaml.safe_load):
        try:
            said.append(jsonschema.Draft202012Validator(loads(schema)).is_valid({name: event[name]}))
        except TypeError:
            said.append("TypeError")
    print(f"{schema} of {name} {event[name]}: read with json {said[0]}, with PyYAML {said[1]}")
PYTHON
seen=$(venv/bin/python reading.py)
echo "$seen"
expected="{\"size\": 1e+16}: PyYAML {'size': '1e+16'}, ruamel.yaml {'size': 1e+16}
{\"size\": 1e-07}: PyYAML {'size': '1e-07'}, ruamel.yaml {'size': 1e-07}
{\"size\": 1.5e+300}: PyYAML {'size': 1.5e+300}, ruamel.yaml {'size': 1.5e+300}
{\"size\": 0.5}: PyYAML {'size': 0.5}, ruamel.yaml {'size': 0.5}
{\"size\": 10000000000000000}: PyYAML {'size': 10000000000000000}, ruamel.yaml {'size': 10000000000000000}
{\"type\": \"object\", \"properties\": {\"size\": {\"maximum\": 1e+16}, \"rate\": {\"enum\": [1e-07]}}} of size 7: read with json True, with PyYAML TypeError
{\"type\": \"object\", \"properties\": {\"size\": {\"maximum\": 1e+16}, \"rate\": {\"enum\": [1e-07]}}} of rate 1e-07: read with json True, with PyYAML False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
