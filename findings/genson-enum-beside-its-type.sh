#!/usr/bin/env bash
# Guess:    GenSON 1.4, which learns an enum where the schema that it begins with has one, learns it whether or not "type" stands
#           beside it, as in nearly every schema that somebody wrote: its guide says that a node is activated by the keyword.
# Really:   only where no "type" is. Beside one the enum is handed on as it was, so the schema refuses the very event that it was
#           learned from, which GenSON's first rule rules out; an empty enum beside a type, though the guide says that an empty
#           one is fine, allows nothing at all. No warning is given. With several types in a list it is the same.
# Versions: genson 1.4.0, jsonschema 4.26.0, Python 3.11
# Source:   run here; GenSON's README, "Seeding enums" and its three rules; genson/schema/strategies/__init__.py, where Enum is the
#           last of those that are asked, and String, which hands on what it does not know, has taken the schema before.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check genson==1.4.0 jsonschema==4.26.0

cat >learn.py <<'PYTHON'
import warnings

from genson import SchemaBuilder
from jsonschema import Draft202012Validator

warnings.simplefilter("error")
for state in (
    {"enum": ["active"]}, {"enum": []}, {"type": "string", "enum": ["active"]}, {"type": "string", "enum": []},
    {"type": ["string", "null"], "enum": ["active", None]},
):  # fmt: skip
    builder = SchemaBuilder(schema_uri=None)
    builder.add_schema({"type": "object", "properties": {"state": state}})
    event = {"state": "deleted"}
    builder.add_object(event)
    schema = builder.to_schema()
    learned = {name: sorted(value, key=str) if name == "enum" else value for name, value in schema["properties"]["state"].items()}
    verdict = "valid" if Draft202012Validator(schema).is_valid(event) else "invalid"
    print(f"{state}: {dict(sorted(learned.items()))}: {verdict}")
PYTHON
seen=$(venv/bin/python learn.py 2>&1)
echo "$seen"
expected="{'enum': ['active']}: {'enum': ['active', 'deleted']}: valid
{'enum': []}: {'enum': ['deleted']}: valid
{'type': 'string', 'enum': ['active']}: {'enum': ['active'], 'type': 'string'}: invalid
{'type': 'string', 'enum': []}: {'enum': [], 'type': 'string'}: invalid
{'type': ['string', 'null'], 'enum': ['active', None]}: {'anyOf': [{'enum': ['active', None], 'type': 'string'}, {'enum': ['active', None], 'type': 'null'}]}: invalid"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
