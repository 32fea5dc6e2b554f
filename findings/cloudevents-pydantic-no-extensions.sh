#!/usr/bin/env bash
# Guess:    cloudevents-pydantic reads each CloudEvent 1.0 in JSON, with the extension attributes that the specification lets
#           everybody add, and what it writes is the same event.
# Really:   an event with an extension that no class of one's own names is refused, and so is the example in the JSON Schema of
#           its own class, which has two. An event without data is written with "data": null, which is an event whose data is
#           null, and one without datacontenttype, which may be missing, cannot be sent in binary mode at all. In binary mode the
#           body of an event whose data is a dict is that dict, not JSON, and a JSON body that is received stays bytes.
# Versions: cloudevents-pydantic 0.2.0, pydantic 2.14.4, Python 3.11
# Source:   run here; CloudEvents 1.0.2, "Extension Context Attributes", and its HTTP binding, 3.1;
#           cloudevents_pydantic/events/_event.py (extra="forbid", and the example beside it).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cloudevents-pydantic==0.2.0 pydantic==2.14.4

cat >events.py <<'PYTHON'
import json

from cloudevents_pydantic.bindings.http import HTTPHandler
from cloudevents_pydantic.events import CloudEvent
from cloudevents_pydantic.formats.json import deserialize, serialize

EVENT = {"specversion": "1.0", "id": "1", "source": "/glance", "type": "image.create"}
CASES = {
    "an event": {**EVENT, "datacontenttype": "application/json", "data": {"id": "a"}},
    "with traceparent": {**EVENT, "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
    "its own example": CloudEvent.model_json_schema()["example"],
    "without data": EVENT,
}
handler = HTTPHandler()
for name, event in CASES.items():
    try:
        read = deserialize(json.dumps(event))
        written = json.loads(serialize(read))
        print(f"{name}: written with data {written.get('data', 'left out')!r}")
        sent = handler.to_binary(read)
        print(f"    in binary mode the body is {sent.body!r}")
    except ValueError as error:
        print(f"    {name}: {type(error).__name__}, {str(error).splitlines()[0]}")
received = handler.from_binary(handler.to_binary(deserialize(json.dumps(CASES["an event"]))).headers, b'{"id": "a"}')
print(f"received with a JSON body: data {received.data!r}")
PYTHON
seen=$(venv/bin/python events.py)
echo "$seen"
expected="an event: written with data {'id': 'a'}
    in binary mode the body is {'id': 'a'}
    with traceparent: ValidationError, 1 validation error for CloudEvent
    its own example: ValidationError, 2 validation errors for CloudEvent
without data: written with data None
    without data: ValueError, Can't serialize event without datacontenttype
received with a JSON body: data b'{\"id\": \"a\"}'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
