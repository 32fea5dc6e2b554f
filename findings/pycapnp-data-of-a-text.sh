#!/usr/bin/env bash
# Guess:    a text for a Data field of a Cap'n Proto message is the same bytes however pycapnp is given it: its UTF-8, as where
#           it is assigned, or it is refused.
# Really:   new_message(body="accepted") and from_dict take it for base64 and write six other bytes, where message.body =
#           "accepted", and a list of Data within the same from_dict, write the eight letters. Which texts are base64 is a
#           matter of their length: "active" raises binascii.Error, so a status breaks the emitter and another one is sent as
#           something else. to_dict gives bytes, base64 only where encode_bytes_as_base64 is said; from_dict has no such word.
# Versions: pycapnp 2.2.4, Python 3.11
# Source:   run here; capnp/lib/capnp.pyx, _DynamicStructBuilder.from_dict; pycapnp's change log has "binary support in
#           dictionaries via base64 encoding", and the documentation of from_dict nothing of it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pycapnp==2.2.4

cat >event.capnp <<'CAPNP'
@0xb3a5d2c1e4f60719;
struct Event {
  body @0 :Data;
  parts @1 :List(Data);
}
CAPNP
cat >texts.py <<'PYTHON'
import binascii

import capnp

Event = capnp.load("event.capnp").Event


def assigned(text):
    message = Event.new_message()
    message.body = text
    return message.body


def from_dict(text):
    message = Event.new_message()
    message.from_dict({"body": text})
    return message.body


WAYS = {
    "assigned": assigned, "in a list": lambda text: Event.new_message(parts=[text]).parts[0],
    "new_message": lambda text: Event.new_message(body=text).body, "from_dict": from_dict,
}  # fmt: skip
for text in ("accepted", "7f83b165", "active"):
    for name, way in WAYS.items():
        try:
            print(f"{text} {name}:", way(text))
        except binascii.Error as error:
            print(f"{text} {name}:", error)
message = Event.new_message(body=b"accepted")
print("to_dict:", message.to_dict(), "and back:", Event.new_message(**message.to_dict()).body)
PYTHON
seen=$(venv/bin/python texts.py)
echo "$seen"
expected="accepted assigned: b'accepted'
accepted in a list: b'accepted'
accepted new_message: b'i\\xc7\\x1e\\xa6\\xd7\\x9d'
accepted from_dict: b'i\\xc7\\x1e\\xa6\\xd7\\x9d'
7f83b165 assigned: b'7f83b165'
7f83b165 in a list: b'7f83b165'
7f83b165 new_message: b'\\xed\\xff7o^\\xb9'
7f83b165 from_dict: b'\\xed\\xff7o^\\xb9'
active assigned: b'active'
active in a list: b'active'
active new_message: Incorrect padding
active from_dict: Incorrect padding
to_dict: {'body': b'accepted'} and back: b'accepted'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
