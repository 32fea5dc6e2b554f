#!/usr/bin/env bash
# Guess:    a sample of a notification that names no user has the user of its context: a meter's user_id falls back to
#           "ctxt.user_id|ctxt.user", the project_id to "ctxt.project_id|ctxt.tenant_id".
# Really:   it has none. In jsonpath-rw a bar binds closer than a dot, so this reads ctxt.(user_id|ctxt).user, which no message
#           has. With brackets, as Ceilometer itself puts them around lists of paths, the user is found.
# Versions: ceilometer 27.0.0, jsonpath-rw 1.4.0, jsonpath-rw-ext 1.2.2, Python 3.11
# Source:   run here; ceilometer.meter.notifications, jsonpath_rw.parser (the order of precedence).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ceilometer==27.0.0

cat >sampled.py <<'PYTHON'
from ceilometer import service
from ceilometer.declarative import Definition
from ceilometer.meter.notifications import MeterDefinition

conf = service.prepare_service(argv=[], config_files=[])
settings = {"name": "m", "type": "gauge", "unit": "B", "event_type": "e", "volume": 1, "resource_id": "$.payload.id"}
message = {"event_type": "e", "ctxt": {"user_id": "9"}, "payload": {"id": "7"}}
(sample,) = MeterDefinition(settings, conf, None).to_samples(message)
print("user of the sample:", sample["user_id"])
print("with brackets:", Definition("user_id", "(ctxt.user_id)|(ctxt.user)", None).parse(message))
PYTHON
seen=$(venv/bin/python -W ignore sampled.py | grep -E '^(user|with) ') # what a library logs there is left out
echo "$seen"
expected="user of the sample: None
with brackets: 9"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
