#!/usr/bin/env bash
# Guess:    what oslo.messaging's notification format 1.0 can carry, format 2.0 can carry, too: they hold the same message,
#           and a service may change from the driver messaging to messagingv2.
# Really:   each loses what the other carries. Format 1.0 is written by kombu, which has times of day and any bytes, and no
#           sets, ranges or exceptions. Format 2.0 is written by oslo.serialization, where it is the other way round.
# Versions: kombu 5.7.0, oslo.serialization 5.11.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here; oslo.messaging's drivers hand the message to kombu as it is (1.0) or after
#           common.serialize_msg (2.0).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
    kombu==5.7.0 oslo.serialization==5.11.0 oslo.messaging==18.3.1

cat >formats.py <<'PYTHON'
import datetime

from kombu.utils.json import dumps
from oslo_messaging._drivers import common


def carries(write, value):
    try:
        write({"payload": value})
    except Exception:
        return "lost"
    return "carried"


for value in (datetime.time(5, 6), b"\xff", {1}, range(2), ValueError("x"), datetime.datetime(2026, 11, 28)):
    written = carries(dumps, value), carries(lambda message: dumps(common.serialize_msg(message)), value)
    print(f"{value!r:<40} 1.0 {written[0]:<8} 2.0 {written[1]}")
PYTHON

saw=$(venv/bin/python -W ignore formats.py 2>/dev/null)
echo "$saw"
expected="datetime.time(5, 6)                      1.0 carried  2.0 lost
b'\\xff'                                  1.0 carried  2.0 lost
{1}                                      1.0 lost     2.0 carried
range(0, 2)                              1.0 lost     2.0 carried
ValueError('x')                          1.0 lost     2.0 carried
datetime.datetime(2026, 11, 28, 0, 0)    1.0 carried  2.0 carried"
[[ $saw == "$expected" ]] || { echo "changed"; exit 1; }
