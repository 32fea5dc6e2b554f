#!/usr/bin/env bash
# Guess:    an xAPI statement that tincan reads and writes again, in a service that sends statements on, says what it said: its
#           times, durations and extensions are those of the event.
# Really:   a duration is made a timedelta: P1M, a month, is sent on as P30D, and P1Y2M, a year and two months, as P425D. An
#           extension whose value is null, which xAPI allows in extensions alone, is gone; a null deeper inside of one stays.
#           Nothing is told. A time keeps its offset, and other values of extensions stay as they are.
# Versions: tincan 1.0.0, aniso8601 10.0.1, Python 3.11
# Source:   run here without a learning record store; xAPI 1.0.3, part 2, 2.2 (null in extensions) and 2.4.5 (duration); ISO 8601
#           (a month has no fixed number of days); tincan/conversions/iso8601.py, make_timedelta and jsonify_timedelta.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check tincan==1.0.0 aniso8601==10.0.1

cat >statement.py <<'PYTHON'
import json
import warnings

warnings.simplefilter("ignore")
from tincan import Statement

EVENT = {
    "actor": {"mbox": "mailto:learner@example.org"},
    "verb": {"id": "http://example.org/completed"},
    "object": {"id": "http://example.org/course"},
    "timestamp": "2026-11-30T10:00:00+02:00",
}
for duration in ("PT90M", "P1M", "P1Y2M"):
    result = {"duration": duration, "extensions": {"http://example.org/e": {"seat": None, "room": 7}, "http://example.org/n": None}}
    sent = json.loads(Statement({**EVENT, "result": result}).to_json())
    print(duration, "→", sent["result"]["duration"], sent["result"]["extensions"], sent["timestamp"])
PYTHON
seen=$(venv/bin/python statement.py)
echo "$seen"
expected="PT90M → PT01H30M00S {'http://example.org/e': {'seat': None, 'room': 7}} 2026-11-30T10:00:00+02:00
P1M → P30DT00H00M00S {'http://example.org/e': {'seat': None, 'room': 7}} 2026-11-30T10:00:00+02:00
P1Y2M → P425DT00H00M00S {'http://example.org/e': {'seat': None, 'room': 7}} 2026-11-30T10:00:00+02:00"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
