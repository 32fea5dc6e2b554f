#!/usr/bin/env bash
# Guess:    capparselib hands over of an alert in the Common Alerting Protocol what stands in it: the codes of places and events as
#           they are written, and each category and each advice of several.
# Really:   what looks like a number is one: the place 006037, Los Angeles, is 6037, which is in no list of SAME codes, so whoever
#           looks for that place finds no alert; the event code 1E3 is 1000.0, the identifier 0012 is 12, which no later
#           message refers to, and a parameter "true" is True. Of several categories, and of several pieces of advice, the first
#           is left: who is told to prepare and to evacuate is told to prepare. Nothing is said, though the library
#           checks the alert against CAP's schema first. Places with a letter in them stay as they are.
# Versions: capparselib 0.6.6, lxml 6.1.3 (capparselib names 4.6.3, for which there is no wheel for this Python), Python 3.11
# Source:   run here; capparselib/schema/cap12_extended.xsd (category and responseType: maxOccurs unbounded; a geocode's value: a
#           string) and capparselib/parsers.py, get_objectified_xml and parse_alert; lxml's documentation of objectify, which
#           makes numbers and booleans of what looks like one where no type is said.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check lxml==6.1.3
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps capparselib==0.6.6

cat >alert.py <<'PYTHON'
from capparselib.parsers import CAPParser

ALERT = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>0012</identifier><sender>river@example.org</sender><sent>2026-11-30T08:00:00-08:00</sent>
  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
  <info>
    <category>Met</category><category>Infra</category><event>Flood</event>
    <responseType>Prepare</responseType><responseType>Evacuate</responseType>
    <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
    <eventCode><valueName>LOCAL</valueName><value>1E3</value></eventCode>
    <parameter><valueName>blocked</valueName><value>true</value></parameter>
    <area>
      <areaDesc>Los Angeles</areaDesc>
      <geocode><valueName>SAME</valueName><value>006037</value></geocode>
      <geocode><valueName>UGC</valueName><value>CAC037</value></geocode>
    </area>
  </info>
</alert>"""
(alert,) = CAPParser(ALERT).as_dict()
(info,) = alert["cap_info"]
print("identifier", alert["cap_id"])
print("places", *(place["value"] for place in info["cap_area"][0]["geocodes"]))
print("event code", info["cap_event_code"][0]["value"])
print("parameter", info["cap_parameter"][0]["value"])
print("category", info["cap_category"])
print("advice", info["cap_response_type"])
PYTHON
seen=$(venv/bin/python alert.py)
echo "$seen"
expected='identifier 12
places 6037 CAC037
event code 1000.0
parameter True
category Met
advice Prepare'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
