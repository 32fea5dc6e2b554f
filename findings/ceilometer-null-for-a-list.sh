#!/usr/bin/env bash
# Guess:    a trait whose path leads through an item of a list, as payload.volume_attachment[0].server_id of Ceilometer's own
#           definitions of volume.*, is left out of an event whose list is empty, missing or null.
# Really:   of null jsonpath-rw asks the length, which raises: the whole event is lost, all of its traits with it.
# Versions: ceilometer 27.0.0, jsonpath-rw 1.4.0, Python 3.11
# Source:   run here; jsonpath_rw.jsonpath.Index.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ceilometer==27.0.0

cat >converted.py <<'PYTHON'
from ceilometer import service
from ceilometer.event.converter import NotificationEventsConverter

conf = service.prepare_service(argv=[], config_files=[])
traits = {"server": {"fields": "payload.volume_attachment[0].server_id"}}
converter = NotificationEventsConverter(conf, [{"event_type": "volume.*", "traits": traits}], None)
metadata = {"message_id": "1", "timestamp": "2026-11-29 10:00:00"}
for name, payload in {"missing": {}, "empty": {"volume_attachment": []}, "null": {"volume_attachment": None}}.items():
    message = {"event_type": "volume.exists", "metadata": metadata, "publisher_id": "p", "ctxt": {}, "payload": payload}
    try:
        print(f"{name}: an event with", *(one.name for one in converter.to_event("info", message).traits))
    except Exception as error:
        print(f"{name}: {type(error).__name__}")
PYTHON
seen=$(venv/bin/python -W ignore converted.py | grep -E '^(missing|empty|null): ') # what a library logs there is left out
echo "$seen"
expected="missing: an event with service
empty: an event with service
null: TypeError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
