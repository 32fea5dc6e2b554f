#!/usr/bin/env bash
# Guess:    a device that mqtt-spb-wrapper speaks Sparkplug B for sends, with publish_data, what was set since it sent last, and
#           looking at a value changes nothing; and who listens hears of a metric that became null.
# Really:   a value that was read, by get_value or by .value, counts as sent: set the temperature, compare it with a limit,
#           publish, and the new temperature is left out, in this message and in all later ones until it is set anew. And a null
#           that came is passed over: the listener's entity goes on with the last number, as if the sensor still measured.
# Versions: mqtt-spb-wrapper 2.1.2, Python 3.11
# Source:   run here without a broker; Sparkplug 3.0, "is_null"; mqtt_spb_wrapper/spb_base.py, MetricValue.value (the getter
#           clears is_updated), serialize_payload_data and _deserialize_payload_metric.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check mqtt-spb-wrapper==2.1.2

cat >device.py <<'PYTHON'
from mqtt_spb_wrapper.spb_base import SpbEntity, SpbPayloadParser
from mqtt_spb_wrapper.spb_protobuf import Payload


def sent(entity):
    metrics = SpbPayloadParser(entity.serialize_payload_data()).as_dict().get("metrics", [])
    return {metric["name"]: metric["value"] for metric in metrics}


device, listener = SpbEntity("plant", "edge", "boiler"), SpbEntity("plant", "edge", "boiler")
device.data.set_value("temperature", 20.0)
device.data.set_value("door", "open")
listener.deserialize_payload_birth(device.serialize_payload_birth())

device.data.set_value("temperature", 90.0)
device.data.set_value("door", "shut")
print("not read:", sent(device))
device.data.set_value("temperature", 95.0)
device.data.set_value("door", "open")
print("too hot:", device.data.get_value("temperature") > 80)
print("read:", sent(device))
print("and then:", sent(device))

nothing = Payload()
metric = nothing.metrics.add(name="temperature", datatype=10, is_null=True, timestamp=1)
listener.deserialize_payload_data(nothing.SerializeToString())
print("null is", listener.data.get_value("temperature"))
PYTHON
seen=$(venv/bin/python device.py)
echo "$seen"
expected="not read: {'temperature': 90.0, 'door': 'shut'}
too hot: True
read: {'door': 'open'}
and then: {}
null is 20.0"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
