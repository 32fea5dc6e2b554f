#!/usr/bin/env bash
# Guess:    the Python package jq, which has jq 1.8.2 within, filters events as jq 1.8 does, whose manual says that a number that
#           is not changed keeps its digits: the id of an event is that id, at least in text(), which is JSON as jq writes it.
# Really:   within, it does: ids that differ in their last of twenty digits are two, and select finds the one that is asked for.
#           What is handed out has gone through a double: the id found is 12345678901234567168 where 12345678901234567890 was asked
#           for, by first(), all() and text() alike, and no event has that id; 1.0 is 1. It is right as a text made within the
#           program, by tojson or tostring.
# Versions: jq 1.13.0 (jq 1.8.2), Python 3.11
# Source:   run here; jq's manual, 1.8, "Identity" (literals keep their precision where they are not changed); the package's page
#           on PyPI (built of jq 1.8.2; text()).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check jq==1.13.0

cat >filter.py <<'PYTHON'
import json

import jq

events = '[{"id": 12345678901234567890, "load": 1.0}, {"id": 12345678901234567891, "load": 2.5}]'
known = {event["id"] for event in json.loads(events)}
print("ids told apart:", jq.compile("[.[].id] | unique | length").input_text(events).first())
for program in (".[0]", "map(select(.id == 12345678901234567891))[0]", ".[0] | tojson", ".[0].id | tostring"):
    found = jq.compile(program).input_text(events)
    print(f"{program}: {found.first()!r}; text {found.text()}")
found = jq.compile(".[1]").input_value(json.loads(events)).first()["id"]
print("given as objects:", found, found in known)
PYTHON
seen=$(venv/bin/python -W ignore filter.py)
echo "$seen"
expected=$(
  cat <<'TOLD'
ids told apart: 2
.[0]: {'id': 12345678901234567168, 'load': 1}; text {"id": 12345678901234567168, "load": 1}
map(select(.id == 12345678901234567891))[0]: {'id': 12345678901234567168, 'load': 2.5}; text {"id": 12345678901234567168, "load": 2.5}
.[0] | tojson: '{"id":12345678901234567890,"load":1.0}'; text "{\"id\":12345678901234567890,\"load\":1.0}"
.[0].id | tostring: '12345678901234567890'; text "12345678901234567890"
given as objects: 12345678901234567168 False
TOLD
)
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
