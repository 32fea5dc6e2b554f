#!/usr/bin/env bash
# Guess:    in a test with moto a rule of EventBridge hands its target the events that AWS would hand it: a pattern is compared
#           value by value, as JSON, and what stands in a list of objects is looked at, too.
# Really:   moto does not look into objects of a list: {"members": {"id": ["a"]}} matches no event, whatever the members are,
#           where EventBridge asks whether one of them has the id. And it compares as Python does, by which true is 1 and 1.0 is
#           1: [1] takes an event with true. A test is red for a rule that works, or green for one that lets nothing through.
#           event-ruler, which does what EventBridge does, says otherwise in each of these.
# Versions: moto 5.2.5, boto3 1.44.8, event-ruler 0.3.0, Python 3.11
# Source:   run here, held against event-ruler; AWS's documentation of EventBridge, "Arrays in event patterns" and the syntax of
#           patterns (numbers are compared as they are written); moto/events/models.py, EventPattern._flatten_dict.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile 'moto[events,sqs]==5.2.5' boto3==1.44.8 event-ruler==0.3.0

cat >rules.py <<'PYTHON'
import json

import boto3
from event_ruler import event_ruler
from moto import mock_aws

CASES = [
    ({"members": {"id": ["a"]}}, {"members": [{"id": "a"}, {"id": "b"}]}),
    ({"members": {"id": ["a"]}}, {"members": {"id": "a"}}),
    ({"members": ["a"]}, {"members": ["a", "b"]}),
    ({"visible": [1]}, {"visible": True}),
    ({"visible": [True]}, {"visible": 1}),
    ({"size": [1]}, {"size": 1.0}),
    ({"size": [1]}, {"size": 1}),
]
with mock_aws():
    events, sqs = (boto3.client(name, region_name="eu-west-1") for name in ("events", "sqs"))
    queue = sqs.create_queue(QueueName="images")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    for detail_pattern, detail in CASES:
        pattern = json.dumps({"detail": detail_pattern})
        events.put_rule(Name="images", EventPattern=pattern)
        events.put_targets(Rule="images", Targets=[{"Id": "1", "Arn": arn}])
        events.put_events(Entries=[{"Source": "glance", "DetailType": "image", "Detail": json.dumps(detail)}])
        came = sqs.receive_message(QueueUrl=queue).get("Messages", [])
        for message in came:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        ruler = event_ruler.test_event_pattern(json.dumps({"detail": detail}), pattern)
        print(f"{detail_pattern} of {detail}: moto {bool(came)}, event-ruler {ruler}")
PYTHON
seen=$(venv/bin/python rules.py)
echo "$seen"
expected="{'members': {'id': ['a']}} of {'members': [{'id': 'a'}, {'id': 'b'}]}: moto False, event-ruler True
{'members': {'id': ['a']}} of {'members': {'id': 'a'}}: moto True, event-ruler True
{'members': ['a']} of {'members': ['a', 'b']}: moto True, event-ruler True
{'visible': [1]} of {'visible': True}: moto True, event-ruler False
{'visible': [True]} of {'visible': 1}: moto True, event-ruler False
{'size': [1]} of {'size': 1.0}: moto True, event-ruler False
{'size': [1]} of {'size': 1}: moto True, event-ruler True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
