#!/usr/bin/env bash
# Guess:    in a test with moto a subscription of SNS with a filter policy gets the messages that AWS would send it: of the values
#           of a name one is enough, in any order.
# Really:   where the message lacks the attribute, ["active", {"exists": false}] holds it back, and [{"exists": false}, "active"]
#           lets it through. "equals-ignore-case" makes the message's text small and not the policy's, so "Active" is met by none,
#           "Active" included. "anything-but" is met by every list, of the type String.Array, whatever is in it: its text is taken
#           apart into letters. Nothing is told: a message comes that AWS would not send, or does not come.
# Versions: moto 5.2.5, boto3 1.44.8, Python 3.11
# Source:   run here; AWS's documentation of SNS, "String value matching" (its examples of anything-but and of equals-ignore-case)
#           and "AND/OR logic"; moto/sns/utils.py, FilterPolicyMatcher._field_match; moto's pull request 7390.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile 'moto[sns,sqs]==5.2.5' boto3==1.44.8

cat >policies.py <<'PYTHON'
import json

import boto3
from moto import mock_aws

CASES = [
    (["active", {"exists": False}], None),
    ([{"exists": False}, "active"], None),
    ([{"equals-ignore-case": "Active"}], "Active"),
    ([{"equals-ignore-case": "active"}], "Active"),
    ([{"anything-but": ["active"]}], "active"),
    ([{"anything-but": ["active"]}], ["active"]),
    ([{"anything-but": ["active"]}], ["queued"]),
    (["active"], ["active"]),
]
with mock_aws():
    sns, sqs = (boto3.client(name, region_name="eu-west-1") for name in ("sns", "sqs"))
    topic = sns.create_topic(Name="images")["TopicArn"]
    queue = sqs.create_queue(QueueName="images")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    for rules, status in CASES:
        policy = {"FilterPolicy": json.dumps({"status": rules})}
        subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=policy)
        attributes = {"id": {"DataType": "String", "StringValue": "a"}}
        if isinstance(status, list):
            attributes["status"] = {"DataType": "String.Array", "StringValue": json.dumps(status)}
        elif status:
            attributes["status"] = {"DataType": "String", "StringValue": status}
        sns.publish(TopicArn=topic, Message="image.update", MessageAttributes=attributes)
        came = sqs.receive_message(QueueUrl=queue).get("Messages", [])
        for each in came:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
        sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
        print(f"{json.dumps(rules)}, status {status}: {'comes' if came else 'does not come'}")
PYTHON
seen=$(venv/bin/python policies.py)
echo "$seen"
expected="[\"active\", {\"exists\": false}], status None: does not come
[{\"exists\": false}, \"active\"], status None: comes
[{\"equals-ignore-case\": \"Active\"}], status Active: does not come
[{\"equals-ignore-case\": \"active\"}], status Active: comes
[{\"anything-but\": [\"active\"]}], status active: does not come
[{\"anything-but\": [\"active\"]}], status ['active']: comes
[{\"anything-but\": [\"active\"]}], status ['queued']: comes
[\"active\"], status ['active']: comes"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
