#!/usr/bin/env bash
# Guess:    JSON that protobuf's json_format accepts for a message has been read: a text that is no base64 is refused for a field of
#           bytes, as a text is for a number; and OTLP's JSON, which follows protobuf's mapping, is read so.
# Really:   what is no base64 is dropped out of the text, and the rest is read: "image.create" is eight bytes of something, and a
#           UUID 27; only some lengths raise. OTLP writes its trace and span ids in hexadecimal, all of whose digits are base64,
#           too: a log record has a trace id of 24 bytes for 16, without a word, and no span is found by it. Written by
#           json_format, the ids are in base64 and the severity is a word, both of which OTLP rules out.
# Versions: protobuf 7.36.2, opentelemetry-proto 1.45.2, Python 3.11
# Source:   run here; OTLP specification, "JSON Protobuf Encoding"; google/protobuf/json_format.py,
#           _ConvertScalarFieldValue (urlsafe_b64decode passes over what it does not know).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check protobuf==7.36.2 opentelemetry-proto==1.45.2

cat >records.py <<'PYTHON'
import json

from google.protobuf import json_format
from google.protobuf.wrappers_pb2 import BytesValue
from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord

for text in ("aW1hZ2U=", "image.create", "a b!", "dc78c8d5-10bb-4452-9d15-613728fd7fba", "7"):
    try:
        read = json_format.Parse(json.dumps(text), BytesValue()).value
        print(f"{text}: {len(read)} bytes, {read.hex()}")
    except json_format.ParseError as error:
        print(f"{text}: {type(error).__name__}")
OTLP = {"timeUnixNano": "5", "severityNumber": 9, "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174"}
record = json_format.ParseDict(OTLP, LogRecord())
print(f"trace id: {len(record.trace_id)} bytes, {record.trace_id.hex()}; span id: {len(record.span_id)} bytes")
meant = LogRecord(time_unix_nano=5, severity_number=9, trace_id=bytes.fromhex(OTLP["traceId"]))
print("written:", json_format.MessageToJson(meant, indent=None))
PYTHON
seen=$(venv/bin/python records.py)
echo "$seen"
expected="aW1hZ2U=: 5 bytes, 696d616765
image.create: 8 bytes, 8a66a079cade6ad7
a b!: 1 bytes, 69
dc78c8d5-10bb-4452-9d15-613728fd7fba: 27 bytes, 75cefc73c779fb5d1b6fee38e76fbd775e7eeb5dfbdbc7ddedf6da
7: ParseError
trace id: 24 bytes, e5bf1e7df7fbf7cd37f35d37776ebd6fadf7f35ddf73ad1c; span id: 12 bytes
written: {\"timeUnixNano\": \"5\", \"severityNumber\": \"SEVERITY_NUMBER_INFO\", \"traceId\": \"W47/95gDgQPSabYzgT/GDA==\"}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
