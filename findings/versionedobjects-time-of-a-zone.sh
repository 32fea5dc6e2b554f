#!/usr/bin/env bash
# Guess:    a DateTimeField of oslo.versionedobjects, of which the notifications of Nova and Ironic are made, sends the moment
#           that was set, whatever the zone, as RFC 3339 writes it: its own JSON Schema says format date-time.
# Really:   the hour is sent as it is, and behind it what the zone is called where no moment is asked about. A zone of
#           zoneinfo has no such name and gets Z: noon in Berlin is sent as noon in London. A fixed offset of datetime gets
#           UTC+02:00, which is no date-time, and which obj_from_primitive itself cannot read. Microseconds are left out.
# Versions: oslo.versionedobjects 3.12.0, tzdata 2026.1, Python 3.11
# Source:   run here; oslo_versionedobjects/_utils.py, isotime.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.versionedobjects==3.12.0 tzdata==2026.1

cat >times.py <<'PYTHON'
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from oslo_versionedobjects import base, fields


@base.VersionedObjectRegistry.register
class Payload(base.VersionedObject):
    fields = {"at": fields.DateTimeField()}


for zone in (timezone.utc, ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=2))):
    at = datetime(2026, 1, 1, 12, 0, 0, 123456, zone)
    primitive = Payload(at=at).obj_to_primitive()
    try:
        differs = f"{at - Payload.obj_from_primitive(primitive).at}"
    except ValueError as error:
        differs = f"{error}"
    print(at.isoformat(), "->", primitive["versioned_object.data"]["at"], "differs by:", differs)
PYTHON
seen=$(venv/bin/python -W ignore times.py)
echo "$seen"
expected="2026-01-01T12:00:00.123456+00:00 -> 2026-01-01T12:00:00Z differs by: 0:00:00.123456
2026-01-01T12:00:00.123456+01:00 -> 2026-01-01T12:00:00Z differs by: -1 day, 23:00:00.123456
2026-01-01T12:00:00.123456+02:00 -> 2026-01-01T12:00:00UTC+02:00 differs by: Unable to parse date string '2026-01-01T12:00:00UTC+02:00'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
