#!/usr/bin/env bash
# Guess:    thriftpy2 keeps what a Thrift IDL says of an event: a required field that is missing is an error, for the writer or
#           for the reader, a number has the width of its type, and a default is each message's own.
# Really:   required is not asked about by either: an event without its id is written and read. A default list is one object for
#           all messages, so what is appended to one stands in every later one, as if it had been sent. A bool "false" is true,
#           and 1.9 is 1. The JSON protocol writes 70000 for an i16, a null in a list of texts as "None", and reads the text "7"
#           for an i32 as 7, where the binary one raises.
# Versions: thriftpy2 0.7.1, Python 3.11
# Source:   run here; Thrift's documentation of the IDL, "Field Requiredness" (a required field that is missing is an
#           unsuccessful read); thriftpy2/thrift.py, TPayload; thriftpy2/protocol/json.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check thriftpy2==0.7.1

cat >event.thrift <<'THRIFT'
struct Event {
  1: required string id
  2: optional i32 size
  3: optional bool hidden
  4: optional i16 port
  5: optional list<string> servers
  6: list<string> tags = ["new"]
}
THRIFT
cat >events.py <<'PYTHON'
import thriftpy2
from thriftpy2.protocol import TBinaryProtocolFactory, TJSONProtocolFactory
from thriftpy2.utils import deserialize, serialize

Event = thriftpy2.load("event.thrift", module_name="event_thrift").Event
for fields in (
    {"id": "a", "size": 7}, {"size": 7}, {"id": None}, {"id": "a", "size": 1.9}, {"id": "a", "size": "7"},
    {"id": "a", "hidden": "false"}, {"id": "a", "port": 70000}, {"id": "a", "servers": [None]},
):  # fmt: skip
    for name, protocol in {"binary": TBinaryProtocolFactory(), "JSON": TJSONProtocolFactory()}.items():
        try:
            read = deserialize(Event(), serialize(Event(**fields), protocol), protocol)
        except Exception as error:
            print(f"{fields} {name}: {type(error).__name__}")
        else:
            print(
                f"{fields} {name}:",
                {field: value for field, value in vars(read).items() if field != "tags" and value is not None},
            )
Event(id="a").tags.append("of another event")
print("tags of a new event:", Event(id="b").tags)
PYTHON
seen=$(venv/bin/python events.py)
echo "$seen"
expected="{'id': 'a', 'size': 7} binary: {'id': 'a', 'size': 7}
{'id': 'a', 'size': 7} JSON: {'id': 'a', 'size': 7}
{'size': 7} binary: {'size': 7}
{'size': 7} JSON: {'size': 7}
{'id': None} binary: {}
{'id': None} JSON: {}
{'id': 'a', 'size': 1.9} binary: {'id': 'a', 'size': 1}
{'id': 'a', 'size': 1.9} JSON: {'id': 'a', 'size': 1}
{'id': 'a', 'size': '7'} binary: TDecodeException
{'id': 'a', 'size': '7'} JSON: {'id': 'a', 'size': 7}
{'id': 'a', 'hidden': 'false'} binary: {'id': 'a', 'hidden': True}
{'id': 'a', 'hidden': 'false'} JSON: {'id': 'a', 'hidden': True}
{'id': 'a', 'port': 70000} binary: TDecodeException
{'id': 'a', 'port': 70000} JSON: {'id': 'a', 'port': 70000}
{'id': 'a', 'servers': [None]} binary: TDecodeException
{'id': 'a', 'servers': [None]} JSON: {'id': 'a', 'servers': ['None']}
tags of a new event: ['new', 'of another event']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
