#!/usr/bin/env bash
# Guess:    the payload of a notification that a service could not deal with reaches Sentry whole, given to logging in extra, to
#           set_extra or to set_context: all are data beside the error.
# Really:   in extra ten members of an object and ten items of a list are left, whatever comes behind them is cut off, and what
#           lies more than a few levels deep is a text, as Python shows it. The texts, and the payload of set_context, stay whole.
#           That something was cut is written into _meta of the event, and nowhere else: the payload that is taken from Sentry to
#           be sent once more, or to be held against a schema, is another one.
# Versions: sentry-sdk 2.75.0, Python 3.11
# Source:   run here with a transport that keeps what is sent; sentry_sdk/serializer.py, MAX_DATABAG_BREADTH and
#           MAX_DATABAG_DEPTH.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check sentry-sdk==2.75.0

cat >reporting.py <<'PYTHON'
import json
import logging

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.transport import Transport

PAYLOAD = {
    "members": [f"m{number}" for number in range(12)],
    "properties": {f"p{number:02}": "x" for number in range(12)},
    "meta": {"os": {"disk": {"bus": {"type": "virtio"}}}},
}
sent = []


class Kept(Transport):
    def capture_envelope(self, envelope):
        sent.extend(item.payload.json for item in envelope.items)


def shown(way, payload):
    sizes = {name: len(payload[name]) for name in ("members", "properties")}
    print(f"{way}: {sizes}, {json.dumps(payload['meta'])}")


sentry_sdk.init("https://key@sentry.invalid/1", transport=Kept, default_integrations=False, integrations=[LoggingIntegration()])
logging.getLogger("consumer").error("image.create", extra={"payload": PAYLOAD})
shown("extra of logging", sent.pop()["extra"]["payload"])
with sentry_sdk.new_scope() as scope:
    scope.set_extra("payload", PAYLOAD)
    scope.set_context("payload", PAYLOAD)
    sentry_sdk.capture_message("image.create")
event = sent.pop()
shown("set_extra", event["extra"]["payload"])
shown("set_context", event["contexts"]["payload"])
print("_meta", json.dumps(event["_meta"]["extra"]))
PYTHON
seen=$(venv/bin/python reporting.py)
echo "$seen"
expected="extra of logging: {'members': 10, 'properties': 10}, {\"os\": {\"disk\": {\"bus\": \"{'type': 'virtio'}\"}}}
set_extra: {'members': 10, 'properties': 10}, {\"os\": {\"disk\": {\"bus\": \"{'type': 'virtio'}\"}}}
set_context: {'members': 12, 'properties': 12}, {\"os\": {\"disk\": {\"bus\": {\"type\": \"virtio\"}}}}
_meta {\"payload\": {\"members\": {\"\": {\"len\": 12}}, \"properties\": {\"\": {\"len\": 12}}, \"meta\": {\"os\": {\"disk\": {\"bus\": {\"\": {\"rem\": [[\"!limit\", \"x\"]]}}}}}}}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
