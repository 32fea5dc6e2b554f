#!/usr/bin/env bash
# Guess:    a test of a consumer over MQTT with the broker of mqttools, which runs in the test's own process, hands a subscription
#           the messages that any broker would: images/# is images and all levels below it, and a filter's other letters stand for
#           themselves.
# Really:   the filter is made a regular expression by replacing + and #, and the slash before a # goes with it: images/# hears
#           images-old/a and imagesbackup as well, and a consumer that is right in the test because of its filter is wrong with any
#           other broker, and the other way round. A dot is any letter, v1.0/+ hears v1x0/a; images(old)/+ does not hear
#           images(old)/a; and # hears $SYS, which MQTT keeps from it. paho's topic_matches_sub says each time what MQTT says.
# Versions: mqttools 0.50.0, paho-mqtt 2.1.0, Python 3.11
# Source:   run here, broker and clients in one process; mqttools/broker.py, compile_wildcards_topic; MQTT 5, 4.7.1.2 (the
#           multi-level wildcard), 4.7.2 (topics beginning with $).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check mqttools==0.50.0 paho-mqtt==2.1.0

cat >hear.py <<'PYTHON'
import asyncio
import logging

import mqttools
from paho.mqtt.client import topic_matches_sub

logging.disable(logging.CRITICAL)
CASES = (
    ("images/#", "images/a/created"),
    ("images/#", "images"),
    ("images/#", "images-old/a"),
    ("images/#", "imagesbackup"),
    ("v1.0/+", "v1.0/a"),
    ("v1.0/+", "v1x0/a"),
    ("images(old)/+", "images(old)/a"),
    ("#", "$SYS/uptime"),
)


async def heard(port, topic_filter, topic):
    async with mqttools.Client("127.0.0.1", port, subscriptions=[topic_filter, "end"]) as consumer:
        async with mqttools.Client("127.0.0.1", port) as producer:
            producer.publish(mqttools.Message(topic, b"told"))
            producer.publish(mqttools.Message("end", b"told"))
            told = []
            while "end" not in told:
                told.append((await asyncio.wait_for(consumer.messages.get(), 10)).topic)
    return topic in told


async def main():
    broker = mqttools.Broker(("127.0.0.1", 0))
    serving = asyncio.create_task(broker.serve_forever())
    _, port = await broker.getsockname()
    for topic_filter, topic in CASES:
        by_mqtt = topic_matches_sub(topic_filter, topic)
        print(f"{topic_filter} {topic}: mqttools {await heard(port, topic_filter, topic)}, MQTT {by_mqtt}")
    serving.cancel()


asyncio.run(main())
PYTHON
seen=$(timeout 60 venv/bin/python -W ignore hear.py)
echo "$seen"
expected="images/# images/a/created: mqttools True, MQTT True
images/# images: mqttools True, MQTT True
images/# images-old/a: mqttools True, MQTT False
images/# imagesbackup: mqttools True, MQTT False
v1.0/+ v1.0/a: mqttools True, MQTT True
v1.0/+ v1x0/a: mqttools True, MQTT False
images(old)/+ images(old)/a: mqttools False, MQTT True
# \$SYS/uptime: mqttools True, MQTT False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
