#!/usr/bin/env bash
# Guess:    a record that fluent-logger cannot pack, a UUID or a datetime in it, is refused: emit raises, or returns False, as it
#           does where the forwarder is not there.
# Really:   emit sends another record in its place, under the same tag and time, {"level": "CRITICAL", "message": "Can't output to
#           log", "traceback": …}, and returns True. To who reads the tag, an image.create came that has nothing of one; what was
#           announced is lost, and only last_error knows. So it is with a Decimal, a set and a number of more than 64 bits.
#           forward_packet_error=False has it raise.
# Versions: fluent-logger 0.11.1, msgpack 1.1.2, Python 3.11
# Source:   run here over a socket; fluent/sender.py, FluentSender.emit_with_time; fluent-logger-python's issues 69 and 71 (closed)
#           ask for the values only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fluent-logger==0.11.1 msgpack==1.1.2

cat >emits.py <<'PYTHON'
import datetime
import decimal
import socket
import uuid

import msgpack
from fluent.sender import FluentSender

VALUES = {
    "a text": "a1",
    "a UUID": uuid.UUID(int=7),
    "a datetime": datetime.datetime(2026, 11, 29, 8),
    "a Decimal": decimal.Decimal("1.20"),
    "70 bits": 2**70,
}
with socket.create_server(("127.0.0.1", 0)) as forwarder:
    sender = FluentSender("glance", port=forwarder.getsockname()[1])
    returned = [sender.emit("image.create", {"id": value}) for value in VALUES.values()]
    connection, _ = forwarder.accept()
    sender.close()
    received = msgpack.Unpacker()
    with connection:
        while data := connection.recv(65536):
            received.feed(data)
for name, result, (tag, _, record) in zip(VALUES, returned, received, strict=True):
    print(f"{name}: emit is {result}, {tag} came with {', '.join(record)}: {record.get('message', record.get('id'))}")
try:
    FluentSender("glance", forward_packet_error=False).emit("image.create", {"id": uuid.UUID(int=7)})
except TypeError as error:
    print("told to raise:", type(error).__name__)
PYTHON
seen=$(venv/bin/python emits.py)
echo "$seen"
other="emit is True, glance.image.create came with level, message, traceback: Can't output to log"
expected="a text: emit is True, glance.image.create came with id: a1
a UUID: $other
a datetime: $other
a Decimal: $other
70 bits: $other
told to raise: TypeError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
