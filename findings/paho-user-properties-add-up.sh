#!/usr/bin/env bash
# Guess:    setting a property of paho's MQTT 5 Properties anew replaces what was set before, so one object serves for all
#           messages of an emitter: properties.UserProperty = ("event_type", …) before each publish.
# Really:   MessageExpiryInterval and the others are replaced; to UserProperty is added. The third notification says three event
#           types, the first of them that of the first notification: a consumer that takes the first one is always wrong, one that
#           makes a dict of them is right by luck, and every message is longer than the last. Deleting the attribute first ends it.
# Versions: paho-mqtt 2.2.0, Python 3.11
# Source:   run here; paho/mqtt/properties.py, Properties.__setattr__; MQTT 5.0, 3.3.2.3.7 (a name may come several times).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check paho-mqtt==2.2.0

cat >properties.py <<'PYTHON'
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

properties = Properties(PacketTypes.PUBLISH)


def publish(event_type, expiry):
    """What a consumer reads of the bytes that publish() would put behind the topic."""
    properties.UserProperty = ("event_type", event_type)
    properties.MessageExpiryInterval = expiry
    wire = properties.pack()
    read = Properties(PacketTypes.PUBLISH)
    read.unpack(wire)
    print(f"{event_type}: {len(wire)} bytes, {read.MessageExpiryInterval} s, {[value for _, value in read.UserProperty]}")


publish("image.create", 10)
publish("image.update", 20)
publish("image.delete", 30)
del properties.UserProperty
publish("image.delete", 40)
PYTHON
seen=$(venv/bin/python properties.py)
echo "$seen"
expected="image.create: 33 bytes, 10 s, ['image.create']
image.update: 60 bytes, 20 s, ['image.create', 'image.update']
image.delete: 87 bytes, 30 s, ['image.create', 'image.update', 'image.delete']
image.delete: 33 bytes, 40 s, ['image.delete']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
