#!/usr/bin/env bash
# Guess:    structlog's JSONRenderer writes a UUID, a datetime or a Decimal of a notification as JSON writers do, as its text, or
#           refuses it; and what the call names goes into the line as given, as payload and priority do.
# Really:   it writes the text of Python's repr: "UUID('dc78…')", "datetime.datetime(2026, …)", "Decimal('1.20')". Each is a text,
#           so a schema that only says string is content, and no id of the line is one of another service's. The notification's own
#           timestamp and level are overwritten by the usual processors TimeStamper and add_log_level. default=str has texts,
#           MaybeTimeStamper keeps the time.
# Versions: structlog 26.1.0, Python 3.11
# Source:   run here; structlog/processors.py, _json_fallback_handler, whose docstring names repr, and TimeStamper.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check structlog==26.1.0

cat >lines.py <<'PYTHON'
import datetime
import decimal
import io
import json
import uuid

import structlog

NOTIFICATION = {
    "message_id": uuid.UUID("dc78c8d5-10bb-4452-9d15-613728fd7fba"),
    "timestamp": "2026-01-01 08:00:00.000000",
    "level": "audit",
    "priority": "INFO",
    "payload": {"at": datetime.datetime(2026, 1, 1, 8), "price": decimal.Decimal("1.20"), "tags": {"raw"}},
}


def line(*last):
    out = io.StringIO()
    log = structlog.wrap_logger(
        structlog.PrintLogger(out), [structlog.stdlib.add_log_level, *last], wrapper_class=structlog.BoundLogger
    )
    log.info("image.create", **NOTIFICATION)
    return json.loads(out.getvalue())


usual = line(structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer())
texts = line(structlog.processors.MaybeTimeStamper(fmt="iso"), structlog.processors.JSONRenderer(default=str))
for name, it in (("usual", usual), ("told", texts)):
    print(f"{name}: {it['message_id']} {it['priority']} {it['level']}, {json.dumps(it['payload'])}")
    print(f"{name}: the timestamp is the notification's: {it['timestamp'] == NOTIFICATION['timestamp']}")
PYTHON
seen=$(venv/bin/python lines.py)
echo "$seen"
expected="usual: UUID('dc78c8d5-10bb-4452-9d15-613728fd7fba') INFO info, \
{\"at\": \"datetime.datetime(2026, 1, 1, 8, 0)\", \"price\": \"Decimal('1.20')\", \"tags\": \"{'raw'}\"}
usual: the timestamp is the notification's: False
told: dc78c8d5-10bb-4452-9d15-613728fd7fba INFO info, {\"at\": \"2026-01-01 08:00:00\", \"price\": \"1.20\", \"tags\": \"{'raw'}\"}
told: the timestamp is the notification's: True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
