#!/usr/bin/env bash
# Guess:    the eventTime that pycadf gives an audit event (Keystone's notifications are such) is an RFC 3339 time, so a
#           JSON Schema may say `"format": "date-time"`.
# Really:   its offset has no colon (+0000), which RFC 3339 and the XML Schema time of the CADF standard want; both
#           validators refuse it where formats are asserted. pycadf's own is_valid asks only whether it is a text.
# Versions: pycadf 4.1.0, jsonschema 4.26.0 with rfc3339-validator 0.1.4, jsonschema-rs 0.61.2, Python 3.11
# Source:   run here; RFC 3339, 5.6 (time-numoffset); pycadf/timestamp.py, TIME_FORMAT.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
    pycadf==4.1.0 jsonschema==4.26.0 rfc3339-validator==0.1.4 jsonschema-rs==0.61.2

cat >times.py <<'PYTHON'
import re

import jsonschema
import jsonschema_rs
from pycadf import timestamp

SCHEMA = {"type": "string", "format": "date-time"}
given = timestamp.get_utc_now()
print(re.sub(r"\d", "9", given[:-5]) + given[-5:], "pycadf:", timestamp.is_valid(given))
for label, time in (("as given", given), ("with a colon", given[:-2] + ":" + given[-2:])):
    reference = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    compiled = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
    print(f"{label}: jsonschema {reference.is_valid(time)}, jsonschema-rs {compiled.is_valid(time)}")
PYTHON
seen=$(venv/bin/python times.py)
echo "$seen"
expected="9999-99-99T99:99:99.999999+0000 pycadf: True
as given: jsonschema False, jsonschema-rs False
with a colon: jsonschema True, jsonschema-rs True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
