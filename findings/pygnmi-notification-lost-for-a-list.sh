#!/usr/bin/env bash
# Guess:    pyGNMI hands over what a device notifies of, value by value; a value of a kind that it does not know it leaves out,
#           or raises for.
# Really:   a leaf-list, or bytes, in one of the updates, and the whole notification is None, the updates before it too, after
#           one line in the log that does not say which; so is one whose timestamp is 0. A double, which took the place of float
#           in gNMI 0.8, has a path and no value. A float is one of 32 bits: 0.1 is 0.10000000149011612; a decimal is a message
#           of protobuf. A device that encodes in JSON shows none of it.
# Versions: pygnmi 0.8.15, protobuf 7.36.2, Python 3.11
# Source:   run here without a device; pygnmi/client.py, telemetryParser (element_str += element, and except:); gNMI's
#           specification, 2.2.3 (node values), and its gnmi.proto, TypedValue.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pygnmi==0.8.15 protobuf==7.36.2

cat >telemetry.py <<'PYTHON'
from pygnmi.client import telemetryParser
from pygnmi.spec.v080.gnmi_pb2 import Decimal64, ScalarArray, SubscribeResponse, TypedValue

SERVERS = ScalarArray(element=[TypedValue(string_val=server) for server in ("10.0.0.1", "10.0.0.2")])
VALUES = {
    "string_val": "up",
    "int_val": -3,
    "json_val": b'["10.0.0.1"]',
    "double_val": 0.1,
    "float_val": 0.1,
    "decimal_val": Decimal64(digits=120, precision=2),
    "leaflist_val": SERVERS,
    "bytes_val": b"\x01\x02",
}


def notification(timestamp=1, **value):
    response = SubscribeResponse()
    response.update.timestamp = timestamp
    for name, val in (("uptime", TypedValue(uint_val=7)), ("value", TypedValue(**value))):
        response.update.update.add(val=val).path.elem.add(name=name)
    return response


for kind, value in VALUES.items():
    read = telemetryParser(notification(**{kind: value}))
    print(
        f"{kind}:",
        read and [{**one, "val": repr(one["val"])} if "val" in one else one for one in read["update"]["update"]],
    )
print("a timestamp of 0:", telemetryParser(notification(0, string_val="up")))
PYTHON
seen=$(venv/bin/python telemetry.py 2>log)
echo "$seen"
expected="string_val: [{'path': 'uptime', 'val': '7'}, {'path': 'value', 'val': \"'up'\"}]
int_val: [{'path': 'uptime', 'val': '7'}, {'path': 'value', 'val': '-3'}]
json_val: [{'path': 'uptime', 'val': '7'}, {'path': 'value', 'val': \"['10.0.0.1']\"}]
double_val: [{'path': 'uptime', 'val': '7'}, {'path': 'value'}]
float_val: [{'path': 'uptime', 'val': '7'}, {'path': 'value', 'val': '0.10000000149011612'}]
decimal_val: [{'path': 'uptime', 'val': '7'}, {'path': 'value', 'val': 'digits: 120\\nprecision: 2\\n'}]
Parsing of telemetry information is failed.
leaflist_val: None
Parsing of telemetry information is failed.
bytes_val: None
Parsing of telemetry information is failed.
a timestamp of 0: None"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
