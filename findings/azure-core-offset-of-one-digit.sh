#!/usr/bin/env bash
# Guess:    the time of a CloudEvent that azure-core reads, as consumers of Azure's Event Grid do, is the moment that the event
#           says, whatever its offset.
# Really:   of the hours of an offset the first digit alone counts: +02:00 and -08:00 are read as UTC, so the moment is two hours
#           late or eight early, +10:00 is read as +01:00 and +05:30 as +00:30. Nothing is raised; what is in UTC, as
#           Azure writes it, is read well, so events of other producers are what is misdated. cloudevents reads all of them.
# Versions: azure-core 1.41.0, cloudevents 2.2.0, Python 3.11
# Source:   run here; RFC 3339, 4.2 and 5.6 (an offset is of two digits and two); azure/core/utils/_utils.py,
#           _convert_to_isoformat (offset[:1]), whose docstring names RFC 3339; azure/core/messaging.py, CloudEvent.from_dict.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check azure-core==1.41.0 cloudevents==2.2.0

cat >times.py <<'PYTHON'
import json
from datetime import UTC

from azure.core.messaging import CloudEvent
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent as Event

for offset in ("Z", "+00:00", "+02:00", "-08:00", "+10:00", "+05:30"):
    event = {"specversion": "1.0", "id": "1", "source": "/images", "type": "image.create", "time": f"2026-11-29T08:00:00{offset}"}
    azure = CloudEvent.from_dict(event).time.astimezone(UTC)
    other = JSONFormat().read(Event, json.dumps(event)).get_time().astimezone(UTC)
    print(f"08:00:00{offset}: azure-core {azure:%d %H:%M} UTC, cloudevents {other:%d %H:%M} UTC")
PYTHON
seen=$(venv/bin/python times.py)
echo "$seen"
expected="08:00:00Z: azure-core 29 08:00 UTC, cloudevents 29 08:00 UTC
08:00:00+00:00: azure-core 29 08:00 UTC, cloudevents 29 08:00 UTC
08:00:00+02:00: azure-core 29 08:00 UTC, cloudevents 29 06:00 UTC
08:00:00-08:00: azure-core 29 08:00 UTC, cloudevents 29 16:00 UTC
08:00:00+10:00: azure-core 29 07:00 UTC, cloudevents 28 22:00 UTC
08:00:00+05:30: azure-core 29 07:30 UTC, cloudevents 29 02:30 UTC"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
