#!/usr/bin/env bash
# Guess:    what fedora_messaging.message.dumps writes, one message on each line, its loads reads back.
# Really:   dumps leaves the line separator U+2028 (and U+2029, U+0085) of a text as it is, which JSON allows; loads cuts
#           the lines where Python's splitlines does, in the middle of that text, and raises ValidationError. Cut at line
#           feeds alone, the same file is well.
# Versions: fedora-messaging 3.9.1, Python 3.11
# Source:   run here; RFC 8259, 7 (what must be escaped); jsonlines.org (lines end with a line feed);
#           fedora_messaging/message.py, loads.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fedora-messaging==3.9.1

cat >lines.py <<'PYTHON'
import json

from fedora_messaging.exceptions import ValidationError
from fedora_messaging.message import Message, dumps, loads

for name, text in (("a line feed", "one\ntwo"), ("U+2028", "one\u2028two"), ("U+0085", "one\u0085two")):
    message = Message(topic="image.create", body={"name": text})
    written = dumps(message)
    try:
        read = loads(written) == [message]
    except ValidationError as error:
        read = f"{type(error).__name__}: {error}"
    (line,) = written.removesuffix("\n").split("\n")
    print(f"{name}: as JSON Lines {json.loads(line)['body']['name'] == text}, by loads {read}")
PYTHON
seen=$(venv/bin/python lines.py 2>stderr)
echo "$seen"
expected="a line feed: as JSON Lines True, by loads True
U+2028: as JSON Lines True, by loads ValidationError: Unterminated string starting at: line 1 column 19 (char 18)
U+0085: as JSON Lines True, by loads ValidationError: Unterminated string starting at: line 1 column 19 (char 18)"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
