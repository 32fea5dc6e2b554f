#!/usr/bin/env bash
# Guess:    Alerta, which collects alarms of many systems, has an alarm for each alert that Grafana tells its webhook
#           /webhooks/grafana of, or answers that it does not understand; and of what Prometheus tells /webhooks/prometheus the
#           texts are as written.
# Really:   of what Grafana sends since its version 9, {"status": "firing", "state": "alerting", "alerts": […]}, it makes no alarm
#           and answers 201 and {"status": "ok", "ids": []}, for it looks for evalMatches, which went with Grafana's old alerting;
#           so Grafana counts the notification as delivered. Of Prometheus each text is a format of Python's to it: "{{" is "{",
#           and {job} is the job, while a text that has one brace too many stays as it is; and when an alert is resolved its
#           severity is a tag of the alarm, which it is not while it fires.
# Versions: alerta-server 9.1.0, Flask 3.1.2, Python 3.11
# Source:   run here without a database, the webhooks and the answer's view in a Flask application of their own;
#           alerta/webhooks/grafana.py, incoming (payload.get('evalMatches', [])), alerta/webhooks/custom.py, custom (201), and
#           alerta/webhooks/prometheus.py, parse_prometheus; Grafana's documentation, "Configure the webhook notifier", its
#           payload.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check alerta-server==9.1.0 Flask==3.1.2 "setuptools<81"

cat >hook.py <<'PYTHON'
import logging

from flask import Flask

from alerta.app import alarm_model, config, custom_webhooks
from alerta.webhooks import webhooks
from alerta.webhooks.prometheus import parse_prometheus

logging.disable(logging.CRITICAL)
app = Flask("alerta")
config.init_app(app)
app.config["AUTH_REQUIRED"] = False
alarm_model.init_app(app)
custom_webhooks.register(app)
app.register_blueprint(webhooks)
labels = {"alertname": "disk full", "severity": "critical", "instance": "glance1", "job": "images"}
alert = {
    "status": "firing",
    "labels": labels,
    "annotations": {"summary": "the disk is full"},
    "startsAt": "2026-11-30T10:00:00Z",
    "endsAt": "0001-01-01T00:00:00Z",
    "generatorURL": "https://grafana.example/alerting/1/edit",
    "fingerprint": "c6eadffa33fcdf37",
}
grafana = {
    "receiver": "alerta",
    "status": "firing",
    "orgId": 1,
    "alerts": [alert],
    "groupLabels": {},
    "commonLabels": labels,
    "commonAnnotations": {},
    "externalURL": "https://grafana.example/",
    "version": "1",
    "title": "[FIRING:1]",
    "state": "alerting",
    "message": "the disk is full",
}
answer = app.test_client().post("/webhooks/grafana", json=grafana)
print(answer.status_code, answer.get_json())
with app.app_context():
    for text in ("{{job}} of {job}", "{{job}} of {job}}"):
        print(f"{text}: {parse_prometheus({**alert, 'annotations': {'summary': text}}, None).text}")
    for status in ("firing", "resolved"):
        made = parse_prometheus({**alert, "status": status}, None)
        print(status, made.severity, made.tags)
PYTHON
seen=$(venv/bin/python -W ignore hook.py)
echo "$seen"
expected="201 {'ids': [], 'status': 'ok'}
{{job}} of {job}: {job} of images
{{job}} of {job}}: {{job}} of {job}}
firing critical []
resolved normal ['severity=critical']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
