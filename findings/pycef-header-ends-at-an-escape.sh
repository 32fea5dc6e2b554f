#!/usr/bin/env bash
# Guess:    an event in ArcSight's Common Event Format that cefevent writes, with its bars and backslashes escaped as CEF wants
#           it, is read by pycef with the same fields.
# Really:   of a header field that has an escape, or an equals sign, which CEF lets stand there, pycef makes no field: the name is
#           empty, there is no severity, and the rest of the header is the name of the first field of the event. In the fields \=,
#           \\ and \n stay as they are written. A label that is called like a field of the header, cs1Label=Name, takes its place:
#           the event has the name that stood in cs1. Nothing is raised.
# Versions: cefevent 0.5.6, pycef 1.11, Python 3.11
# Source:   run here; ArcSight's Common Event Format, "Character encoding"; pycef/__init__.py, parse (header_re).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cefevent==0.5.6 pycef==1.11

cat >reading.py <<'PYTHON'
import pycef
from cefevent import CEFEvent

SENT = {"deviceVendor": "OpenStack", "deviceProduct": "Glance", "deviceVersion": "33", "severity": 5}
CASES = (
    {"name": "image create", "message": "done"},
    {"name": "image|create", "message": "done"},
    {"name": "size=7", "message": "done"},
    {"name": "image create", "message": "a=b\\c\nd"},
    {"name": "image create", "deviceCustomString1": "cirros", "deviceCustomString1Label": "Name"},
)
for fields in CASES:
    event = CEFEvent()
    for name, value in {**SENT, **fields}.items():
        event.set_field(name, value)
    text = event.build_cef()
    read = pycef.parse(text)
    print(text)
    shown = {name: value for name, value in read.items() if not name.startswith(("Device", "CEF"))}
    print("   ", shown)
PYTHON
seen=$(venv/bin/python reading.py)
echo "$seen"
expected="CEF:0|OpenStack|Glance|33|0|image create|5|msg=done
    {'Name': 'image create', 'Severity': '5', 'msg': 'done'}
CEF:0|OpenStack|Glance|33|0|image\\|create|5|msg=done
    {'Name': '', 'image\\\\|create|5|msg': 'done'}
CEF:0|OpenStack|Glance|33|0|size=7|5|msg=done
    {'Name': '', '7|5|msg': 'done'}
CEF:0|OpenStack|Glance|33|0|image create|5|msg=a\\=b\\\\c\\nd
    {'Name': 'image create', 'Severity': '5', 'msg': 'a\\\\=b\\\\\\\\c\\\\nd'}
CEF:0|OpenStack|Glance|33|0|image create|5|cs1=cirros cs1Label=Name
    {'Name': 'cirros', 'Severity': '5'}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
