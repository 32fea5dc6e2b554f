#!/usr/bin/env bash
# Guess:    a number in the headers of a message that @cloudamqp/amqp-client sends, CloudAMQP's client for JavaScript, is the
#           number that a consumer reads: whole ones in as many bytes as they need, fractions as JavaScript has them, in 64 bits.
# Really:   each whole number below 2**32 is written in 32 bits with a sign, so what lies between 2 and 4 GiB comes as a number
#           below nought: an image of 3 GiB has the size -1073741824, one of 5 GiB the right one. A fraction below 2**32 is one of
#           32 bits, so 0.1 is 0.10000000149011612. Nothing is raised. amqplib writes all of them as they are.
# Versions: @cloudamqp/amqp-client 4.1.1 and amqplib 2.3.1 (write), amqp 5.4.2 (reads), Node.js 20, Python 3.11
# Source:   run here without a broker, with the codecs of the three; AMQP 0-9-1, 4.2.1 (long-int is of 4 bytes);
#           @cloudamqp/amqp-client, src/amqp-view.ts, setField (-(2 ** 32) < field && field < 2 ** 32, then setInt32).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check amqp==5.4.2
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent @cloudamqp/amqp-client@4.1.1 amqplib@2.3.1 >>npm.log

cat >write.js <<'JAVASCRIPT'
const { AMQPView } = require('@cloudamqp/amqp-client/amqp-view');
const { encodeTable } = require('./node_modules/amqplib/lib/codec.js');

const headers = { '1 GiB': 2 ** 30, '3 GiB': 3 * 2 ** 30, '5 GiB': 5 * 2 ** 30, 'minus 3 GiB': -3 * 2 ** 30, ratio: 0.1 };
const view = new AMQPView(new ArrayBuffer(1024));
const bytes = Buffer.alloc(1024);
const tables = {
  'amqp-client': Buffer.from(view.buffer, 0, view.setTable(0, headers)),
  amqplib: bytes.subarray(0, encodeTable(bytes, headers, 0)),
};
for (const [name, table] of Object.entries(tables)) console.log(name, table.toString('hex'));
JAVASCRIPT
cat >read.py <<'PYTHON'
import sys

from amqp.serialization import loads

for line in sys.stdin:
    name, table = line.split()
    (headers,), _ = loads("F", bytes.fromhex(table), 0)
    for header, value in headers.items():
        print(f"{name}, {header}: {value}")
PYTHON
seen=$(node write.js | venv/bin/python read.py)
echo "$seen"
expected="amqp-client, 1 GiB: 1073741824
amqp-client, 3 GiB: -1073741824
amqp-client, 5 GiB: 5368709120
amqp-client, minus 3 GiB: 1073741824
amqp-client, ratio: 0.10000000149011612
amqplib, 1 GiB: 1073741824
amqplib, 3 GiB: 3221225472
amqplib, 5 GiB: 5368709120
amqplib, minus 3 GiB: -3221225472
amqplib, ratio: 0.1"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
