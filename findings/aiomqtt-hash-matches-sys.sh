#!/usr/bin/env bash
# Guess:    message.topic.matches("#") of aiomqtt, by which a client sorts what it receives, says what a broker says of the same
#           filter: `#` and `+` at the beginning do not match topics that begin with a dollar sign.
# Really:   they do: a client that subscribed to images/# and to $SYS/#, for the broker's own figures, and has a branch for "#" or
#           "+/broker/+" takes a figure of the broker's for an event. paho-mqtt, on which aiomqtt is built, leaves $SYS out.
# Versions: aiomqtt 2.5.1, paho-mqtt 2.2.0, Python 3.11
# Source:   run here without a network; MQTT 5.0, 4.7.2 (MQTT-4.7.2-1); aiomqtt/topic.py, Topic.matches.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check aiomqtt==2.5.1 paho-mqtt==2.2.0

cat >topics.py <<'PYTHON'
import aiomqtt
from paho.mqtt.client import topic_matches_sub

TOPICS = ("images/create", "$SYS/broker/uptime", "$SYS/uptime")
for topic_filter in ("#", "+/broker/+", "+/uptime", "$SYS/#", "images/#"):
    by_aiomqtt = [topic for topic in TOPICS if aiomqtt.Topic(topic).matches(topic_filter)]
    by_paho = [topic for topic in TOPICS if topic_matches_sub(topic_filter, topic)]
    print(f"{topic_filter}: aiomqtt {by_aiomqtt}, paho-mqtt {by_paho}")
PYTHON
seen=$(venv/bin/python topics.py)
echo "$seen"
expected="#: aiomqtt ['images/create', '\$SYS/broker/uptime', '\$SYS/uptime'], paho-mqtt ['images/create']
+/broker/+: aiomqtt ['\$SYS/broker/uptime'], paho-mqtt []
+/uptime: aiomqtt ['\$SYS/uptime'], paho-mqtt []
\$SYS/#: aiomqtt ['\$SYS/broker/uptime', '\$SYS/uptime'], paho-mqtt ['\$SYS/broker/uptime', '\$SYS/uptime']
images/#: aiomqtt ['images/create'], paho-mqtt ['images/create']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
