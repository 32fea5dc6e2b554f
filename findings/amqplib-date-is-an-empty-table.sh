#!/usr/bin/env bash
# Guess:    a Date in the headers of a message that amqplib sends is a timestamp to the consumer, or, as JSON would have it, a
#           text; what amqplib cannot write it refuses, as it does a BigInt.
# Really:   it is an empty table: an object without enumerable members is sent as {}, without a word, so the time is lost. So it
#           is with a Map, a Set and an Error; toJSON is not asked. amqplib has to be told of a time, {"!": "timestamp", value:
#           seconds}, and hands the same object over where it reads one. @cloudamqp/amqp-client writes a Date as a timestamp.
# Versions: amqplib 2.3.1, @cloudamqp/amqp-client 4.1.1 (write), amqp 5.4.2 (reads), Node.js 20, Python 3.11
# Source:   run here without a broker, with the codecs of the three; AMQP 0-9-1, 4.2.5.4 and 4.2.5.5 (a field table can hold a
#           timestamp); amqplib, lib/codec.js, encodeFieldValue.
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

const at = new Date('2026-11-30T10:00:00Z');
const values = {
  'a Date': at,
  'a Map': new Map([['id', 'a1']]),
  'a Set': new Set(['a1']),
  'an Error': new Error('no space left'),
  'a timestamp': { '!': 'timestamp', value: at / 1000 },
  'a BigInt': 7n,
};
for (const [name, value] of Object.entries(values)) {
  const bytes = Buffer.alloc(1024);
  try {
    console.log(`amqplib, ${name} ${bytes.subarray(0, encodeTable(bytes, { value }, 0)).toString('hex')}`);
  } catch (error) {
    console.log(`amqplib, ${name} ${error.message}`);
  }
}
const view = new AMQPView(new ArrayBuffer(1024));
console.log(`amqp-client, a Date ${Buffer.from(view.buffer, 0, view.setTable(0, { value: at })).toString('hex')}`);
JAVASCRIPT
cat >read.py <<'PYTHON'
import sys

from amqp.serialization import loads

for line in sys.stdin:
    name, _, table = line.strip().rpartition(" ")
    try:
        (headers,), _ = loads("F", bytes.fromhex(table), 0)
        print(f"{name}: {headers['value']}")
    except ValueError:
        print(line.strip())
PYTHON
seen=$(node write.js | venv/bin/python read.py)
echo "$seen"
expected="amqplib, a Date: {}
amqplib, a Map: {}
amqplib, a Set: {}
amqplib, an Error: {}
amqplib, a timestamp: 2026-11-30 10:00:00
amqplib, a BigInt Unknown type to encode: bigint
amqp-client, a Date: 2026-11-30 10:00:00"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
