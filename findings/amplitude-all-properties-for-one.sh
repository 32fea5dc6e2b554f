#!/usr/bin/env bash
# Guess:    a property of an event that Amplitude's SDK cannot send, a time or a UUID, is refused, made a text, or left out; the
#           other properties of the event arrive, and the dict that was given stays as it is.
# Really:   all of event_properties are left out for it, and the event is sent without them; nothing is raised or logged. So it
#           is for a Decimal, a tuple, a list in a list, a null in a list and a name that is no text. And the dict is worked on:
#           where the payload of a notification is given, the notification itself has lost its members that are null afterwards,
#           and its texts behind 1,024 characters, at every depth.
# Versions: amplitude-analytics 1.3.0, Python 3.11
# Source:   run here without sending; amplitude/event.py, is_validate_object and BaseEvent.get_event_body, which the SDK calls
#           to send; amplitude/utils.py, truncate.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check amplitude-analytics==1.3.0

cat >properties.py <<'PYTHON'
import datetime
import decimal
import logging
import sys
import uuid

from amplitude import BaseEvent

logging.basicConfig(stream=sys.stdout, format="logged: %(message)s")
for value in (
    "a", 7, {"deep": {"er": 1}}, [{"id": 1}], datetime.datetime(2026, 11, 30), uuid.UUID(int=1), decimal.Decimal(1),
    (1, 2), [[1]], [1, None], None, {7: "seven"},
):  # fmt: skip
    event = BaseEvent("image.create", user_id="u1", event_properties={"image_id": "i1", "size": 7, "value": value})
    print(f"{value!r}:", *event.get_event_body().get("event_properties", ["all is lost"]))
payload = {"image_id": "i1", "deleted_at": None, "faults": [{"text": "x" * 2000}]}
BaseEvent("image.create", user_id="u1", event_properties=payload).get_event_body()
print("given, and afterwards:", *payload, len(payload["faults"][0]["text"]))
PYTHON
seen=$(venv/bin/python properties.py)
echo "$seen"
expected="'a': image_id size value
7: image_id size value
{'deep': {'er': 1}}: image_id size value
[{'id': 1}]: image_id size value
datetime.datetime(2026, 11, 30, 0, 0): all is lost
UUID('00000000-0000-0000-0000-000000000001'): all is lost
Decimal('1'): all is lost
(1, 2): all is lost
[[1]]: all is lost
[1, None]: all is lost
None: image_id size
{7: 'seven'}: all is lost
given, and afterwards: image_id faults 1024"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
