#!/usr/bin/env bash
# Guess:    a CloudEvent in structured mode is read as one by the Python SDK whatever other headers the message has: its content
#           type, application/cloudevents+json, says so, and over HTTP and Kafka a sender may repeat the attributes in headers, for
#           proxies and filters that do not open the body.
# Really:   over HTTP and Kafka one header that begins with ce- or ce_ is enough, and the message is read as binary: the event's
#           data is the whole event, in an envelope more, datacontenttype is application/cloudevents+json, extensions are texts,
#           and nothing raises. Over AMQP and RabbitMQ the same SDK asks for the content type, as the one for JavaScript does. What
#           it writes of an extension that is true is "True", where CloudEvents has "true". And a Kafka key that is not UTF-8, a
#           UUID or a number of somebody's own, ends the reading of the event in a UnicodeDecodeError.
# Versions: cloudevents 2.2.0 (PyPI), cloudevents 10.0.0 (npm), Python 3.11, Node.js 20
# Source:   run here; cloudevents/core/bindings/http.py, from_http, and kafka.py, from_kafka (startswith(CE_PREFIX)) and
#           from_binary; rabbitmq.py, from_rabbitmq; CloudEvents 1.0, HTTP binding, 3.2.3, and Kafka binding, 3.3.3 (metadata
#           headers), and the type system's text of a boolean.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent cloudevents@10.0.0 >>npm.log
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cloudevents==2.2.0

cat >read.py <<'PYTHON'
import json
from pathlib import Path

from cloudevents.core.bindings import http, kafka, rabbitmq
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

attributes = {"id": "1", "type": "image.create", "source": "/glance", "specversion": "1.0", "datacontenttype": "application/json"}
event = CloudEvent({**attributes, "deleted": True}, {"size": 7})
form = JSONFormat()


def told(read):
    return f"{read.get_datacontenttype()}, data {list(read.get_data())}, deleted {read.get_extension('deleted')!r}"


structured, binary = http.to_structured(event, form), http.to_binary(event, form)
both = http.HTTPMessage(headers={**binary.headers, **structured.headers}, body=structured.body)
print("HTTP, alone:", told(http.from_http(structured, form)))
print("HTTP, with headers:", told(http.from_http(both, form)))
Path("both.json").write_text(json.dumps({"headers": both.headers, "body": both.body.decode()}))
structured, binary = kafka.to_structured(event, form), kafka.to_binary(event, form)
both = kafka.KafkaMessage(headers={**binary.headers, **structured.headers}, key=None, value=structured.value)
print("Kafka, with headers:", told(kafka.from_kafka(both, form)))
structured, binary = rabbitmq.to_structured(event, form), rabbitmq.to_binary(event, form)
both = rabbitmq.RabbitMQMessage(headers=binary.headers, content_type=structured.content_type, body=structured.body)
print("RabbitMQ, with headers:", told(rabbitmq.from_rabbitmq(both, form)))
print("in a header:", http.to_binary(event, form).headers["ce-deleted"])
keyed = kafka.to_binary(event, form)
try:
    kafka.from_kafka(kafka.KafkaMessage(headers=keyed.headers, key=b"\xdcx\xc8\xd5", value=keyed.value), form)
except ValueError as error:
    print("a key of bytes:", type(error).__name__)
PYTHON
cat >read.js <<'JAVASCRIPT'
const { HTTP } = require('cloudevents');
const { datacontenttype, data, deleted } = HTTP.toEvent(require('./both.json'));
console.log(`JavaScript, HTTP, with headers: ${datacontenttype}, data ${Object.keys(data)}, deleted ${deleted}`);
JAVASCRIPT
seen=$(venv/bin/python -W ignore read.py; node read.js)
echo "$seen"
expected="HTTP, alone: application/json, data ['size'], deleted True
HTTP, with headers: application/cloudevents+json, data ['id', 'type', 'source', 'specversion', 'datacontenttype', 'deleted', 'time', 'data'], deleted 'True'
Kafka, with headers: application/cloudevents+json, data ['id', 'type', 'source', 'specversion', 'datacontenttype', 'deleted', 'time', 'data'], deleted 'True'
RabbitMQ, with headers: application/json, data ['size'], deleted True
in a header: True
a key of bytes: UnicodeDecodeError
JavaScript, HTTP, with headers: application/json, data size, deleted true"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
