#!/usr/bin/env bash
# Guess:    what pip installs of hypothesis-jsonschema and of hypothesis, whose versions suit each other by what the first
#           one asks for (hypothesis >=6.84.3), draws values of a schema.
# Really:   since hypothesis 6.170.10 no object is drawn: hypothesis-jsonschema 0.23.1 uses a helper of hypothesis that is
#           not public and is another one now, and AttributeError comes out of the test. Texts and arrays are drawn, and
#           with hypothesis 6.170.9 objects are. A notification is an object, so a fuzz test of consumers has to pin it.
# Versions: hypothesis-jsonschema 0.23.1, hypothesis 6.170.9 and 6.170.10, Python 3.11
# Source:   run here; hypothesis_jsonschema/_from_schema.py, object_schema, and its Requires-Dist.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >drawn.py <<'PYTHON'
from hypothesis import __version__, find, settings
from hypothesis_jsonschema import from_schema

SCHEMAS = [
    {"type": "string", "minLength": 1},
    {"type": "array", "items": {"type": "integer"}, "minItems": 1},
    {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
]
for schema in SCHEMAS:
    try:
        value = find(from_schema(schema), lambda value: True, settings=settings(database=None, derandomize=True))
    except AttributeError as error:
        value = f"AttributeError: {error}"
    print(__version__, schema["type"], value)
PYTHON
seen=""
for version in 6.170.9 6.170.10; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/python" -m pip install --quiet --disable-pip-version-check hypothesis-jsonschema==0.23.1 "hypothesis==$version"
  "venv-$version/bin/python" -m pip check >/dev/null
  seen+="$("venv-$version/bin/python" -W ignore drawn.py)"$'\n'
done
echo "$seen"
expected="6.170.9 string 0
6.170.9 array [0]
6.170.9 object {'id': 0}
6.170.10 string 0
6.170.10 array [0]
6.170.10 object AttributeError: 'many' object has no attribute 'more'
"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
