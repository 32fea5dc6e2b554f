#!/usr/bin/env bash
# Guess:    a time with an offset, which a service puts into a notification's payload, reaches consumers as the same moment:
#           oslo.serialization, which writes notifications, has the offset in the text or makes it UTC.
# Really:   it writes the clock time and leaves the offset out: 08:00+02:00 and 08:00 UTC become the same text,
#           "2026-11-29T08:00:00.000000", which consumers take for UTC, two hours late.
# Versions: oslo.serialization 5.11.0, Python 3.11
# Source:   run here; oslo_serialization/jsonutils.py, to_primitive; oslo_utils/timeutils.py, PERFECT_TIME_FORMAT.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.serialization==5.11.0

cat >times.py <<'PYTHON'
import json
from datetime import datetime, timedelta, timezone

from oslo_serialization import jsonutils
from oslo_utils import timeutils

for offset in (0, 2, -5):
    time = datetime(2026, 11, 29, 8, 0, tzinfo=timezone(timedelta(hours=offset)))
    text = json.loads(jsonutils.dumps({"created_at": time}))["created_at"]
    read = timeutils.normalize_time(timeutils.parse_isotime(text + "Z"))
    late = read - timeutils.normalize_time(time)
    print(f"{time.isoformat()}: written {text}, taken for UTC it is late by {late / timedelta(hours=1):g} hours")
PYTHON
seen=$(venv/bin/python times.py)
echo "$seen"
expected="2026-11-29T08:00:00+00:00: written 2026-11-29T08:00:00.000000, taken for UTC it is late by 0 hours
2026-11-29T08:00:00+02:00: written 2026-11-29T08:00:00.000000, taken for UTC it is late by 2 hours
2026-11-29T08:00:00-05:00: written 2026-11-29T08:00:00.000000, taken for UTC it is late by -5 hours"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
