#!/usr/bin/env bash
# Guess:    a receiver that is connected to blinker's signal for one sender, signal.connect(f, sender=image_id), hears of what is
#           sent by a sender that is equal to it, as with the keys of a dict, or always has to be given the same object; one of the
#           two, for all.
# Really:   it depends on the type. Texts and whole numbers are compared by value, so that True is 1 and an event of the sender True
#           goes to the receivers of image 1; everything else is compared by where it is in memory. A UUID, a tuple, a fraction or a
#           frozen dataclass that is equal, but was read anew from the next message, reaches nobody: send() returns an empty list,
#           as where nobody is connected. Nothing is said when it is connected either.
# Versions: blinker 1.9.0, Python 3.11
# Source:   run here; blinker/_utilities.py, make_id (a str or an int is its own id, otherwise id()); blinker's README (receivers
#           can subscribe to specific senders).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check blinker==1.9.0

cat >sending.py <<'PYTHON'
import dataclasses
import json
import uuid

from blinker import Signal


@dataclasses.dataclass(frozen=True)
class Image:
    name: str


ID = "6f3c2c8e-0f0a-4f63-9d3a-6a5b2f1f6f10"
READ = {  # how a sender is read from a message, each time anew
    "text": lambda: json.loads(f'"{ID}"'),
    "whole number": lambda: json.loads("1180591620717411303424"),
    "UUID": lambda: uuid.UUID(ID),
    "tuple": lambda: tuple(json.loads('["image", "a"]')),
    "fraction": lambda: json.loads("7.5"),
    "frozen dataclass": lambda: Image(json.loads('"a"')),
}


def hears(connected, sender):
    heard = []

    def receiver(_):
        heard.append(True)

    signal = Signal()
    signal.connect(receiver, sender=connected)
    signal.send(sender)
    return "heard" if heard else "not heard"


for name, read in READ.items():
    connected, sender = read(), read()
    print(f"{name}: equal {connected == sender}, one key of a dict {hash(connected) == hash(sender)}, {hears(connected, sender)}")
print("connected to 1, sent by True:", hears(1, True))
print("connected to 1, sent by 1.0:", hears(1, 1.0))
PYTHON
seen=$(venv/bin/python sending.py)
echo "$seen"
expected="text: equal True, one key of a dict True, heard
whole number: equal True, one key of a dict True, heard
UUID: equal True, one key of a dict True, not heard
tuple: equal True, one key of a dict True, not heard
fraction: equal True, one key of a dict True, not heard
frozen dataclass: equal True, one key of a dict True, not heard
connected to 1, sent by True: heard
connected to 1, sent by 1.0: not heard"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
