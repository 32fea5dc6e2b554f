#!/usr/bin/env bash
# Guess:    the application properties of a message in a RabbitMQ stream are to rstream, RabbitMQ's stream client, what they were
#           to the sender: properties["event_type"] of a message that says image.create is "image.create", as Qpid Proton reads it.
# Really:   every name and every text is bytes to it, content_type and message_id too, though rstream itself is given texts to
#           send: .get("event_type") is None, whatever was sent, and a filter by it passes nothing on. Numbers are numbers, times
#           are milliseconds. The codec was taken from azure-eventhub and azure-servicebus, which do the same.
# Versions: rstream 1.1.1, python-qpid-proton 0.40.0, Python 3.11
# Source:   run here without a broker; AMQP 1.0, part 3, 3.2.5 (the names are strings); rstream/_pyamqp/_decode.py; issue 45082 of
#           Azure's SDK for Python (closed by a line in the documentation of servicebus).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check rstream==1.1.1 python-qpid-proton==0.40.0

cat >reads.py <<'PYTHON'
import proton
from rstream import AMQPMessage, amqp_decoder

SENT = {"event_type": "image.create", "size": 5 * 2**30, "at": proton.timestamp(1795939200000)}


def show(sender, reader, properties, content_type):
    print(f"{sender} to {reader}: {dict(properties)}, {content_type!r}, event_type is {properties.get('event_type')!r}")


wire = proton.Message(body=b"{}", properties=SENT, content_type="application/json").encode()
by_proton = proton.Message()
by_proton.decode(wire)
show("proton", "proton", by_proton.properties, str(by_proton.content_type))
by_rstream = amqp_decoder(wire)
show("proton", "rstream", by_rstream.application_properties, by_rstream.properties.content_type)
wire = bytes(AMQPMessage(body=b"{}", application_properties={"event_type": "image.create", "size": 5 * 2**30}))
by_proton.decode(wire)
show("rstream", "proton", by_proton.properties, None)
show("rstream", "rstream", amqp_decoder(wire).application_properties, None)
PYTHON
seen=$(venv/bin/python reads.py)
echo "$seen"
expected="proton to proton: {'event_type': 'image.create', 'size': 5368709120, 'at': timestamp(1795939200000)}, \
'application/json', event_type is 'image.create'
proton to rstream: {b'event_type': b'image.create', b'size': 5368709120, b'at': 1795939200000}, \
b'application/json', event_type is None
rstream to proton: {'event_type': 'image.create', 'size': 5368709120}, None, event_type is 'image.create'
rstream to rstream: {b'event_type': b'image.create', b'size': 5368709120}, None, event_type is None"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
