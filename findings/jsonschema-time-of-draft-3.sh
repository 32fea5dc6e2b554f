#!/usr/bin/env bash
# Guess:    a Draft 2020-12 validator with `format_checker=FormatChecker()`, all checkers that jsonschema has, takes a
#           "time" as that draft defines it: RFC 3339, with an offset.
# Really:   FormatChecker() holds one checker for each name, whatever the draft, and for "time" that is draft 3's: it
#           accepts 12:00:00 and refuses 12:00:00Z, the reverse of the draft in use. Draft202012Validator.FORMAT_CHECKER has
#           the right one.
# Versions: jsonschema 4.26.0 with rfc3339-validator 0.1.4, jsonschema-rs 0.61.2, Python 3.11
# Source:   run here; JSON Schema Validation 2020-12, 7.3.1; jsonschema/_format.py, is_draft3_time.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
    jsonschema==4.26.0 rfc3339-validator==0.1.4 jsonschema-rs==0.61.2

cat >times.py <<'PYTHON'
import jsonschema
import jsonschema_rs
from jsonschema import Draft202012Validator

SCHEMA = {"type": "string", "format": "time"}
everything = Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
of_the_draft = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
compiled = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
for time in ("12:00:00", "12:00:00Z", "12:00:00+01:00"):
    verdicts = [validator.is_valid(time) for validator in (everything, of_the_draft, compiled)]
    print("{}: FormatChecker() {}, FORMAT_CHECKER {}, jsonschema-rs {}".format(time, *verdicts))
PYTHON
seen=$(venv/bin/python times.py)
echo "$seen"
expected="12:00:00: FormatChecker() True, FORMAT_CHECKER False, jsonschema-rs False
12:00:00Z: FormatChecker() False, FORMAT_CHECKER True, jsonschema-rs True
12:00:00+01:00: FormatChecker() False, FORMAT_CHECKER True, jsonschema-rs True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
