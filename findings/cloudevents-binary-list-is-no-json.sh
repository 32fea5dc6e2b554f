#!/usr/bin/env bash
# Guess:    a CloudEvent whose data is a list or a boolean and whose datacontenttype is application/json is sent through the
#           RabbitMQ binding's binary mode with a JSON body.
# Really:   only an object is written as JSON. A list and a boolean are written as Python shows them (single quotes, None,
#           True), and a text without its quotes; read back by the same library, the list is a text. The structured mode
#           writes JSON for all of them.
# Versions: cloudevents 2.2.0, Python 3.11
# Source:   run here; CloudEvents 1.0, 3.1.1 (data is of the media type that datacontenttype names);
#           cloudevents/core/formats/json.py, write_data.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cloudevents==2.2.0

cat >modes.py <<'PYTHON'
import json

from cloudevents.core.bindings import rabbitmq
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

ATTRIBUTES = {"id": "1", "source": "/images", "type": "image.create", "specversion": "1.0"}
for data in ({"tags": None}, ["a", None], True, "cirros"):
    event = CloudEvent({**ATTRIBUTES, "datacontenttype": "application/json"}, data)
    binary = rabbitmq.to_binary(event, JSONFormat())
    back = rabbitmq.from_binary(binary, JSONFormat()).get_data()
    structured = json.loads(rabbitmq.to_structured(event, JSONFormat()).body)["data"]
    print(f"{data!r}: body {binary.body.decode()}, read back {back!r}, structured {structured!r}")
PYTHON
seen=$(venv/bin/python modes.py)
echo "$seen"
expected="{'tags': None}: body {\"tags\": null}, read back {'tags': None}, structured {'tags': None}
['a', None]: body ['a', None], read back \"['a', None]\", structured ['a', None]
True: body True, read back 'True', structured True
'cirros': body cirros, read back 'cirros', structured 'cirros'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
