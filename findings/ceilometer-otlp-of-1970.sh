#!/usr/bin/env bash
# Guess:    Ceilometer's publisher opentelemetryhttp:// sends a sample to an OpenTelemetry collector as a metric with its value at
#           its time: a gauge as a gauge, what is cumulative as a sum.
# Really:   it writes seconds where OTLP has nanoseconds, so each sample is of the first two seconds of 1970; and reckons them in
#           the zone of the machine, though a sample's time is UTC. What is cumulative stands under "counter", which OTLP does not
#           know, and receivers have to pass over what they do not know: the metric arrives without a value. Nothing is logged.
#           The names are those of the protobuf file, time_unix_nano, which OTLP's JSON rules out.
# Versions: ceilometer 27.0.0, opentelemetry-proto 1.45.2, protobuf 7.36.2, Python 3.11
# Source:   run here against a server of this machine; OTLP specification, "JSON Protobuf Encoding" (lowerCamelCase; unknown
#           fields are ignored); opentelemetry-proto, metrics.proto (UNIX Epoch time in nanoseconds; gauge, sum, histogram,
#           exponential_histogram, summary); ceilometer/publisher/opentelemetry_http.py, get_data_points_model and
#           get_metrics_model.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
  oslo.log==8.3.2 oslo.utils==10.2.0 stevedore==5.9.0 requests==2.32.5 opentelemetry-proto==1.45.2 protobuf==7.36.2
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps ceilometer==27.0.0

cat >publishes.py <<'PYTHON'
import datetime
import http.server
import os
import threading
import time
import types
from urllib.parse import urlsplit

from ceilometer import sample
from ceilometer.publisher.opentelemetry_http import OpentelemetryHttpPublisher
from google.protobuf import json_format
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

received = []


class Collector(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        received.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


collector = http.server.HTTPServer(("127.0.0.1", 0), Collector)
threading.Thread(target=collector.serve_forever, daemon=True).start()
url = urlsplit(f"opentelemetryhttp://127.0.0.1:{collector.server_port}/v1/metrics")
publisher = OpentelemetryHttpPublisher(types.SimpleNamespace(max_parallel_requests=1), url)
for zone in ("UTC", "Europe/Berlin"):
    os.environ["TZ"] = zone
    time.tzset()
    for kind in (sample.TYPE_GAUGE, sample.TYPE_CUMULATIVE):
        of = sample.Sample("disk.usage", kind, "B", 7, "u1", "p1", "r1", timestamp="2026-02-03T10:00:00")
        publisher.publish_samples([of])
        request = json_format.Parse(received[-1], ExportMetricsServiceRequest(), ignore_unknown_fields=True)
        (metric,) = request.resource_metrics[0].scope_metrics[0].metrics
        print(f"{zone}, {kind}:", metric.WhichOneof("data"), end="")
        for point in metric.gauge.data_points:
            at = datetime.datetime.fromtimestamp(point.time_unix_nano / 1e9, datetime.timezone.utc)
            print(f", {point.as_double} at {at:%Y-%m-%d %H:%M:%S}, {point.time_unix_nano} ns", end="")
        print()
collector.shutdown()
PYTHON
seen=$(venv/bin/python publishes.py)
echo "$seen"
expected="UTC, gauge: gauge, 7.0 at 1970-01-01 00:00:01, 1770112800 ns
UTC, cumulative: None
Europe/Berlin, gauge: gauge, 7.0 at 1970-01-01 00:00:01, 1770109200 ns
Europe/Berlin, cumulative: None"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
