#!/usr/bin/env bash
# Guess:    a notification that a service logs with python-json-logger, as the message or in extra, stands in the line with the
#           fields that it has, beside the level and the time that logging knows.
# Really:   it depends on which way it goes. As the message its fields take the place of logging's: an event with a levelname of
#           its own is logged as an ERROR that was info, and with a message of its own has no other. In extra the same name raises.
#           The other way round is the time: with timestamp=True the event's timestamp is lost to that of the logging, both ways;
#           and what begins with an underscore, MongoDB's _id, is left out of extra, and not of the message, nor within a payload.
#           Bytes are base64 as in URLs with JsonFormatter and as elsewhere with the package's MsgspecFormatter, so other texts for
#           "++//".
# Versions: python-json-logger 4.2.0, msgspec 0.23.0, Python 3.11
# Source:   run here; pythonjsonlogger/core.py, BaseJsonFormatter.format, add_fields and merge_record_extra (no names with "_");
#           pythonjsonlogger/defaults.py, bytes_default (urlsafe_b64encode).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-json-logger==4.2.0 msgspec==0.23.0

cat >lines.py <<'PYTHON'
import io
import json
import logging

from pythonjsonlogger.json import JsonFormatter
from pythonjsonlogger.msgspec import MsgspecFormatter

EVENT = {"_id": "a", "event_type": "image.delete", "timestamp": "2026-11-30T10:00:00Z", "payload": {"_id": "b"}}


def line(formatter, *args, **kwargs):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger = logging.Logger("service", logging.INFO)
    logger.addHandler(handler)
    try:
        logger.info(*args, **kwargs)
    except KeyError as error:
        return type(error).__name__
    return json.loads(stream.getvalue())


FIELDS = "%(levelname)s %(message)s"
NAMED = {"levelname": "ERROR", "message": "gone"}
print("a level of its own, message:", line(JsonFormatter(FIELDS), NAMED))
print("a level of its own, extra:", line(JsonFormatter(FIELDS), "gone", extra=NAMED))
print("event, message:", line(JsonFormatter(FIELDS), EVENT))
print("event, extra:", line(JsonFormatter(FIELDS), "gone", extra=EVENT))
for way, given in (("message", (EVENT,)), ("extra", ("gone",))):
    said = line(JsonFormatter(FIELDS, timestamp=True), *given, **({"extra": EVENT} if way == "extra" else {}))
    print(f"timestamp=True, {way}:", "the event's" if said["timestamp"] == EVENT["timestamp"] else "that of the logging")
for formatter in (JsonFormatter, MsgspecFormatter):
    print(f"bytes, {formatter.__name__}:", line(formatter("%(message)s"), "body", extra={"body": b"\xfb\xef\xff"})["body"])
PYTHON
seen=$(venv/bin/python lines.py)
echo "$seen"
expected="a level of its own, message: {'levelname': 'ERROR', 'message': 'gone'}
a level of its own, extra: KeyError
event, message: {'levelname': 'INFO', 'message': '', '_id': 'a', 'event_type': 'image.delete', 'timestamp': '2026-11-30T10:00:00Z', 'payload': {'_id': 'b'}}
event, extra: {'levelname': 'INFO', 'message': 'gone', 'event_type': 'image.delete', 'timestamp': '2026-11-30T10:00:00Z', 'payload': {'_id': 'b'}}
timestamp=True, message: that of the logging
timestamp=True, extra: that of the logging
bytes, JsonFormatter: --__
bytes, MsgspecFormatter: ++//"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
