#!/usr/bin/env bash
# Guess:    azure-functions, by which a Python function in Azure is given an event of Event Grid, reads each eventTime that RFC 3339
#           allows, with whatever offset; at least it reads what it wrote itself, in a function that sends events.
# Really:   it reads Z, an offset of nought and a time without an offset. With any other one the event is a ValueError, that the time
#           does not match '%m/%d/%Y %H:%M:%S.%f-00:00', which no event of Event Grid has. EventGridOutputEvent writes a datetime of a
#           zone with its offset, so such an event goes out and cannot come in; one without a zone, as datetime.now() is, goes out
#           without an offset, which RFC 3339 does not know, and comes in.
# Versions: azure-functions 1.26.0, Python 3.11
# Source:   run here with the converters that the worker calls; azure/functions/eventgrid.py; azure/functions/meta.py,
#           _parse_datetime, _parse_datetime_utc and _parse_datetime_local (the formats that are tried).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check azure-functions==1.26.0

cat >functions.py <<'PYTHON'
import datetime
import json

from azure.functions import EventGridOutputEvent
from azure.functions.eventgrid import EventGridEventInConverter, EventGridEventOutConverter
from azure.functions.meta import Datum

EVENT = {"id": "e1", "topic": "images", "subject": "i1", "eventType": "image.create", "data": {}, "dataVersion": "1"}


def tried(read):
    try:
        return read()
    except ValueError as error:
        return f"ValueError, {str(error).partition(' does ')[2]}"


def event_time(text):
    event = EventGridEventInConverter.decode(Datum(text, "json"), trigger_metadata=None)
    return event.event_time.isoformat()


for time in ("10:00:00Z", "10:00:00.1234567Z", "10:00:00", "10:00:00+00:00", "10:00:00-00:00", "10:00:00+02:00", "10:00:00.5-08:00"):
    print(time, tried(lambda: event_time(json.dumps({**EVENT, "eventTime": f"2026-11-30T{time}"}))))
for zone in (None, datetime.timezone.utc, datetime.timezone(datetime.timedelta(hours=2))):
    when = datetime.datetime(2026, 11, 30, 10, tzinfo=zone)
    sent = EventGridOutputEvent(
        id="e1", subject="i1", event_type="image.create", data={}, data_version="1", event_time=when
    )
    text = EventGridEventOutConverter.encode(sent, expected_type=None).value
    print("written as", json.loads(text)["eventTime"], tried(lambda: event_time(json.dumps({**EVENT, **json.loads(text)}))))
PYTHON
seen=$(venv/bin/python functions.py)
echo "$seen"
expected="10:00:00Z 2026-11-30T10:00:00+00:00
10:00:00.1234567Z 2026-11-30T10:00:00.123456+00:00
10:00:00 2026-11-30T10:00:00
10:00:00+00:00 2026-11-30T10:00:00+00:00
10:00:00-00:00 2026-11-30T10:00:00+00:00
10:00:00+02:00 ValueError, not match format '%m/%d/%Y %H:%M:%S.%f-00:00'
10:00:00.5-08:00 ValueError, not match format '%m/%d/%Y %H:%M:%S.%f-00:00'
written as 2026-11-30T10:00:00 2026-11-30T10:00:00
written as 2026-11-30T10:00:00+00:00 2026-11-30T10:00:00+00:00
written as 2026-11-30T10:00:00+02:00 ValueError, not match format '%m/%d/%Y %H:%M:%S.%f-00:00'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
