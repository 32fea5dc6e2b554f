#!/usr/bin/env bash
# Guess:    an event of the Eiffel protocol, which tells of builds and tests over RabbitMQ, is to a subscriber of eiffellib the
#           event that was sent, and a subscriber to "*" hears of each event that keeps the schemas that come with the library.
# Really:   of each link its type and target are kept, and its domainId, which says in which domain the target is to be looked up,
#           is dropped: to a forwarder it is a link within its own domain, and the event keeps its schema either way. An
#           EiffelArtifactDeployedEvent, whose schema is there, has no class, so it is "malformed", and rejected without coming
#           back, as is an event whose version is newer than the library. And rebuild takes apart what it is given: after
#           event.rebuild(data) the dict data["meta"] has no id, type, version or time any more.
# Versions: eiffellib 3.0.0, jsonschema 4.26.0, pika 1.4.4, Python 3.11
# Source:   run here without a broker; eiffellib/events/eiffel_base_event.py, EiffelBaseLink.rebuild and EiffelBaseMeta.rebuild;
#           eiffellib/subscribers/eiffel_subscriber.py, call; eiffellib/subscribers/rabbitmq_subscriber.py, callback_error
#           (basic_reject, requeue=False); eiffellib/schemas.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check eiffellib==3.0.0 jsonschema==4.26.0 pika==1.4.4

cat >hear.py <<'PYTHON'
import copy
import json
from pathlib import Path

import eiffellib
from eiffellib.events import EiffelActivityTriggeredEvent
from eiffellib.subscribers.eiffel_subscriber import EiffelSubscriber
from jsonschema import Draft4Validator

ID = "dc78c8d5-10bb-4452-9d15-613728fd7fba"
heard = []
subscriber = EiffelSubscriber()
subscriber.subscribe("*", lambda event, context: heard.append(event.json))


def keeps(event, version=None):
    file = Path(eiffellib.__file__).parent / "schemas" / event["meta"]["type"] / f"{version or event['meta']['version']}.json"
    return Draft4Validator(json.loads(file.read_text())).is_valid(event)


def made(kind, version, data, *links):
    return {"meta": {"id": ID, "type": kind, "version": version, "time": 1796032800000}, "data": data, "links": list(links)}


def call(event):
    heard.clear()
    try:
        subscriber.call(json.dumps(event).encode())
    except Exception as error:
        return str(error).partition(":")[0].partition(" (")[0]
    return heard[0]["links"]


link = {"type": "CAUSE", "target": ID, "domainId": "other.example"}
triggered = made("EiffelActivityTriggeredEvent", "4.3.0", {"name": "build"}, link)
print("sent:", [link], keeps(triggered))
print("heard:", call(triggered), keeps(heard[0]))
artifact = {"type": "ARTIFACT", "target": ID}
deployed = made("EiffelArtifactDeployedEvent", "0.1.0", {}, artifact, {**artifact, "type": "ENVIRONMENT"})
print("deployed:", keeps(deployed), call(deployed))
newer = made("EiffelActivityTriggeredEvent", "4.4.0", {"name": "build"})
print("newer:", keeps({**newer, "meta": {**newer["meta"], "version": "4.3.0"}}), call(newer))
given = copy.deepcopy(triggered)
EiffelActivityTriggeredEvent("4.3.0").rebuild(given)
print("given to rebuild:", given["meta"])
PYTHON
seen=$(venv/bin/python hear.py)
echo "$seen"
expected="sent: [{'type': 'CAUSE', 'target': 'dc78c8d5-10bb-4452-9d15-613728fd7fba', 'domainId': 'other.example'}] True
heard: [{'type': 'CAUSE', 'target': 'dc78c8d5-10bb-4452-9d15-613728fd7fba'}] True
deployed: True Malformed message. Rejecting
newer: True Unable to deserialize message
given to rebuild: {}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
