#!/usr/bin/env bash
# Guess:    a service in JavaScript that answers a request over AMQP 1.0 as is usual, correlation_id: request.message_id, is
#           understood by who asked, whichever of the four kinds of id that AMQP has was chosen: a text, a UUID, bytes or a whole
#           number.
# Really:   rhea reads UUIDs, bytes and whole numbers beyond 2**53 alike as a Buffer, and writes each Buffer in the place of an id
#           as a UUID, cut off or filled with zeros to 16 bytes. So an answer to an id of bytes, or to 2**60, bears a UUID that
#           nobody asked for, and 2**53 + 1 is answered as 2**53. Nothing is raised. Among application properties a UUID is sent on
#           as bytes. Texts, UUIDs and small numbers are answered well, so tests with those see nothing.
# Versions: rhea 3.0.5 (answers), python-qpid-proton 0.40.0 (asks), Node.js 20, Python 3.11
# Source:   run here without a broker, with the codecs of the two; AMQP 1.0, part 3, 3.2.11 to 3.2.14 (message-id-ulong, -uuid,
#           -binary and -string) and 3.2.4 (correlation-id); rhea, lib/types.js, wrap_message_id (Buffer.isBuffer, then wrap_uuid),
#           whose comment has UUIDs as a thing to do.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent rhea@3.0.5 >>npm.log
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-qpid-proton==0.40.0

cat >asking.py <<'PYTHON'
import sys
import uuid
from pathlib import Path

import proton

IDS = ["a", uuid.UUID(int=5), 7, 2**53 + 1, 2**60, b"\x01\x02", b"image 0123456789", bytes(range(20))]
for number, asked in enumerate(IDS):
    if sys.argv[1] == "ask":
        request = proton.Message(body="?", id=asked, properties={"id": asked})
        Path(f"{number}.request").write_bytes(request.encode())
    else:
        answer = proton.Message()
        answer.decode(Path(f"{number}.answer").read_bytes())
        known = "known" if answer.correlation_id == asked else "unknown"
        kind = type(answer.properties["id"]).__name__
        print(f"{asked!r}: {answer.correlation_id!r}, {known}; as a property {kind}")
PYTHON
cat >answering.js <<'JAVASCRIPT'
const fs = require('fs');
const { message } = require('rhea');

for (const file of fs.readdirSync('.').filter((name) => name.endsWith('.request'))) {
  const request = message.decode(fs.readFileSync(file));
  const answer = { correlation_id: request.message_id, application_properties: request.application_properties, body: 'done' };
  fs.writeFileSync(file.replace('request', 'answer'), message.encode(answer));
}
JAVASCRIPT
venv/bin/python asking.py ask
node answering.js
seen=$(venv/bin/python asking.py read)
echo "$seen"
expected="'a': 'a', known; as a property str
UUID('00000000-0000-0000-0000-000000000005'): UUID('00000000-0000-0000-0000-000000000005'), known; as a property memoryview
7: 7, known; as a property uint
9007199254740993: 9007199254740992, unknown; as a property ulong
1152921504606846976: UUID('10000000-0000-0000-0000-000000000000'), unknown; as a property memoryview
b'\x01\x02': UUID('01020000-0000-0000-0000-000000000000'), unknown; as a property memoryview
b'image 0123456789': UUID('696d6167-6520-3031-3233-343536373839'), unknown; as a property memoryview
b'\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13': \
UUID('00010203-0405-0607-0809-0a0b0c0d0e0f'), unknown; as a property memoryview"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
