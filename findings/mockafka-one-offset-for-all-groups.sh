#!/usr/bin/env bash
# Guess:    in a test with mockafka two services, each of a consumer group of its own, both get every message of a topic, as
#           Kafka gives them, and auto.offset.reset says where a new group begins.
# Really:   what a group has read is kept for the topic, not for the group: once one service has committed, the messages are
#           gone for the other, whichever its group is, and a new group with "latest" gets what was sent before it. A message
#           has no offset, on_delivery is never called, by flush either, and without a partition nothing can be produced: the
#           key chooses none. A test of two consumers is red for a program that works, or green because the second one saw
#           nothing.
# Versions: mockafka-py 0.2.3, Python 3.11
# Source:   run here; mockafka/kafka_store.py (offset_store has a key for topic and partition); Kafka's documentation,
#           "Consumers" (offsets are a group's) and auto.offset.reset.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check mockafka-py==0.2.3

cat >groups.py <<'PYTHON'
from mockafka import FakeConsumer, FakeProducer
from mockafka.admin_client import FakeAdminClientImpl, NewTopic


def consumer(group, reset="earliest"):
    made = FakeConsumer({"group.id": group, "auto.offset.reset": reset})
    made.subscribe(["images"])
    return made


def read(consumer):
    messages = []
    while (message := consumer.poll()) is not None:
        messages.append(message)
    return [(message.value().decode(), message.offset()) for message in messages]


FakeAdminClientImpl().create_topics([NewTopic("images", num_partitions=2)])
producer, delivered = FakeProducer({}), []
for event in ("create", "delete"):
    producer.produce("images", key="i1", value=event, partition=0, on_delivery=lambda *told: delivered.append(told))
producer.flush()
print("told of as delivered:", len(delivered))
print("a new group, latest:", read(consumer("watcher", "latest")))
billing = consumer("billing")
print("billing:", read(billing))
print("audit, before billing commits:", read(consumer("audit")))
billing.commit()
print("search, after it:", read(consumer("search")))
try:
    producer.produce("images", key="i1", value="create")
except Exception as error:
    print("by the key:", error)
PYTHON
seen=$(venv/bin/python groups.py)
echo "$seen"
expected="told of as delivered: 0
a new group, latest: [('create', None), ('delete', None)]
billing: [('create', None), ('delete', None)]
audit, before billing commits: [('create', None), ('delete', None)]
search, after it: []
by the key: you must assign partition when you want to produce message"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
