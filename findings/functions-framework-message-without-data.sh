#!/usr/bin/env bash
# Guess:    a function that runs in Google's functions-framework gets a Pub/Sub message that is pushed to it, whether it has data,
#           attributes or both, of which Pub/Sub asks for one: the notifications about a bucket that are ordered by
#           google-cloud-storage have attributes and no data, if nothing else is said.
# Really:   a message whose JSON has no data is not known for one of Pub/Sub's. A function for events is called all the same, with
#           "" for its data and no id, and the answer is 200, so that Pub/Sub never sends the message again, whose attributes nobody
#           has seen; a function for CloudEvents is not called, and the answer is 400. With data, both get it; but its orderingKey
#           and the subscription reach neither, while the same body under the headers of a CloudEvent comes whole.
# Versions: functions-framework 3.10.2, cloudevents 1.12.0, Python 3.11
# Source:   run here with Flask's test client; functions_framework/event_conversion.py, _is_raw_pubsub_payload (which wants data)
#           and marshal_background_event_data; google-cloud-pubsub 2.44.0, PubsubMessage; google-cloud-storage 3.17.1,
#           Bucket.notification (payload_format="NONE").
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check functions-framework==3.10.2 cloudevents==1.12.0

cat >functions.py <<'PYTHON'
import functions_framework


def event(data, context):
    print(f"called with {data!r}, id {context.event_id!r}")


@functions_framework.cloud_event
def cloudevent(event):
    print(f"called with {event.data}, id {event['id']!r}")
PYTHON
cat >push.py <<'PYTHON'
import logging

import functions_framework

logging.disable()
ATTRIBUTES = {"eventType": "OBJECT_FINALIZE"}
MESSAGE = {"messageId": "7", "publishTime": "2026-11-30T10:00:00Z", "attributes": ATTRIBUTES, "orderingKey": "i1"}
SOURCE = "//pubsub.googleapis.com/projects/p/topics/t"
HEADERS = {"ce-specversion": "1.0", "ce-id": "7", "ce-type": "google.cloud.pubsub.topic.v1.messagePublished", "ce-source": SOURCE}
for kind in ("event", "cloudevent"):
    client = functions_framework.create_app(kind, "functions.py", kind).test_client()
    for title, message in (("with data", {**MESSAGE, "data": "e30="}), ("without data", MESSAGE)):
        print(f"{kind}, {title}:")
        pushed = {"message": message, "subscription": "projects/p/subscriptions/s"}
        print("answer", client.post("/", json=pushed).status_code)
print("cloudevent, without data, with headers:")
print("answer", client.post("/", json=pushed, headers=HEADERS).status_code)
PYTHON
seen=$(venv/bin/python -W ignore push.py 2>stderr)
echo "$seen"
TYPED="'@type': 'type.googleapis.com/google.pubsub.v1.PubsubMessage', 'data': 'e30=', 'attributes': {'eventType': 'OBJECT_FINALIZE'}"
expected="event, with data:
called with {$TYPED}, id '7'
answer 200
event, without data:
called with '', id ''
answer 200
cloudevent, with data:
called with {'message': {$TYPED, 'messageId': '7', 'publishTime': '2026-11-30T10:00:00Z'}}, id '7'
answer 200
cloudevent, without data:
answer 400
cloudevent, without data, with headers:
called with {'message': {'attributes': {'eventType': 'OBJECT_FINALIZE'}, 'messageId': '7', 'orderingKey': 'i1', 'publishTime': '2026-11-30T10:00:00Z'}, 'subscription': 'projects/p/subscriptions/s'}, id '7'
answer 200"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
