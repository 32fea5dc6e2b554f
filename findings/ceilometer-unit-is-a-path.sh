#!/usr/bin/env bash
# Guess:    in a file of meters of Ceilometer's, unit: "%" or "B/s" is the unit that samples bear, as unit: percent is.
# Really:   name, type and unit are read as JSONPath expressions, too, and stay what is written only because no message has
#           such a place. What is no such expression has the whole meter left out: one line is logged at the start, and
#           no sample of it ever comes.
# Versions: ceilometer 27.0.0, jsonpath-rw-ext 1.2.2, Python 3.11
# Source:   run here; Ceilometer's documentation of meter definitions shows unit: B and says nothing of it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ceilometer==27.0.0 jsonpath-rw-ext==1.2.2

mkdir meters.d
cat >meters.d/meters.yaml <<'YAML'
metric:
  - {name: load.percent, event_type: host.load, type: gauge, unit: percent, volume: $.payload.load, resource_id: $.payload.host}
  - {name: load.sign, event_type: host.load, type: gauge, unit: "%", volume: $.payload.load, resource_id: $.payload.host}
  - {name: rate.word, event_type: host.load, type: gauge, unit: bytes, volume: $.payload.rate, resource_id: $.payload.host}
  - {name: rate.sign, event_type: host.load, type: gauge, unit: B/s, volume: $.payload.rate, resource_id: $.payload.host}
YAML
cat >samples.py <<'PYTHON'
from ceilometer import service
from ceilometer.meter import notifications

conf = service.prepare_service(argv=[], config_files=[])
conf.set_override("meter_definitions_dirs", ["meters.d"], group="meter")
message = {
    "ctxt": {}, "publisher_id": "host.a", "event_type": "host.load", "payload": {"host": "a", "load": 7, "rate": 512},
    "metadata": {"message_id": "1", "timestamp": "2026-11-29 10:00:00"},
}
for sample in notifications.ProcessMeterNotifications(conf, None).build_sample(message):
    print("sample", sample.name, sample.volume, sample.unit)
PYTHON
seen=$(venv/bin/python -W ignore samples.py 2>/dev/null | grep ^sample | sort)
echo "$seen"
expected="sample load.percent 7 percent
sample rate.word 512 bytes"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
