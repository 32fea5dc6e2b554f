#!/usr/bin/env bash
# Guess:    the properties of an EventData that azure-eventhub sends are of AMQP 1.0's types, of which there are whole numbers of
#           64 bits, moments and decimals; what cannot be sent is said where it is set; and a consumer reads what was set.
# Really:   every whole number is written in 32 bits: an image of three gibibytes, or a time in milliseconds, ends the adding to a
#           batch in a ValueError. A Decimal is sent, and reading the event raises decimal's Overflow; nought is read as 0E+6111. A
#           datetime is a whole number of milliseconds to the consumer, and every name and text is bytes. Qpid Proton reads the
#           same bytes with their types, and writes three gibibytes as a long, which azure-eventhub reads.
# Versions: azure-eventhub 5.15.1, python-qpid-proton 0.40.0, Python 3.11
# Source:   run here without a hub; azure/eventhub/_pyamqp/_encode.py, encode_unknown (encode_int); _decode.py beside it,
#           _decode_timestamp and _decode_decimal128; AMQP 1.0, part 1, 1.6 (long, timestamp, decimal128).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check azure-eventhub==5.15.1 python-qpid-proton==0.40.0

cat >properties.py <<'PYTHON'
from datetime import datetime, timezone
from decimal import Decimal

from azure.eventhub import EventData, EventDataBatch
from azure.eventhub._pyamqp._decode import decode_payload
from azure.eventhub._pyamqp._encode import encode_payload
from azure.eventhub._pyamqp.message import Message
from proton import Message as ProtonMessage


def added(value):
    event = EventData(b"{}")
    event.properties = {"value": value}
    try:
        EventDataBatch(max_size_in_bytes=1000).add(event)
    except Exception as error:
        return type(error).__name__
    return "added"


for value in (2**31 - 1, 2**31, 3 * 2**30, 1796032800000, -(2**31) - 1, Decimal("1.5")):
    print(f"{value!r}: {added(value)}")


def read(written):
    try:
        return decode_payload(memoryview(bytes(written))).application_properties
    except Exception as error:
        return type(error).__name__


for value in (Decimal("1.5"), Decimal(0), datetime(2026, 11, 30, 10, tzinfo=timezone.utc), "image.create"):
    written = bytearray()
    encode_payload(written, Message(application_properties={"value": value}, data=[b"{}"]))
    by_proton = ProtonMessage()
    by_proton.decode(bytes(written))
    print(f"{value}: {read(written)}, by Proton {type(by_proton.properties['value']).__name__}")
large = ProtonMessage(body=b"{}", inferred=True, properties={"value": 3 * 2**30})
print("by Proton, 3221225472:", read(large.encode()))
PYTHON
seen=$(venv/bin/python -W ignore properties.py)
echo "$seen"
expected="2147483647: added
2147483648: ValueError
3221225472: ValueError
1796032800000: ValueError
-2147483649: ValueError
Decimal('1.5'): added
1.5: Overflow, by Proton decimal128
0: {b'value': Decimal('0E+6111')}, by Proton decimal128
2026-11-30 10:00:00+00:00: {b'value': 1796032800000}, by Proton timestamp
image.create: {b'value': b'image.create'}, by Proton str
by Proton, 3221225472: {b'value': 3221225472}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
