#!/usr/bin/env bash
# Guess:    a notification of FIWARE's Orion that FiLiP reads with its model Message has the values of the notification: NGSI's
#           attributes name a type, and what does not fit is refused.
# Really:   each value is made to fit its type, as Python does it: null of type Text is the text "None", true is "True", 7 is "7";
#           the text "false" of type Boolean is true; a Number is a float, so an id of seventeen digits is another one, and 5 is
#           written 5.0; 5.5 of type Integer is 5. Nothing tells of it, and what is written again has it. A notification with an
#           attribute of type geo:json, which is one of FiLiP's own list of types and of NGSI's own, is refused as a whole, for
#           its type.
# Versions: filip 0.8.1, pydantic 2.13.5, Python 3.11
# Source:   run here without a network; filip/models/ngsi_v2/subscriptions.py, Message; filip/models/ngsi_v2/base.py,
#           BaseValueAttribute, validate_value_based_on_type (str(value)) and validate_value_type (bool(value), float(value));
#           filip/models/base.py, DataType.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check filip==0.8.1 pydantic==2.13.5

cat >notifications.py <<'PYTHON'
import json

import pydantic
from filip.models.base import DataType
from filip.models.ngsi_v2.subscriptions import Message

POINT = {"type": "Point", "coordinates": [7.5, 51.5]}
VALUES = [("Text", "active"), ("Text", None), ("Text", True), ("Text", 7), ("Boolean", False), ("Boolean", "false"), ("Number", 5)]
VALUES += [("Number", 12345678901234567), ("Number", "5"), ("Integer", 5.5), ("StructuredValue", {"id": None}), ("geo:json", POINT)]
for kind, value in VALUES:
    entity = {"id": "urn:image:1", "type": "Image", "it": {"type": kind, "value": value, "metadata": {}}}
    told = json.dumps({"subscriptionId": "s1", "data": [entity]})
    try:
        read = Message.model_validate_json(told)
        written = json.loads(read.model_dump_json())["data"][0]["it"]["value"]
        print(f"{kind} {json.dumps(value)}: {json.dumps(written)}")
    except pydantic.ValidationError as error:
        print(f"{kind} {json.dumps(value)}: refused at {error.errors()[0]['loc']}")
print("a type of FiLiP's:", DataType.GEOJSON.value)
PYTHON
seen=$(venv/bin/python -W ignore notifications.py 2>stderr)
echo "$seen"
expected="Text \"active\": \"active\"
Text null: \"None\"
Text true: \"True\"
Text 7: \"7\"
Boolean false: false
Boolean \"false\": true
Number 5: 5.0
Number 12345678901234567: 1.2345678901234568e+16
Number \"5\": 5.0
Integer 5.5: 5
StructuredValue {\"id\": null}: {\"id\": null}
geo:json {\"type\": \"Point\", \"coordinates\": [7.5, 51.5]}: refused at ('data', 0, 'type')
a type of FiLiP's: geo:json"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
