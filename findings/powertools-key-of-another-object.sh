#!/usr/bin/env bash
# Guess:    the key of an object that AWS Lambda Powertools takes out of an event of S3 is the key under which the object can be
#           fetched, whichever way the event came, as a notification of the bucket or over EventBridge: that is what its classes of
#           events are there for.
# Really:   keys are encoded as in a URL in the one and plain in the other, and the class for EventBridge decodes them all the same:
#           of "my image+1.img" comes "my image 1.img", which is not there, or is another object. Powertools' parser leaves them as
#           they are. In the class for notifications object_key is decoded, and records[…].s3.get_object.key, of the same event, is
#           not. A key without a plus or a percent sign is right everywhere, so a test sees nothing.
# Versions: aws-lambda-powertools 3.37.0, moto 5.2.5, boto3 1.44.8, Python 3.11
# Source:   run here with moto, which sends both kinds of event of each object that is put, and is then asked for the object;
#           aws_lambda_powertools/utilities/data_classes/s3_event.py, S3EventBridgeNotificationObject.key (unquote_plus) and
#           S3Event. object_key; AWS's documentation of S3, "Event message structure" (the key is URL encoded); moto's pull request
#           9060.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile "aws-lambda-powertools[parser]==3.37.0" \
  "moto[s3,sqs,events]==5.2.5" boto3==1.44.8

cat >putting.py <<'PYTHON'
import json
import os

os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
import boto3  # noqa: E402
from aws_lambda_powertools.utilities.data_classes import S3Event, S3EventBridgeNotificationEvent  # noqa: E402
from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel  # noqa: E402
from moto import mock_aws  # noqa: E402


def received(url):
    """The last event in the queue, which is emptied."""
    messages = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    for each in messages:
        queues.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return json.loads(messages[-1]["Body"])


def fetched(key):
    keys = [each["Key"] for each in buckets.list_objects_v2(Bucket="images")["Contents"]]
    return f"{key!r}, {'there' if key in keys else 'not there'}"


with mock_aws():
    buckets, queues, bridge = boto3.client("s3"), boto3.client("sqs"), boto3.client("events")
    urls, names = {}, {}
    for name in ("direct", "bridged"):
        urls[name] = queues.create_queue(QueueName=name)["QueueUrl"]
        told = queues.get_queue_attributes(QueueUrl=urls[name], AttributeNames=["QueueArn"])
        names[name] = told["Attributes"]["QueueArn"]
    bridge.put_rule(Name="images", EventPattern=json.dumps({"source": ["aws.s3"]}))
    bridge.put_targets(Rule="images", Targets=[{"Id": "1", "Arn": names["bridged"]}])
    buckets.create_bucket(Bucket="images")
    queue = {"QueueArn": names["direct"], "Events": ["s3:ObjectCreated:*"]}
    both = {"QueueConfigurations": [queue], "EventBridgeConfiguration": {}}
    buckets.put_bucket_notification_configuration(Bucket="images", NotificationConfiguration=both)
    for key in ("plain.img", "my image+1.img", "100%25.img"):
        buckets.put_object(Bucket="images", Key=key, Body=b"x")
        direct, bridged = received(urls["direct"]), received(urls["bridged"])
        print(f"{key}: sent as {direct['Records'][0]['s3']['object']['key']} and {bridged['detail']['object']['key']}")
        print("  notification, object_key:", fetched(S3Event(direct).object_key))
        print("  notification, record:", fetched(next(S3Event(direct).records).s3.get_object.key))
        print("  EventBridge, class:", fetched(S3EventBridgeNotificationEvent(bridged).detail.object.key))
        print("  EventBridge, parser:", fetched(S3EventNotificationEventBridgeModel(**bridged).detail.object.key))
PYTHON
seen=$(venv/bin/python -W ignore putting.py 2>stderr)
echo "$seen"
expected="plain.img: sent as plain.img and plain.img
  notification, object_key: 'plain.img', there
  notification, record: 'plain.img', there
  EventBridge, class: 'plain.img', there
  EventBridge, parser: 'plain.img', there
my image+1.img: sent as my+image%2B1.img and my image+1.img
  notification, object_key: 'my image+1.img', there
  notification, record: 'my+image%2B1.img', not there
  EventBridge, class: 'my image 1.img', not there
  EventBridge, parser: 'my image+1.img', there
100%25.img: sent as 100%2525.img and 100%25.img
  notification, object_key: '100%25.img', there
  notification, record: '100%2525.img', not there
  EventBridge, class: '100%.img', not there
  EventBridge, parser: '100%25.img', there"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
