#!/usr/bin/env bash
# Guess:    a whole number in the headers of a message that aio-pika or aioamqp sends is to puka, as to any other client of AMQP,
#           the number that was sent: both know the types of header tables.
# Really:   pamqp, which aio-pika and aioamqp encode with, writes a small number as one of 8 bits with a sign, "b", and puka reads
#           those 8 bits without it: a priority of -1 is 255, a change of -128 is 128, without a word; from -129 on it is right. Of
#           what pamqp and amqp (kombu and oslo.messaging) write for larger ones, "u", "i" and "L", puka knows nothing: a size of
#           three gibibytes, or a number of 40000 from pamqp, is an AssertionError, from both. amqp and pika read each of them.
# Versions: puka 0.0.8, pamqp 4.0.1, amqp 5.4.2, pika 1.4.4, Python 3.11
# Source:   run here; puka/table.py, decode_value (kind "b" by struct's "B"); pamqp/encode.py, table_integer; RabbitMQ's "AMQP
#           0-9-1 Errata", section 3, and AMQP 0-9-1, 4.2.1 ('b' is a signed octet).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check puka==0.0.8 pamqp==4.0.1 amqp==5.4.2 pika==1.4.4

cat >read.py <<'PYTHON'
import amqp.serialization
import pamqp.encode
import pika.data
import puka.table


def read(decode, table):
    try:
        return decode(table)
    except AssertionError:
        return "AssertionError"


WRITERS = {"pamqp": pamqp.encode.field_table, "amqp": lambda headers: amqp.serialization.dumps("F", [headers])}
READERS = {
    "puka": lambda table: puka.table.decode(table, 0)[0]["n"],
    "amqp": lambda table: amqp.serialization.loads("F", table, 0)[0][0]["n"],
    "pika": lambda table: pika.data.decode_table(table, 0)[0]["n"],
}
for writer, encode in WRITERS.items():
    for number in (-1, -128, -129, 7, 200, 40000, 3 * 2**30):
        table = encode({"n": number})
        said = ", ".join(f"{name} {read(decode, table)}" for name, decode in READERS.items())
        print(f"{number} by {writer}, {chr(table[6])}: {said}")
PYTHON
seen=$(venv/bin/python read.py)
echo "$seen"
expected='-1 by pamqp, b: puka 255, amqp -1, pika -1
-128 by pamqp, b: puka 128, amqp -128, pika -128
-129 by pamqp, s: puka -129, amqp -129, pika -129
7 by pamqp, b: puka 7, amqp 7, pika 7
200 by pamqp, s: puka 200, amqp 200, pika 200
40000 by pamqp, u: puka AssertionError, amqp 40000, pika 40000
3221225472 by pamqp, i: puka AssertionError, amqp 3221225472, pika 3221225472
-1 by amqp, I: puka -1, amqp -1, pika -1
-128 by amqp, I: puka -128, amqp -128, pika -128
-129 by amqp, I: puka -129, amqp -129, pika -129
7 by amqp, I: puka 7, amqp 7, pika 7
200 by amqp, I: puka 200, amqp 200, pika 200
40000 by amqp, I: puka 40000, amqp 40000, pika 40000
3221225472 by amqp, L: puka AssertionError, amqp 3221225472, pika 3221225472'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
