#!/usr/bin/env bash
# Guess:    an event that msgpackr packs is read by MessagePack of another language as JSON would have it: a member that is
#           undefined is missing or null, a whole number is whole, and an object is a map.
# Really:   undefined is an extension of type 0, which to Python is a value, neither None nor false: an image that was never
#           deleted has a deleted_at. A whole number above 32 bits, or below -2**31, is a fraction, so msgspec refuses the size of
#           an image of 5 GiB. And a new Packr(), unless it is told useRecords: false, packs no map at all: to others one object
#           is four messages, an extension, the names, and each of the values. cbor-x, by the same author, does likewise with
#           numbers and objects. @msgpack/msgpack and cbor write whole numbers and maps.
# Versions: msgpackr 2.1.4, cbor-x 1.6.9, @msgpack/msgpack 3.1.3, cbor 10.0.12 (npm), msgpack 1.1.2, msgspec 0.23.0, cbor2 6.3.0
#           (PyPI), Node.js 20, Python 3.11
# Source:   run here; MessagePack's specification (nil, int 64, extension types 0 to 127 are the application's); msgpackr, pack.js
#           and its README, useRecords.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check msgpack==1.1.2 msgspec==0.23.0 cbor2==6.3.0
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent msgpackr@2.1.4 cbor-x@1.6.9 @msgpack/msgpack@3.1.3 cbor@10.0.12 >>npm.log

cat >packs.js <<'JAVASCRIPT'
const cbor = require('cbor');
const cborX = require('cbor-x');
const msgpack = require('@msgpack/msgpack');
const msgpackr = require('msgpackr');

const event = { size: 5 * 2 ** 30, deleted_at: undefined };
const packed = {
  'msgpackr.pack': msgpackr.pack(event),
  'new msgpackr.Packr': new msgpackr.Packr().pack(event),
  '@msgpack/msgpack': msgpack.encode(event),
  'cbor-x.encode': cborX.encode(event),
  'new cbor-x.Encoder': new cborX.Encoder().encode(event),
  cbor: cbor.encode(event),
};
for (const [name, bytes] of Object.entries(packed)) console.log(`${name},${Buffer.from(bytes).toString('hex')}`);
JAVASCRIPT
cat >reads.py <<'PYTHON'
import sys

import cbor2
import msgpack
import msgspec


class Event(msgspec.Struct):
    size: int


for line in sys.stdin:
    name, packed = line.split(",")
    data = bytes.fromhex(packed)
    if "cbor" in name:
        print(f"{name}: {cbor2.loads(data)}")
        continue
    unpacker = msgpack.Unpacker()
    unpacker.feed(data)
    print(f"{name}:", *unpacker)
    try:
        print(f"{name}, msgspec:", msgspec.msgpack.decode(data, type=Event))
    except msgspec.DecodeError as error:
        print(f"{name}, msgspec: {error}")
PYTHON
seen=$(node packs.js | venv/bin/python reads.py)
echo "$seen"
expected="msgpackr.pack: {'size': 5368709120.0, 'deleted_at': ExtType(code=0, data=b'\\x00')}
msgpackr.pack, msgspec: Expected \`int\`, got \`float\` - at \`\$.size\`
new msgpackr.Packr: ExtType(code=114, data=b'@') ['size', 'deleted_at'] 5368709120.0 ExtType(code=0, data=b'\\x00')
new msgpackr.Packr, msgspec: Expected \`object\`, got \`ext\`
@msgpack/msgpack: {'size': 5368709120, 'deleted_at': None}
@msgpack/msgpack, msgspec: Event(size=5368709120)
cbor-x.encode: {'size': 5368709120.0, 'deleted_at': undefined}
new cbor-x.Encoder: CBORTag(57343, (57344, ('size', 'deleted_at'), 5368709120.0, undefined))
cbor: {'size': 5368709120, 'deleted_at': undefined}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
