#!/usr/bin/env bash
# Guess:    a Decimal in the headers of a message, which amqp (and so kombu and oslo.messaging), pika and aio-pika write, is to a
#           consumer in JavaScript the same number, whatever its sign.
# Really:   AMQP contradicts itself: its text says that the digits are an integer with a sign, its grammar one without. The three
#           for Python keep the text, both clients for JavaScript the grammar: -1.23, a balance or a change of a quota, is read as
#           42949671.73. A number above nought is right, so a test that uses one sees nothing. amqplib hands over {"!": "decimal"}
#           with places and digits, amqp-client.js a number.
# Versions: amqp 5.4.2, pika 1.4.4, pamqp 4.0.1 (aio-pika 10.2.1), amqplib 2.3.1, @cloudamqp/amqp-client 4.1.1, Node.js 20, Python
#           3.11
# Source:   run here without a broker, with the codecs of the five; AMQP 0-9-1, 4.2.5.5 ("a long signed integer") and 4.2.1
#           (decimal-value = scale long-uint); amqplib, lib/codec.js, decodeFields; amqp-client.js, src/amqp-view.ts, getField.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check amqp==5.4.2 pika==1.4.4 pamqp==4.0.1
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @cloudamqp/amqp-client@4.1.1 amqplib@2.3.1 >>npm.log

cat >write.py <<'PYTHON'
from decimal import Decimal

import amqp.serialization
import pamqp.encode
import pika.data

headers = {"up": Decimal("1.23"), "down": Decimal("-1.23")}
pieces = []
pika.data.encode_table(pieces, headers)
tables = {"amqp": amqp.serialization.dumps("F", [headers]), "pika": b"".join(pieces), "pamqp": pamqp.encode.field_table(headers)}
for name, table in tables.items():
    print(name, table.hex())
PYTHON
cat >read.js <<'JAVASCRIPT'
const { AMQPView } = require('@cloudamqp/amqp-client/amqp-view');
const { decodeFields } = require('./node_modules/amqplib/lib/codec.js');

for (const line of require('fs').readFileSync(0, 'utf8').trim().split('\n')) {
  const [name, hex] = line.split(' ');
  const table = Buffer.from(hex, 'hex');
  const { up, down } = decodeFields(table.subarray(4));
  const [numbers] = new AMQPView(new Uint8Array(table).buffer).getTable(0);
  const said = ({ value }) => `${value.digits} of ${value.places} places`;
  console.log(`${name}: amqplib ${said(up)} and ${said(down)}, amqp-client ${numbers.up} and ${numbers.down}`);
}
JAVASCRIPT
seen=$(venv/bin/python write.py | node read.js)
echo "$seen"
read="amqplib 123 of 2 places and 4294967173 of 2 places, amqp-client 1.23 and 42949671.73"
expected="amqp: $read
pika: $read
pamqp: $read"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
