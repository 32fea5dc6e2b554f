#!/usr/bin/env bash
# Guess:    an event without `time`, which CloudEvents leave out where it is not known, has none after it was read.
# Really:   reading makes an event, and making one fills in the time: of the reading. The same bytes read twice are two
#           events of different times, in the bindings of 2.x and in the older v1 alike, and written again they say when
#           something happened that nobody said.
# Versions: cloudevents 2.2.0, Python 3.11
# Source:   run here; CloudEvents 1.0, 3.1.2 (time is optional); cloudevents/core/v1/event.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cloudevents==2.2.0

cat >times.py <<'PYTHON'
import json
from time import sleep

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from cloudevents.v1.http import from_json

SENT = b'{"specversion": "1.0", "id": "1", "source": "/images", "type": "image.create", "data": {}}'
print("sent with a time:", "time" in json.loads(SENT))
first = JSONFormat().read(CloudEvent, SENT)
sleep(0.01)
second = JSONFormat().read(CloudEvent, SENT)
print("read with a time:", first.get_time() is not None, "the same twice:", first.get_time() == second.get_time())
print("written again with a time:", "time" in json.loads(JSONFormat().write(first)))
print("v1 reads a time:", from_json(SENT)["time"] is not None)
PYTHON
seen=$(venv/bin/python times.py)
echo "$seen"
expected="sent with a time: False
read with a time: True the same twice: False
written again with a time: True
v1 reads a time: True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
