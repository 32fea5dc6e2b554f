#!/usr/bin/env bash
# Guess:    each monitor plugin of Blazar gets the notifications whose event types it names: who adds one for a resource of his
#           own, beside the one for hosts that comes with Blazar, has both called.
# Really:   every notification goes to the plugin that stands last in the list, whichever plugin named its event type, so the
#           plugin for hosts never hears that a compute service is down, and the other is given event types that it does not know.
#           With one plugin all is well, and Blazar's own tests of it have one.
# Versions: blazar 18.0.0, oslo.messaging 18.3.1, oslo.service 4.8.0, Python 3.11
# Source:   run here with Blazar's database left out; blazar/monitor/notification_monitor.py, _get_endpoints (a lambda that looks
#           up the loop's plugin when it is called); Blazar's guide, "Resource Monitor".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile oslo.messaging==18.3.1 'oslo.service[threading]==4.8.0'
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps blazar==18.0.0

cat >monitoring.py <<'PYTHON'
import sys
from unittest import mock

sys.modules["blazar.db"] = sys.modules["blazar.db.api"] = mock.Mock()
from blazar.monitor.notification_monitor import NotificationMonitor  # noqa: E402


class Plugin:
    def __init__(self, name, event_type):
        self.name, self.event_type = name, event_type

    def get_notification_event_types(self):
        return [self.event_type]

    def get_notification_topics(self):
        return ["notifications"]

    def notification_callback(self, event_type, payload):
        print(f"    {event_type} to the plugin of {self.name}")


HOSTS, PORTS = Plugin("hosts", "service.update"), Plugin("ports", "port.update.end")
for plugins in ([HOSTS], [HOSTS, PORTS], [PORTS, HOSTS]):
    print(*(f"{plugin.name} wants {plugin.event_type};" for plugin in plugins))
    monitor = NotificationMonitor(plugins)
    for event_type in ("service.update", "port.update.end"):
        for handler in monitor.handlers[event_type]:
            handler(event_type, {})
PYTHON
seen=$(venv/bin/python -W ignore monitoring.py 2>stderr)
echo "$seen"
expected="hosts wants service.update;
    service.update to the plugin of hosts
hosts wants service.update; ports wants port.update.end;
    service.update to the plugin of ports
    port.update.end to the plugin of ports
ports wants port.update.end; hosts wants service.update;
    service.update to the plugin of hosts
    port.update.end to the plugin of hosts"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
