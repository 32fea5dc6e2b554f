#!/usr/bin/env bash
# Guess:    a text that hl7apy wrote into an HL7 message is the text that it reads of the message again, and a message that is read
#           and sent on keeps what it says: the escapes that keep | and ^ out of a field belong to the format, not to the text.
# Really:   it escapes when it writes, and leaves the escapes in place when it reads: of "Ward 3|B" the reader has "Ward 3\F\B",
#           so a name that is looked for is not found. Sent on, that one is right again. Escapes that it does not know, \X0D\ of
#           a byte and \.br\ of a new line, are taken for text, whose backslashes are escaped: read, and sent on, they are
#           "\E\X0D\E\", another text.
# Versions: hl7apy 1.3.5, Python 3.11
# Source:   run here; HL7 2.5, chapter 2 (escape sequences: \F\, \Xdd…\ and the formatting commands); hl7apy/base_datatypes.py,
#           TextualDataType._escape_value, which nothing undoes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check hl7apy==1.3.5

cat >escapes.py <<'PYTHON'
from hl7apy.parser import parse_message

EVENT = "\r".join([r"MSH|^~\&|A|B|C|D|20261130100000||ADT^A01^ADT_A01|1|P|2.5", "EVN||20261130100000", "PID|1||7||%s", "PV1|1|I"])


def name(event):
    return event.pid.pid_5.pid_5_1.value


for text in ("Ward 3|B", "Ward 3^B"):
    event = parse_message(EVENT % "X")
    event.pid.pid_5.pid_5_1 = text
    print(f"{text} written: {event.pid.pid_5.to_er7()}, read again: {name(parse_message(event.to_er7()))}")
for text in (r"Ward 3\F\B", r"Ward 3\X0D\B", r"Ward 3\.br\B"):
    event = parse_message(EVENT % text)
    print(f"{text} came, read: {name(event)}, sent on: {event.pid.pid_5.to_er7()}")
PYTHON
seen=$(venv/bin/python escapes.py)
echo "$seen"
expected="Ward 3|B written: Ward 3\\F\\B, read again: Ward 3\\F\\B
Ward 3^B written: Ward 3\\S\\B, read again: Ward 3\\S\\B
Ward 3\\F\\B came, read: Ward 3\\F\\B, sent on: Ward 3\\F\\B
Ward 3\\X0D\\B came, read: Ward 3\\E\\X0D\\E\\B, sent on: Ward 3\\E\\X0D\\E\\B
Ward 3\\.br\\B came, read: Ward 3\\E\\.br\\E\\B, sent on: Ward 3\\E\\.br\\E\\B"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
