#!/usr/bin/env bash
# Guess:    a notification that a service logs with eliot stands in the log with the fields that it has, or a name that eliot needs for
#           itself is refused, as logging refuses extra={"message": …}; a number of any size is a number in JSON.
# Really:   timestamp is the moment of logging, whatever the notification says, and task_uuid, task_level and an action's status are
#           eliot's, too: what was given under these names is not there, and nothing is raised. A whole number that 64 bits do not hold,
#           or a name that is a number, at whatever depth, and the notification is not in the log: eliot:destination_failure is, with
#           the Python text of the fields. Infinity and NaN are null, and a Decimal is "Decimal('1.20')".
# Versions: eliot 1.18.0, orjson 3.13.0, Python 3.11
# Source:   run here; eliot/_action.py, Action.log and Action._start (what is set over what was given), eliot/json.py, json_default.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check eliot==1.18.0 orjson==3.13.0

cat >log.py <<'PYTHON'
import decimal
import io
import json
import uuid

import eliot

lines = io.BytesIO()
eliot.to_file(lines)


def show(given):
    print(given)
    for line in map(json.loads, lines.getvalue().splitlines()):
        same = [name for name in given if name in line and line[name] == given[name]]
        other = {name: line[name] for name in line if name in given and name not in same and name not in ("timestamp", "task_uuid")}
        kind = line.get("message_type", line.get("action_type"))
        print(f"  {kind}, as given: {' '.join(same) or 'nothing'}", f"other: {other}" if other else "")
    lines.seek(0)
    lines.truncate()


for payload in (
    {"id": "i1", "timestamp": "2026-11-30T10:00:00Z"}, {"id": "i1", "task_uuid": "t1", "task_level": [7]},
    {"id": "i1", "size": 2**64 - 1}, {"id": "i1", "size": 2**64}, {"id": "i1", "sizes": {"deep": [2**64]}},
    {"id": "i1", "names": {7: "seven"}}, {"id": "i1", "ratio": float("inf")}, {"id": "i1", "price": decimal.Decimal("1.20")},
    {"id": uuid.UUID(int=1)},
):  # fmt: skip
    eliot.log_message("image.create", **payload)
    show(payload)
given = {"id": "i1", "action_status": "queued"}
with eliot.start_action(action_type="image.upload", **given):
    pass
show(given)
PYTHON
seen=$(venv/bin/python log.py)
echo "$seen"
expected="{'id': 'i1', 'timestamp': '2026-11-30T10:00:00Z'}
  image.create, as given: id 
{'id': 'i1', 'task_uuid': 't1', 'task_level': [7]}
  image.create, as given: id other: {'task_level': [1]}
{'id': 'i1', 'size': 18446744073709551615}
  image.create, as given: id size 
{'id': 'i1', 'size': 18446744073709551616}
  eliot:destination_failure, as given: nothing 
{'id': 'i1', 'sizes': {'deep': [18446744073709551616]}}
  eliot:destination_failure, as given: nothing 
{'id': 'i1', 'names': {7: 'seven'}}
  eliot:destination_failure, as given: nothing 
{'id': 'i1', 'ratio': inf}
  image.create, as given: id other: {'ratio': None}
{'id': 'i1', 'price': Decimal('1.20')}
  image.create, as given: id other: {'price': \"Decimal('1.20')\"}
{'id': UUID('00000000-0000-0000-0000-000000000001')}
  image.create, as given: nothing other: {'id': '00000000-0000-0000-0000-000000000001'}
{'id': 'i1', 'action_status': 'queued'}
  image.upload, as given: id other: {'action_status': 'started'}
  image.upload, as given: nothing other: {'action_status': 'succeeded'}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
