#!/usr/bin/env bash
# Guess:    the driver "log" masks passwords and tokens, and otherwise writes the payload that goes on the bus: the same
#           fields of the same types.
# Really:   it masks whatever has a word such as token somewhere in its name, of any type but an object: token_count 3 and
#           secretary become texts, null too. A schema made from the log refuses what comes by the bus, and the reverse.
# Versions: oslo.messaging 18.3.1 with oslo.utils 10.2.0, Python 3.11
# Source:   run here; oslo_messaging/notify/_impl_log.py; oslo_utils/strutils.py, mask_dict_password.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 oslo.utils==10.2.0

cat >masks.py <<'PYTHON'
import json
import logging

import oslo_messaging
from oslo_config import cfg

PAYLOAD = {"token_count": 3, "secretary": "Ann", "password_changed_at": None, "size": 3}
configuration = cfg.ConfigOpts()
configuration([])
transport = oslo_messaging.get_notification_transport(configuration, "fake:")
notifier = oslo_messaging.Notifier(transport, publisher_id="image.localhost", driver="log")
lines = []
handler = logging.Handler()
handler.emit = lambda record: lines.append(record.getMessage())
logger = logging.getLogger("oslo.messaging.notification")
logger.addHandler(handler)
logger.setLevel(logging.INFO)
notifier.info({}, "image.create", PAYLOAD)
logged = json.loads(lines[0])["payload"]
for name, value in PAYLOAD.items():
    print(f"{name}: {value!r} is logged as {logged[name]!r}")
PYTHON
seen=$(venv/bin/python masks.py 2>stderr)
echo "$seen"
expected="token_count: 3 is logged as '***'
secretary: 'Ann' is logged as '***'
password_changed_at: None is logged as '***'
size: 3 is logged as 3"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
