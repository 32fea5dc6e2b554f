#!/usr/bin/env bash
# Guess:    a log record that OpenTelemetry's OTLP exporter cannot encode is left out, or loses the one value, as it is with
#           attributes; the records beside it, of other events, are exported.
# Really:   a body (logging's message, where it is a dict) with a number that 64 bits with a sign do not hold, or with a UUID,
#           ends the export of its whole batch, up to 512 records: none is sent, none is tried again, and of further losses in
#           the same 20 seconds nothing is logged. In attributes such a number loses its attribute, within a payload the
#           payload, and a UUID is a text.
# Versions: opentelemetry-sdk 1.45.2, opentelemetry-exporter-otlp-proto-http 1.45.2, Python 3.11
# Source:   run here against a server of this machine; opentelemetry/exporter/otlp/proto/http/_log_exporter, export, and
#           opentelemetry/sdk/_shared_internal, DuplicateFilter; issue 3677 of opentelemetry-python (closed: None is encoded since).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
    opentelemetry-sdk==1.45.2 opentelemetry-exporter-otlp-proto-http==1.45.2

cat >exports.py <<'PYTHON'
import gzip
import logging
import threading
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer

from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

received = []


class Collector(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = ExportLogsServiceRequest.FromString(gzip.decompress(body) if self.headers["Content-Encoding"] else body)
        received.extend(record for one in request.resource_logs for scope in one.scope_logs for record in scope.log_records)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def batch(*calls):
    """What the collector receives of these calls of logging, made within one batch."""
    received.clear()
    for message, extra in calls:
        logger.info(message, extra=extra)
    provider.force_flush()
    return [record.body.string_value or record.body.kvlist_value.values[0].value.string_value for record in received]


collector = HTTPServer(("127.0.0.1", 0), Collector)
threading.Thread(target=collector.serve_forever, daemon=True).start()
provider = LoggerProvider()
exporter = OTLPLogExporter(f"http://127.0.0.1:{collector.server_port}/v1/logs")
provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
logger = logging.getLogger("notifications")
logger.propagate = False
logger.setLevel(logging.INFO)
logger.addHandler(LoggingHandler(logger_provider=provider))
IMAGES = [({"event_type": event_type}, {}) for event_type in ("image.create", "image.update", "image.delete")]
print("all well:", batch(*IMAGES))
print("64 bits in a body:", batch(*IMAGES, ({"event_type": "volume.update", "free": 2**64 - 1}, {})))
print("a UUID in a body:", batch(*IMAGES, ({"event_type": "volume.update", "id": uuid.UUID(int=7)}, {})))
extra = {"free": 2**64 - 1, "payload": {"id": "a1", "free": 2**64 - 1}, "id": uuid.UUID(int=7), "size": 7}
print("both in attributes:", batch(*IMAGES, ("volume.update", extra)))
print("of its attributes arrived:", sorted({one.key for one in received[-1].attributes} & set(extra)))
provider.shutdown()
PYTHON
seen=$(timeout 60 venv/bin/python exports.py 2>stderr) || { tail -5 stderr; exit 1; }
echo "$seen"
grep -m 1 "Failed to encode logs batch" stderr
expected="all well: ['image.create', 'image.update', 'image.delete']
64 bits in a body: []
a UUID in a body: []
both in attributes: ['image.create', 'image.update', 'image.delete', 'volume.update']
of its attributes arrived: ['id', 'size']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
