#!/usr/bin/env bash
# Guess:    a fraction in the headers of a message that aio-pika sends is the Python float that was given: 64 bits, as kombu
#           writes it.
# Really:   pamqp, which aio-pika encodes with, writes each float as one of 32 bits, seven digits: a time in seconds, as time.time()
#           gives it, is up to a minute off (here 25 seconds), 0.1 is not 0.1, and 1e300 is refused. The type `d`, of 64 bits, it
#           reads but never writes. A Decimal survives.
# Versions: pamqp 4.0.1 (aio-pika 10.2.1, aiormq 7.2.4), amqp 5.4.2, Python 3.11
# Source:   run here; AMQP 0-9-1, 4.2.5.5 ('f' and 'd'); pamqp/encode.py, encode_table_value.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check aio-pika==10.2.1 aiormq==7.2.4 pamqp==4.0.1 amqp==5.4.2

cat >headers.py <<'PYTHON'
from decimal import Decimal

import aio_pika
from amqp import serialization
from pamqp import encode

for value in (1764403225.5, 0.1, 0.5, 16777217.0, Decimal("0.1")):
    message = aio_pika.Message(b"{}", headers={"sent": value})
    written = encode.field_table(message.properties.headers)
    (read,), _end = serialization.loads("F", written, 0)
    by_kombu = serialization.dumps("F", [{"sent": value}])
    (kombu,), _end = serialization.loads("F", by_kombu, 0)
    print(f"{value!r}: type {chr(written[9])}, read as {read['sent']!r}; from kombu {kombu['sent']!r}")
try:
    encode.field_table({"sent": 1e300})
except Exception as error:
    print("1e300:", type(error).__name__)
PYTHON
seen=$(venv/bin/python headers.py)
echo "$seen"
expected="1764403225.5: type f, read as 1764403200.0; from kombu 1764403225.5
0.1: type f, read as 0.10000000149011612; from kombu 0.1
0.5: type f, read as 0.5; from kombu 0.5
16777217.0: type f, read as 16777216.0; from kombu 16777217.0
Decimal('0.1'): type D, read as Decimal('0.1'); from kombu Decimal('0.1')
1e300: OverflowError"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
