#!/usr/bin/env bash
# Guess:    a consumer built on oslo.messaging says of a version of the envelope that it does not read that this is not
#           supported, whatever the version is; and "2" is what "2.0" is.
# Really:   "2.0" and "2.0.0" are read, "2.1" is refused by an error of its own, and "2" ends in an IndexError.
# Versions: oslo.messaging 18.3.1, Python 3.11
# Source:   run here: oslo_messaging._drivers.common.deserialize_msg, which every listener calls.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1

cat >versions.py <<'PYTHON'
from oslo_messaging._drivers import common

for version in ("2.0", "2.0.0", "2.1", "2"):
    try:
        read = common.deserialize_msg({"oslo.version": version, "oslo.message": '{"event_type": "image.create"}'})
    except Exception as error:
        read = type(error).__name__
    print(version, read)
PYTHON

saw=$(venv/bin/python -W ignore versions.py 2>/dev/null)
echo "$saw"
expected="2.0 {'event_type': 'image.create'}
2.0.0 {'event_type': 'image.create'}
2.1 UnsupportedRpcEnvelopeVersion
2 IndexError"
[[ $saw == "$expected" ]] || { echo "changed"; exit 1; }
