#!/usr/bin/env bash
# Guess:    a report of a ship that pyais writes says of what it was not given that it is not available, for which AIS has a value
#           of each field, and a value that the field cannot hold is refused.
# Really:   the place is 0 degrees north and east, in the Gulf of Guinea, the speed 0 knots, the course 0 and the heading north: a
#           receiver, pyais as well, has a ship that lies there. The rate of turn and the status alone are "not available". What
#           is too large loses its upper bits: 150 knots are 47.6, and an MMSI of ten digits is another ship's. Nothing is told.
# Versions: pyais 3.3.1, Python 3.11
# Source:   run here; ITU-R M.1371-5, messages 1 to 3 (not available: longitude 181, latitude 91, speed 1023, course 3600, heading
#           511); pyais/messages.py, MessageType1 (default=0).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pyais==3.3.1

cat >report.py <<'PYTHON'
from pyais import decode, encode_dict

NOT_AVAILABLE = {"lon": 181, "lat": 91, "speed": 102.3, "course": 360, "heading": 511}


def read(report):
    return decode(*encode_dict({"type": 1, "mmsi": 366053209, **report}, talker_id="AI")).asdict()


for told, report in (("nothing", {}), ("not available", NOT_AVAILABLE)):
    read_again = read(report)
    numbers = {field: float(read_again[field]) for field in NOT_AVAILABLE}
    print(f"{told}:", numbers, read_again["turn"].name, read_again["status"].name)
for field, value in (("speed", 150), ("speed", -1), ("heading", 600), ("mmsi", 3660532091)):
    print(f"{field} {value}: {read({field: value})[field]}")
PYTHON
seen=$(venv/bin/python report.py)
echo "$seen"
expected="nothing: {'lon': 0.0, 'lat': 0.0, 'speed': 0.0, 'course': 0.0, 'heading': 0.0} NO_TI_DEFAULT Undefined
not available: {'lon': 181.0, 'lat': 91.0, 'speed': 102.3, 'course': 360.0, 'heading': 511.0} NO_TI_DEFAULT Undefined
speed 150: 47.6
speed -1: 101.4
heading 600: 88
mmsi 3660532091: 439306619"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
