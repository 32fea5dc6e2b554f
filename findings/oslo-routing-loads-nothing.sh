#!/usr/bin/env bash
# Guess:    with oslo.messaging's notification driver `routing`, a notification goes to the drivers that the file named by
#           routing_config says: {group: {log: {accepted_events: ["image.*"]}}} has image.create logged.
# Really:   it loads no driver at all, for it makes each without the arguments that drivers need, which stevedore logs. Every
#           notification is lost: the service is told nothing, its log says "No oslo.messaging.notify.drivers extensions found".
#           The driver `log` by itself, in the same program, logs it.
# Versions: oslo.messaging 18.3.1, stevedore 5.9.0, Python 3.11
# Source:   run here; oslo.messaging's documentation of the option routing_config.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 stevedore==5.9.0

cat >emitter.py <<'PYTHON'
import logging
import sys

import oslo_messaging
from oslo_config import cfg

logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(name)s: %(message).90s")
cfg.CONF(sys.argv[1:], default_config_files=[], default_config_dirs=[])
notifier = oslo_messaging.Notifier(oslo_messaging.get_notification_transport(cfg.CONF, url="fake://"), "here")
notifier.info({}, "image.create", {})
PYTHON
printf 'group:\n  log:\n    accepted_events: ["image.*"]\n' >routes.yaml

emitted() { # DRIVER
    printf '[oslo_messaging_notifications]\ndriver = %s\nrouting_config = routes.yaml\n' "$1" >service.conf
    venv/bin/python -W ignore emitter.py --config-file service.conf 2>/dev/null | grep -E '^oslo[._]messaging[._]notif' || true
}
log=$(emitted log)
routing=$(emitted routing)
printf -- '--- log\n%s\n--- routing\n%s\n' "$log" "$routing"
[[ $log == "oslo.messaging.notification.image.create: "* ]] || { echo "changed: the driver log"; exit 1; }
[[ $routing == *"No oslo.messaging.notify.drivers extensions found"* && $routing != *notification.image.create* ]] ||
    { echo "changed: the driver routing"; exit 1; }
