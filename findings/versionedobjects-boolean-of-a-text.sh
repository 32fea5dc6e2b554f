#!/usr/bin/env bash
# Guess:    a field of oslo.versionedobjects refuses a value of another type, or reads it as it is meant: "false" in a
#           BooleanField is false, 7.9 in an IntegerField is an error.
# Really:   BooleanField takes every text that is not empty for true, "false" and "no" as well; FlexibleBooleanField reads
#           them. IntegerField cuts 7.9 off to 7, and StringField takes numbers and times as Python writes them. The
#           notification that is sent keeps its schema, and says something else than what was set.
# Versions: oslo.versionedobjects 3.12.0, Python 3.11
# Source:   run here; oslo_versionedobjects/fields.py, coerce of each type.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.versionedobjects==3.12.0

cat >coerced.py <<'PYTHON'
from datetime import datetime

from oslo_versionedobjects import base, fields

SET = {"protected": "false", "flexible": "false", "size": 7.9, "name": datetime(2026, 1, 1)}


@base.VersionedObjectRegistry.register
class Payload(base.VersionedObject):
    fields = {
        "protected": fields.BooleanField(),
        "flexible": fields.FlexibleBooleanField(),
        "size": fields.IntegerField(),
        "name": fields.StringField(),
    }


data = Payload(**SET).obj_to_primitive()["versioned_object.data"]
for name in SET:
    print(f"{name}: set to {SET[name]!s}, sent as {data[name]!r}")
PYTHON
seen=$(venv/bin/python -W ignore coerced.py)
echo "$seen"
expected="protected: set to false, sent as True
flexible: set to false, sent as False
size: set to 7.9, sent as 7
name: set to 2026-01-01 00:00:00, sent as '2026-01-01 00:00:00'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
