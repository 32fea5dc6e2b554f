#!/usr/bin/env bash
# Guess:    hypothesis-jsonschema makes values of every format that JSON Schema defines; what it draws for a schema is valid
#           by a validator that checks formats.
# Really:   date-time, date, ipv4, uri and others are drawn as such, but uuid and duration, which came with 2019-09, are any
#           text; nothing warns. Notifications hold UUIDs everywhere, so a consumer is only ever given broken ones.
#           custom_formats={"uuid": st.uuids().map(str)} is the way out.
# Versions: hypothesis-jsonschema 0.23.1, hypothesis 6.170.17, jsonschema 4.26.0, Python 3.11
# Source:   run here; JSON Schema 2020-12 validation, section 7.3; hypothesis_jsonschema/_from_schema.py, STRING_FORMATS.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check hypothesis-jsonschema==0.23.1 hypothesis==6.170.17 \
  jsonschema==4.26.0 isoduration==20.11.0

cat >drawn.py <<'PYTHON'
from hypothesis import find, settings, strategies as st
from hypothesis.errors import NoSuchExample
from hypothesis_jsonschema import from_schema
from jsonschema import Draft202012Validator

QUIET = settings(database=None, derandomize=True, max_examples=300)


def is_ever(schema, wanted, custom_formats=None):
    """Whether what is drawn for a schema is ever valid, or ever not."""
    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    try:
        find(from_schema(schema, custom_formats=custom_formats), lambda value: check.is_valid(value) == wanted, settings=QUIET)
    except NoSuchExample:
        return False
    return True


for name in ("date", "ipv4", "uuid", "duration"):
    schema = {"type": "string", "format": name}
    print(f"{name}: ever valid {is_ever(schema, True)}, ever invalid {is_ever(schema, False)}")
own = {"uuid": st.uuids().map(str)}
schema = {"type": "string", "format": "uuid"}
print(f"uuid of one's own: ever valid {is_ever(schema, True, own)}, ever invalid {is_ever(schema, False, own)}")
PYTHON
seen=$(venv/bin/python -W ignore drawn.py)
echo "$seen"
expected="date: ever valid True, ever invalid False
ipv4: ever valid True, ever invalid False
uuid: ever valid False, ever invalid True
duration: ever valid False, ever invalid True
uuid of one's own: ever valid True, ever invalid False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
