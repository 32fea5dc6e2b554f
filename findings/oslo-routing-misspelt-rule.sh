#!/usr/bin/env bash
# Guess:    in the file of oslo.messaging's notification driver `routing`, a rule whose name is misspelt
#           (accepted_event for accepted_events) is an error, or lets nothing through.
# Really:   it is left out without a word, and a driver without rules gets every notification, of whatever event type.
#           So does one whose globs are given as a text instead of a list, accepted_events: "image.*": each of its letters
#           is a glob, and the last one is *.
# Versions: oslo.messaging 18.3.1, Python 3.11
# Source:   run here; oslo.messaging's documentation of the option routing_config.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1

cat >routed.py <<'PYTHON'
import logging
import sys

import oslo_messaging
from oslo_config import cfg

heard = []
handler = logging.Handler()
handler.emit = lambda record: heard.append(record.name.removeprefix("oslo.messaging.notification."))
logging.getLogger("oslo.messaging.notification").addHandler(handler)
logging.getLogger("oslo.messaging.notification").setLevel(logging.INFO)
cfg.CONF(sys.argv[1:], default_config_files=[], default_config_dirs=[])
notifier = oslo_messaging.Notifier(oslo_messaging.get_notification_transport(cfg.CONF, url="fake://"), "here")
for event_type in ("image.create", "task.run"):
    notifier.info({}, event_type, {})
print(*heard)
PYTHON

routed() {
    printf 'group:\n  log:\n    %s\n' "$1" >routes.yaml
    printf '[oslo_messaging_notifications]\ndriver = routing\nrouting_config = routes.yaml\n' >service.conf
    venv/bin/python -W ignore routed.py --config-file service.conf 2>/dev/null
}
right=$(routed 'accepted_events: ["image.*"]')
misspelt=$(routed 'accepted_event: ["image.*"]')
text=$(routed 'accepted_events: "image.*"')
printf 'right:       %s\nmisspelt:    %s\na text:      %s\n' "$right" "$misspelt" "$text"
[[ $right == "image.create" ]] || { echo "changed: the right rule"; exit 1; }
[[ $misspelt == "image.create task.run" ]] || { echo "changed: the misspelt rule"; exit 1; }
[[ $text == "image.create task.run" ]] || { echo "changed: the text"; exit 1; }
