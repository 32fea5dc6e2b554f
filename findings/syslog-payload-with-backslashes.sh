#!/usr/bin/env bash
# Guess:    a payload that rfc5424-logging-handler sends as a parameter of structured data, or as the message, is what
#           syslog-rfc5424-parser hands over of the line: both are made for RFC 5424, which says what is escaped.
# Really:   the handler escapes, the parser leaves the backslashes, so JSON in a parameter is no JSON any more; the byte order
#           mark, which RFC 5424 puts before a message in UTF-8, stands in the message, and json refuses it. The handler
#           cuts a parameter's name at 32 characters and takes spaces out of it; of a name that comes twice, which
#           RFC 5424 allows, the parser has the last. None of it is told.
# Versions: rfc5424-logging-handler 1.4.3, syslog-rfc5424-parser 0.3.2, Python 3.11
# Source:   run here over a socket of this machine; RFC 5424, 6.3.3 (escapes), 6.3.5 (ip="…" ip="…") and 6.4 (BOM);
#           syslog_rfc5424_parser/message.py, SyslogMessage.parse.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check rfc5424-logging-handler==1.4.3 syslog-rfc5424-parser==0.3.2

cat >lines.py <<'PYTHON'
import json
import logging
import socket

from rfc5424logging import Rfc5424SysLogHandler
from syslog_rfc5424_parser import SyslogMessage

receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
receiver.settimeout(30)
log = logging.getLogger("image")
log.setLevel(logging.INFO)
log.addHandler(Rfc5424SysLogHandler(address=receiver.getsockname()))


def parsed(message, **parameters):
    log.info(message, extra={"structured_data": {"event@32473": parameters}})
    line = SyslogMessage.parse(receiver.recv(65536).decode())
    return line.msg, line.sd["event@32473"]


def read(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return type(error).__name__


PAYLOAD = json.dumps({"id": "a", "tags": ["b"]})
message, given = parsed(PAYLOAD, payload=PAYLOAD, **{"id of the image": "a", "a_name_of_more_than_thirty-two_characters": "b"})
print("message:", ascii(message), read(message))
payload = given.pop("payload")
print("parameter:", payload, read(payload))
print("names:", *given)
twice = SyslogMessage.parse('<14>1 2026-11-29T08:00:00Z host image 1 - [origin ip="192.0.2.1" ip="192.0.2.129"] -')
print("twice:", twice.sd["origin"])
PYTHON
seen=$(venv/bin/python lines.py)
echo "$seen"
expected="message: '\\ufeff{\"id\": \"a\", \"tags\": [\"b\"]}' JSONDecodeError
parameter: {\\\"id\\\": \\\"a\\\", \\\"tags\\\": [\\\"b\\\"\\]} JSONDecodeError
names: idoftheimage a_name_of_more_than_thirty-two_c
twice: {'ip': '192.0.2.129'}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
