#!/usr/bin/env bash
# Guess:    the JSON Schema that oslo.versionedobjects writes of an object accepts what that object serialises to.
# Really:   an enumeration that may be null gets null as a type, but not as one of its values, so the schema refuses the
#           object's own primitive; an integer that may be null is accepted. Nova's notification payloads have both.
# Versions: oslo.versionedobjects 3.12.0, jsonschema 4.26.0, Python 3.11
# Source:   run here; JSON Schema 2020-12 validation, sections 6.1.1 and 6.1.2: type and enum hold both.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.versionedobjects==3.12.0 jsonschema==4.26.0

cat >payload.py <<'PYTHON'
import warnings

warnings.simplefilter("ignore")

import jsonschema
from oslo_versionedobjects import base, fields


@base.VersionedObjectRegistry.register
class Payload(base.VersionedObject):
    fields = {
        "power_state": fields.EnumField(["running", "shutdown"], nullable=True),
        "retries": fields.IntegerField(nullable=True),
    }


for power_state, retries in (("running", 1), ("running", None), (None, 1)):
    sent = Payload(power_state=power_state, retries=retries).obj_to_primitive()["versioned_object.data"]
    for name, field in Payload.fields.items():
        schema = field.get_schema()
        print(name, sent[name], jsonschema.Draft202012Validator(schema).is_valid(sent[name]), sep="\t")
PYTHON
seen=$(venv/bin/python payload.py)
echo "$seen"
expected="power_state	running	True
retries	1	True
power_state	running	True
retries	None	True
power_state	None	False
retries	1	True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
