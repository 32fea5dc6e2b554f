#!/usr/bin/env bash
# Guess:    a security event in IDEA, the format of CESNET's Warden, that idea-format reads and writes again, as each node on its
#           way does, says the same times: durations, and moments with the offset of any zone.
# Really:   a fraction of a duration, as that of the window in which a node adds up, loses the zeros behind its point:
#           00:00:01.005, a second and five milliseconds, is written 00:00:01.5000, a second and a half, and a microsecond is a
#           tenth of a second. Of an offset below nought that has minutes the minutes are added instead of taken away: ten o'clock
#           at -03:30, St. John's, is read as 12:30 UTC, an hour early. A datetime of a zone that a program puts in is written with
#           two offsets, +02:00Z.
# Versions: idea-format 0.1.15, Python 3.11
# Source:   run here; idea/lite.py, Idea.json_default (".%i" of the microseconds; isoformat() + "Z") and Timestamp (zonespl); RFC
#           3339, 4.2 (the sign is that of the whole offset).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check idea-format==0.1.15

cat >again.py <<'PYTHON'
import json
from datetime import datetime
from zoneinfo import ZoneInfo

from idea.lite import Idea


def event(**times):
    return {
        "Format": "IDEA0",
        "ID": "dc78c8d5-10bb-4452-9d15-613728fd7fba",
        "DetectTime": "2026-11-30T10:00:00Z",
        "Category": ["Recon.Scanning"],
        **times,
    }


def again(given):
    return json.loads(json.dumps(Idea(given), default=Idea.json_default))


for duration in ("00:00:01.005", "00:10:00.000001", "00:00:00.25"):
    node = {"Name": "org.example.sensor", "AggrWin": duration}
    print(f"{duration}: {again(event(Node=[node]))['Node'][0]['AggrWin']}")
for moment in ("2026-11-30T10:00:00-03:30", "2026-11-30T10:00:00-03:00", "2026-11-30T10:00:00+05:30"):
    print(f"{moment}: {again(event(EventTime=moment))['EventTime']}")
    print("   by Python:", datetime.fromisoformat(moment).astimezone(ZoneInfo("UTC")).isoformat())
print(again(event(EventTime=datetime(2026, 6, 30, 10, tzinfo=ZoneInfo("Europe/Prague"))))["EventTime"])
PYTHON
seen=$(venv/bin/python -W ignore again.py)
echo "$seen"
expected="00:00:01.005: 00:00:01.5000
00:10:00.000001: 00:10:00.1
00:00:00.25: 00:00:00.250000
2026-11-30T10:00:00-03:30: 2026-11-30T12:30:00Z
   by Python: 2026-11-30T13:30:00+00:00
2026-11-30T10:00:00-03:00: 2026-11-30T13:00:00Z
   by Python: 2026-11-30T13:00:00+00:00
2026-11-30T10:00:00+05:30: 2026-11-30T04:30:00Z
   by Python: 2026-11-30T04:30:00+00:00
2026-06-30T10:00:00+02:00Z"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
