#!/usr/bin/env bash
# Guess:    a message header that is a fraction, as py-amqp (and so kombu and oslo.messaging) writes it, reaches a consumer
#           that uses pika as the same number.
# Really:   pika makes an integer of every double and float of a header table: 1.5 becomes 1, and 0.25 becomes 0, without a
#           word. Decimals and large integers survive. pika itself refuses to write a float.
# Versions: pika 1.4.4, amqp 5.4.2, Python 3.11
# Source:   run here; AMQP 0-9-1, 4.2.5.5, field tables ('d' is an IEEE 754 double); pika/data.py, decode_value.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pika==1.4.4 amqp==5.4.2

cat >headers.py <<'PYTHON'
from decimal import Decimal

from amqp import serialization
from pika import data, exceptions

for value in (1.5, 0.25, -2.75, Decimal("1.25"), 2**40, "1.5"):
    table = serialization.dumps("F", [{"ratio": value}])
    (back,), _read = serialization.loads("F", table, 0)
    read, _end = data.decode_table(table, 0)
    print(f"{value!r}: py-amqp reads {back['ratio']}, pika {read['ratio'] + 0 if not isinstance(value, str) else read['ratio']}")
try:
    data.encode_table([], {"ratio": 1.5})
except exceptions.UnsupportedAMQPFieldException as error:
    print("pika writes 1.5:", type(error).__name__)
PYTHON
seen=$(venv/bin/python headers.py)
echo "$seen"
expected="1.5: py-amqp reads 1.5, pika 1
0.25: py-amqp reads 0.25, pika 0
-2.75: py-amqp reads -2.75, pika -2
Decimal('1.25'): py-amqp reads 1.25, pika 1.25
1099511627776: py-amqp reads 1099511627776, pika 1099511627776
'1.5': py-amqp reads 1.5, pika 1.5
pika writes 1.5: UnsupportedAMQPFieldException"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
