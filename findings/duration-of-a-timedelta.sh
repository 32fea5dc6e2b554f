#!/usr/bin/env bash
# Guess:    a duration that a Python service writes (pydantic's or isodate's of a timedelta) keeps `"format": "duration"`,
#           which pydantic itself puts into its JSON Schema; validators that assert formats agree on it.
# Really:   JSON Schema's durations are those of RFC 3339: no fractions, no sign, and no unit left out between two. pydantic writes
#           half a second as PT0.5S, minus one day as -P1D and 400 days as P1Y35D; isodate an hour and two seconds as
#           PT1H2S. jsonschema (by isoduration) accepts all of them, jsonschema-rs none.
# Versions: pydantic 2.14.4, isodate 0.7.2, jsonschema 4.26.0 with isoduration 20.11.0, jsonschema-rs 0.61.2, Python 3.11
# Source:   run here; JSON Schema 2020-12 validation, 7.3.1; RFC 3339, appendix A (dur-time, dur-date).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  pydantic==2.14.4 isodate==0.7.2 jsonschema==4.26.0 isoduration==20.11.0 jsonschema-rs==0.61.2

cat >durations.py <<'PYTHON'
import json
from datetime import timedelta

import isodate
import jsonschema
import jsonschema_rs
from pydantic import TypeAdapter

pydantic = TypeAdapter(timedelta)
schema = pydantic.json_schema(mode="serialization")
print("pydantic's schema:", json.dumps(schema, sort_keys=True))
by_jsonschema = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
by_rust = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
for length in (
    timedelta(seconds=90), timedelta(milliseconds=500), timedelta(days=-1), timedelta(days=400), timedelta(hours=1, seconds=2),
    timedelta(days=7),
):
    for name, text in (("pydantic", json.loads(pydantic.dump_json(length))), ("isodate", isodate.duration_isoformat(length))):
        print(f"{length} {name} {text}: jsonschema {by_jsonschema.is_valid(text)}, jsonschema-rs {by_rust.is_valid(text)}")
PYTHON
seen=$(venv/bin/python durations.py)
echo "$seen"
expected="pydantic's schema: {\"format\": \"duration\", \"type\": \"string\"}
0:01:30 pydantic PT1M30S: jsonschema True, jsonschema-rs True
0:01:30 isodate PT1M30S: jsonschema True, jsonschema-rs True
0:00:00.500000 pydantic PT0.5S: jsonschema True, jsonschema-rs False
0:00:00.500000 isodate PT0.5S: jsonschema True, jsonschema-rs False
-1 day, 0:00:00 pydantic -P1D: jsonschema True, jsonschema-rs False
-1 day, 0:00:00 isodate -P1D: jsonschema True, jsonschema-rs False
400 days, 0:00:00 pydantic P1Y35D: jsonschema True, jsonschema-rs False
400 days, 0:00:00 isodate P400D: jsonschema True, jsonschema-rs True
1:00:02 pydantic PT1H2S: jsonschema True, jsonschema-rs False
1:00:02 isodate PT1H2S: jsonschema True, jsonschema-rs False
7 days, 0:00:00 pydantic P7D: jsonschema True, jsonschema-rs True
7 days, 0:00:00 isodate P7D: jsonschema True, jsonschema-rs True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
