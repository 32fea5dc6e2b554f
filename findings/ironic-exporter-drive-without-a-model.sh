#!/usr/bin/env bash
# Guess:    ironic-prometheus-exporter, the driver by which Ironic's notifications of a machine's sensors become metrics, leaves
#           out what a sensor does not tell: Ironic has null for it, as for the model of a drive that names none. The others
#           arrive.
# Really:   what is null is left out of the labels, and all sensors of a kind have to have the labels of the first one: if one of
#           two drives names no model, the driver raises, and nothing of the notification is written, no temperature and no time
#           either. The notifier logs it and goes on, so the machine's metrics stay what they were when they last suited: 62
#           degrees here, when 95 are told. Where no drive has a model, all is well.
# Versions: ironic-prometheus-exporter 4.10.0, oslo.messaging 18.3.1, prometheus-client 0.26.0, Python 3.11
# Source:   run here through oslo.messaging's Notifier; ironic_prometheus_exporter/parsers/redfish.py, _build_sensor_labels (v is
#           not None) and category_registry (labelnames of details[0]); ironic_prometheus_exporter/messaging.py, notify; Ironic's
#           ironic/drivers/modules/redfish/management.py, _sensor2dict (what sushy has is sent, None as well).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ironic-prometheus-exporter==4.10.0 oslo.messaging==18.3.1 \
  prometheus-client==0.26.0 "setuptools<81"

cat >telling.py <<'PYTHON'
import logging
import os
import re
from pathlib import Path

import oslo_messaging
from oslo_config import cfg

from ironic_prometheus_exporter import messaging

logging.basicConfig(filename="log", level=logging.WARNING)
conf = cfg.ConfigOpts()
conf([], default_config_files=[])
messaging.register_opts(conf)
conf.set_override("location", os.path.abspath("metrics"), group="oslo_messaging_notifications")
transport = oslo_messaging.get_notification_transport(conf, "fake://")
notifier = oslo_messaging.Notifier(transport, "ironic", driver="prometheus_exporter", topics=["notifications"])


def tell(celsius, *models):
    temperature = {"physical_context": "CPU", "reading_celsius": celsius, "health": "OK", "state": "enabled"}
    drives = {
        f"drive{number}": {"name": f"drive{number}", "model": model, "capacity_bytes": 7, "health": "OK", "state": "enabled"}
        for number, model in enumerate(models)
    }
    payload = {
        "node_name": "n1",
        "node_uuid": "u1",
        "instance_uuid": None,
        "timestamp": "2026-11-30T10:00:00.000000",
        "payload": {"Temperature": {"t0": temperature}, "Drive": drives},
    }
    notifier.info({}, "hardware.redfish.metrics", payload)
    told = Path("metrics/n1-hardware.redfish.metrics").read_text()
    written = re.search(r"^baremetal_temp_cpu_celsius\{.*\} (.*)$", told, re.M)[1]
    print(f"{celsius} degrees, models {', '.join(map(str, models))}: {written}")


tell(62, "IBM 350A", "IBM 350A")
tell(95, "IBM 350A", None)
tell(96, None, "IBM 350A")
tell(97, None, None)
print("in the log:", set(re.findall(r"ValueError: .*", Path("log").read_text())))
PYTHON
seen=$(venv/bin/python -W ignore telling.py)
echo "$seen"
expected="62 degrees, models IBM 350A, IBM 350A: 62.0
95 degrees, models IBM 350A, None: 62.0
96 degrees, models None, IBM 350A: 62.0
97 degrees, models None, None: 97.0
in the log: {'ValueError: Incorrect label names'}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
