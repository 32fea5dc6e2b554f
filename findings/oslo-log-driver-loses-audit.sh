#!/usr/bin/env bash
# Guess:    with the driver "log", each priority that oslo.messaging's Notifier offers gives a line in the log.
# Really:   the driver looks for a method of logging with the priority's name, so `audit` and `sample` have none: no line,
#           no error, only a UserWarning, which services that configure logging rarely show. The call returns as if all were
#           well.
# Versions: oslo.messaging 18.3.1, Python 3.11
# Source:   run here; oslo_messaging/notify/_impl_log.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1

cat >priorities.py <<'PYTHON'
import logging
import warnings

import oslo_messaging
from oslo_config import cfg

configuration = cfg.ConfigOpts()
configuration([])
transport = oslo_messaging.get_notification_transport(configuration, "fake:")
notifier = oslo_messaging.Notifier(transport, publisher_id="image.localhost", driver="log")
lines = []
handler = logging.Handler()
handler.emit = lines.append
logger = logging.getLogger("oslo.messaging.notification")
logger.addHandler(handler)
logger.setLevel(logging.DEBUG)
for priority in ("audit", "debug", "info", "warn", "error", "critical", "sample"):
    lines.clear()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        answer = getattr(notifier, priority)({}, "image.create", {"id": 1})
    ours = [warning for warning in told if "logger with the priority" in str(warning.message)]
    print(f"{priority}: returns {answer}, lines {len(lines)}, warnings of its loss {len(ours)}")
PYTHON
seen=$(venv/bin/python priorities.py 2>stderr)
echo "$seen"
expected="audit: returns None, lines 0, warnings of its loss 1
debug: returns None, lines 1, warnings of its loss 0
info: returns None, lines 1, warnings of its loss 0
warn: returns None, lines 1, warnings of its loss 0
error: returns None, lines 1, warnings of its loss 0
critical: returns None, lines 1, warnings of its loss 0
sample: returns None, lines 0, warnings of its loss 1"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
