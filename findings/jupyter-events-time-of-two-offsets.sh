#!/usr/bin/env bash
# Guess:    an event of Jupyter's, which jupyter_events writes when a kernel starts or a file is saved, has a __timestamp__ that is
#           a time as JSON Schema and RFC 3339 have it: the library holds each event against schemas, its own part, too.
# Really:   it has two offsets, 2026-11-30T10:00:00+00:00Z: isoformat() of an aware time, and a Z behind it; with another zone it is
#           +01:00Z. No validator takes that for a date-time, nor does Python read it. The library's own schema asks for the format
#           "datetime", which there is not, so nothing is checked. An event that breaks its schema is refused only where somebody
#           listens: without a handler emit() returns None, whatever it is given, so a test without one sees nothing.
# Versions: jupyter_events 0.12.1, jsonschema 4.26.0 with rfc3339-validator 0.1.4, Python 3.11
# Source:   run here; jupyter_events/logger.py, EventLogger.emit (timestamp.isoformat() + "Z"; return None before validate_event);
#           jupyter_events/schemas/event-core-schema.yml (format: datetime); JSON Schema validation, 7.3.1 (date-time); RFC 3339,
#           5.6 (one time-offset).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile jupyter_events==0.12.1 jsonschema==4.26.0 rfc3339-validator==0.1.4

cat >emitting.py <<'PYTHON'
import datetime
import io
import json
import logging

import jsonschema
from jupyter_events import EventLogger

ID = "https://example.org/image"
text = {"type": "string", "title": "a text"}
schema = {"$id": ID, "version": "1", "title": "Image", "personal-data": False, "type": "object", "properties": {"id": text}}
events, lines = EventLogger(), io.StringIO()
events.register_event_schema({**schema, "required": ["id"]})
print("nobody listens, no id:", events.emit(schema_id=ID, data={"size": "7"}))
events.register_handler(logging.StreamHandler(lines))
try:
    events.emit(schema_id=ID, data={"size": "7"})
except jsonschema.ValidationError as error:
    print("somebody listens, no id:", error.message)

winter = datetime.timezone(datetime.timedelta(hours=1))
for zone in (datetime.timezone.utc, winter):
    events.emit(schema_id=ID, data={"id": "a"}, timestamp_override=datetime.datetime(2026, 11, 30, 10, tzinfo=zone))
events.emit(schema_id=ID, data={"id": "a"})  # of now
checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
for line in lines.getvalue().splitlines():
    told = json.loads(line)["__timestamp__"]
    try:
        datetime.datetime.fromisoformat(told)
        read = "reads it"
    except ValueError:
        read = "does not read it"
    now = "of now: " if not told.startswith("2026-11-30T10:00:00+") else f"{told}: "
    print(f"{now}ends in {told[-7:]}, a date-time: {checker.conforms(told, 'date-time')}, Python {read}")
PYTHON
seen=$(venv/bin/python -W ignore emitting.py)
echo "$seen"
expected="nobody listens, no id: None
somebody listens, no id: 'id' is a required property
2026-11-30T10:00:00+00:00Z: ends in +00:00Z, a date-time: False, Python does not read it
2026-11-30T10:00:00+01:00Z: ends in +01:00Z, a date-time: False, Python does not read it
of now: ends in +00:00Z, a date-time: False, Python does not read it"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
