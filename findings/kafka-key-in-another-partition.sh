#!/usr/bin/env bash
# Guess:    notifications with the same key come in one partition of a Kafka topic, whichever client sends them, so the steps of
#           an image stay in order when a service changes from aiokafka to confluent-kafka, or when two services send of one image.
# Really:   the hashes differ: aiokafka and kafka-python have murmur2, as Java has, confluent-kafka (librdkafka) CRC32. Of eight
#           keys four go to the same of four partitions; the others are read by two consumers, in no order.
#           With partitioner=murmur2_random confluent-kafka does as the others.
# Versions: confluent-kafka 2.12.2, aiokafka 0.12.0, Python 3.11
# Source:   run here with librdkafka's mock of a cluster, within the process; librdkafka's documentation of "partitioner";
#           aiokafka/partitioner.py, DefaultPartitioner.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check confluent-kafka==2.12.2 aiokafka==0.12.0

cat >partitions.py <<'PYTHON'
from aiokafka.partitioner import DefaultPartitioner
from confluent_kafka import Producer

KEYS = [f"image-{number}".encode() for number in range(8)]


def sent(**options):
    producer = Producer({"bootstrap.servers": "none", "test.mock.num.brokers": 1, "log_level": 0, **options})
    partitions = {}
    for key in KEYS:
        producer.produce("notifications", b"{}", key, on_delivery=lambda _, it: partitions.update({it.key(): it.partition()}))
    producer.flush(30)
    return partitions, sorted(producer.list_topics("notifications", timeout=30).topics["notifications"].partitions)


confluent, partitions = sent()
murmur, _ = sent(partitioner="murmur2_random")
aio = {key: DefaultPartitioner()(key, partitions, partitions) for key in KEYS}
print(f"{len(partitions)} partitions")
for key in KEYS:
    print(f"{key.decode()}: aiokafka {aio[key]}, confluent-kafka {confluent[key]}, with murmur2_random {murmur[key]}")
PYTHON
seen=$(venv/bin/python partitions.py 2>stderr)
echo "$seen"
expected="4 partitions
image-0: aiokafka 3, confluent-kafka 3, with murmur2_random 3
image-1: aiokafka 0, confluent-kafka 1, with murmur2_random 0
image-2: aiokafka 0, confluent-kafka 3, with murmur2_random 0
image-3: aiokafka 3, confluent-kafka 1, with murmur2_random 3
image-4: aiokafka 2, confluent-kafka 2, with murmur2_random 2
image-5: aiokafka 0, confluent-kafka 0, with murmur2_random 0
image-6: aiokafka 0, confluent-kafka 2, with murmur2_random 0
image-7: aiokafka 0, confluent-kafka 0, with murmur2_random 0"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
