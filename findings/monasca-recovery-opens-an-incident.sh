#!/usr/bin/env bash
# Guess:    Monasca's notifier for PagerDuty closes, when an alarm is OK again, the incident that it opened when the alarm went
#           off, or at least lets PagerDuty know that the two belong together.
# Really:   whatever the alarm's state is, what it posts has event_type "trigger", and no incident_key: a change to OK or to
#           UNDETERMINED opens an incident of its own as well, and none is ever closed by it. Neither the severity nor the old
#           state is told. The webhook of the same alarm has both states, but its time is cut down to whole seconds.
# Versions: monasca-notification 9.0.0, requests 2.34.2, Python 3.11
# Source:   run here against a server of this machine; monasca_notification/plugins/pagerduty_notifier.py, send_notification;
#           PagerDuty's Events API v1 (trigger, acknowledge, resolve; incident_key, by which events are put together).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check requests==2.34.2 simplejson==4.1.1 debtcollector==3.1.0 oslo.config==10.7.0 oslo.log==8.3.2
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps monasca-notification==9.0.0

cat >alarms.py <<'PYTHON'
import json
import logging
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

sys.modules["monasca_notification.common.utils"] = mock.Mock()  # which wants a database and Keystone's client
from monasca_notification.notification import Notification  # noqa: E402
from monasca_notification.plugins import pagerduty_notifier, webhook_notifier  # noqa: E402
from oslo_config import cfg  # noqa: E402

posted = []


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"
for plugin in (pagerduty_notifier, webhook_notifier):
    plugin.register_opts(cfg.CONF)
cfg.CONF.register_opt(cfg.BoolOpt("auth_required", default=False), "keystone")
cfg.CONF.set_override("url", url, "pagerduty_notifier")
for old, new in (("OK", "ALARM"), ("ALARM", "OK"), ("OK", "UNDETERMINED")):
    alarm = {
        "alarmId": "a1", "alarmDefinitionId": "d1", "alarmName": "disk", "alarmDescription": "", "oldState": old, "newState": new,
        "stateChangeReason": f"now {new}", "severity": "CRITICAL", "link": "", "lifecycleState": "", "tenantId": "t1",
        "metrics": [], "timestamp": 1764500000789,
    }  # fmt: skip
    arguments = (0, 0, alarm)
    pagerduty_notifier.PagerdutyNotifier(logging).send_notification(Notification(1, "pagerduty", "on call", "key", *arguments))
    incident = posted.pop()
    print(f"PagerDuty: {incident['event_type']}, {', '.join(incident)}; {incident['details']}")
    webhook_notifier.WebhookNotifier(logging).send_notification(Notification(2, "webhook", "hook", url, *arguments))
    hook = posted.pop()
    print("webhook:", hook["old_state"], hook["state"], hook["alarm_timestamp"])
server.shutdown()
PYTHON
seen=$(venv/bin/python -W ignore alarms.py 2>stderr)
echo "$seen"
expected="PagerDuty: trigger, service_key, event_type, description, client, client_url, details; {'alarm_id': 'a1', 'alarm_name': 'disk', 'current': 'ALARM', 'message': 'now ALARM'}
webhook: OK ALARM 1764500000
PagerDuty: trigger, service_key, event_type, description, client, client_url, details; {'alarm_id': 'a1', 'alarm_name': 'disk', 'current': 'OK', 'message': 'now OK'}
webhook: ALARM OK 1764500000
PagerDuty: trigger, service_key, event_type, description, client, client_url, details; {'alarm_id': 'a1', 'alarm_name': 'disk', 'current': 'UNDETERMINED', 'message': 'now UNDETERMINED'}
webhook: OK UNDETERMINED 1764500000"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
