#!/usr/bin/env bash
# Guess:    a time that oslo.serialization's msgpackutils writes, which services use where JSON would lose types, is read as the
#           moment that it was; what cannot be read again is refused by dumps, as a time of day or a Decimal is.
# Really:   the zone is written as Python shows it, str(tzinfo), and read as the name of one of the tz database. A time with an
#           offset, as fromisoformat makes of "…+02:00", and any of dateutil's, its UTC too, is written and can never be read:
#           loads raises ZoneInfoNotFoundError, for the whole message. A zone that is called EST, whatever its offset, is read as
#           that of New York's winter; and of the hour that comes twice in autumn the second one is read as the first. A map by
#           numbers is written, and refused by loads as well. Only zoneinfo's zones, and UTC of the standard library, come back as
#           they were.
# Versions: oslo.serialization 5.11.0, msgpack 1.2.4, python-dateutil 2.9.0.post0, tzdata 2026.6, Python 3.11
# Source:   run here; oslo_serialization/msgpackutils.py, DateTimeHandler.serialize (str(dt.tzinfo), no fold) and deserialize
#           (zoneinfo.ZoneInfo); dumps and loads, whose docstrings name no limits.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  oslo.serialization==5.11.0 msgpack==1.2.4 python-dateutil==2.9.0.post0 tzdata==2026.6

cat >times.py <<'PYTHON'
import datetime
import decimal
import zoneinfo

import dateutil.tz
from oslo_serialization import msgpackutils

HOUR = datetime.timedelta(hours=1)
MORNING = datetime.datetime(2026, 11, 30, 10)
TWICE = datetime.datetime(2026, 10, 25, 2, 30, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin"))
CASES = {
    "no zone": MORNING,
    "UTC": MORNING.replace(tzinfo=datetime.timezone.utc),
    "zoneinfo's Berlin": MORNING.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")),
    "+02:00": datetime.datetime.fromisoformat("2026-11-30T10:00:00+02:00"),
    "dateutil's UTC": MORNING.replace(tzinfo=dateutil.tz.UTC),
    "dateutil's +02:00": MORNING.replace(tzinfo=dateutil.tz.tzoffset(None, 7200)),
    "EST, ten hours east": MORNING.replace(tzinfo=datetime.timezone(10 * HOUR, "EST")),
    "02:30, the first": TWICE,
    "02:30, the second": TWICE.replace(fold=1),
    "a map by numbers": {7: "a"},
    "a time of day": datetime.time(10),
    "a Decimal": decimal.Decimal("1.2"),
}


def said(value):
    try:
        written = msgpackutils.dumps(value)
    except ValueError:
        return "not written"
    try:
        read = msgpackutils.loads(written)
    except Exception as error:  # noqa: BLE001 the error is what is to be seen
        return f"written, and then {type(error).__name__}"
    if not getattr(value, "tzinfo", None):
        return "the same" if read == value else "another"
    return f"{(read.astimezone(datetime.timezone.utc) - value.astimezone(datetime.timezone.utc)) // HOUR} hours later"


for name, value in CASES.items():
    print(f"{name}: {said(value)}")
PYTHON
seen=$(venv/bin/python times.py)
echo "$seen"
expected="no zone: the same
UTC: 0 hours later
zoneinfo's Berlin: 0 hours later
+02:00: written, and then ZoneInfoNotFoundError
dateutil's UTC: written, and then ZoneInfoNotFoundError
dateutil's +02:00: written, and then ZoneInfoNotFoundError
EST, ten hours east: 15 hours later
02:30, the first: 0 hours later
02:30, the second: -1 hours later
a map by numbers: written, and then ValueError
a time of day: not written
a Decimal: not written"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
