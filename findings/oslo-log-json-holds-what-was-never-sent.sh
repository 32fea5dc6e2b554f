#!/usr/bin/env bash
# Guess:    a whole notification in a JSON log of oslo.log (use_json) was sent; and one that JSON cannot carry is not in it.
# Really:   when the messaging driver gives up, the record has the notification among its arguments, whole and readable, beside
#           the text that says it was lost, and beside msg, which is the text with "%(topic)s" not filled in. Where it was lost
#           because JSON cannot carry its payload, the record has it all the same: there the object is a text.
# Versions: oslo.log 8.3.2, oslo.messaging 18.3.1, Python 3.11
# Source:   run here, against a port at which nothing listens; oslo_log/formatters.py, JSONFormatter.format, converts what it
#           cannot say by a fallback, oslo_messaging/_drivers/common.py, serialize_msg, does not.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.log==8.3.2 oslo.messaging==18.3.1

cat >lost.py <<'PYTHON'
import io
import json
import logging
import warnings

warnings.simplefilter("ignore")
import oslo_messaging
from oslo_config import cfg
from oslo_log import formatters


class Item:
    """What a service has put into a payload by mistake."""


stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(formatters.JSONFormatter())
logging.getLogger("oslo_messaging").addHandler(handler)
configuration = cfg.ConfigOpts()
configuration([])
transport = oslo_messaging.get_notification_transport(configuration, "rabbit://guest:guest@127.0.0.1:9/")
notifier = oslo_messaging.Notifier(
    transport, publisher_id="image.localhost", driver="messagingv2", topics=["notifications"], retry=0
)
notifier.info({}, "image.delete", {"id": "1"})
notifier.info({}, "image.create", {"items": Item()})

records = [json.loads(line) for line in stream.getvalue().splitlines()]
for record in records:
    sent = record["args"]["message"]
    print(record["levelname"], "|", record["msg"], "|", sent["event_type"], sent["payload"], "|", record["error_summary"])
    assert record["message"].startswith("Could not send notification to notifications.")
    assert record["msg"] == "Could not send notification to %(topic)s. Payload=%(message)s"
    assert sent.keys() >= {"message_id", "publisher_id", "event_type", "priority", "timestamp", "payload"}
    assert sent["message_id"] in record["message"]
lost, unsayable = records
assert lost["args"]["message"]["payload"] == {"id": "1"}
assert "Item object at" in unsayable["args"]["message"]["payload"]["items"]
assert "to primitive" in unsayable["error_summary"]
PYTHON
venv/bin/python lost.py
