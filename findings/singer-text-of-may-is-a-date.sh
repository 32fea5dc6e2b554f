#!/usr/bin/env bash
# Guess:    singer-python's transform hands on a record that already fits its schema: where "anyOf" allows a date-time or any text,
#           as taps write it where they cannot tell, a text that is no RFC 3339 date-time stays the text that it is.
# Really:   whatever dateutil can read is a date-time, and what the text does not say is taken from today: "May" is the thirtieth
#           of May if today is the thirtieth, "sun" the next Sunday, "7" the seventh of this month, and the version "10.4" the
#           tenth of it. What is sent is the date, and the same record is another one next month. With the two ways in the other
#           order all stay as they are. A text that an "enum" forbids is handed on.
# Versions: singer-python 6.8.0, python-dateutil 2.9.0.post0, Python 3.11
# Source:   run here; singer/transform.py, Transformer._transform_anyof (the first that succeeds) and string_to_datetime;
#           dateutil.parser.parse, whose default is today's midnight; JSON Schema validation, 7.3.1 (date-time).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check singer-python==6.8.0 python-dateutil==2.9.0.post0

cat >records.py <<'PYTHON'
import datetime
import logging

import singer

logging.disable()
MOMENT = {"type": "string", "format": "date-time"}
TEXT = {"type": "string"}
today = datetime.date.today()
for text in ("May", "sun", "7", "10.4", "may it be", "deleted", "2026-11-30T10:00:00+02:00"):
    read = [singer.transform({"value": text}, {"properties": {"value": {"anyOf": ways}}, "type": "object"})["value"]
            for ways in ([MOMENT, TEXT], [TEXT, MOMENT])]  # fmt: skip
    date = datetime.datetime.strptime(read[0], "%Y-%m-%dT%H:%M:%S.%fZ").date() if read[0].endswith("Z") else None
    if date is None:
        told = read[0]
    elif text == "May":
        told = f"in May of this year: {(date.year, date.month) == (today.year, 5)}"
    elif text == "sun":
        told = f"within a week, of weekday {date.isoweekday()}: {0 <= (date - today).days < 7}"
    elif text == "7":
        told = f"day 7 of this month: {date == today.replace(day=7)}"
    elif text == "10.4":
        told = f"day 10 of this month: {date == today.replace(day=10)}"
    else:
        told = read[0]
    print(f"{text!r}: {told}; the other way round {read[1]!r}")
print(f"of an enum: {singer.transform({'value': 'deleted'}, {'type': 'object', 'properties': {'value': {**TEXT, 'enum': ['new']}}})}")
PYTHON
seen=$(venv/bin/python records.py)
echo "$seen"
expected="'May': in May of this year: True; the other way round 'May'
'sun': within a week, of weekday 7: True; the other way round 'sun'
'7': day 7 of this month: True; the other way round '7'
'10.4': day 10 of this month: True; the other way round '10.4'
'may it be': may it be; the other way round 'may it be'
'deleted': deleted; the other way round 'deleted'
'2026-11-30T10:00:00+02:00': 2026-11-30T08:00:00.000000Z; the other way round '2026-11-30T10:00:00+02:00'
of an enum: {'value': 'deleted'}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
