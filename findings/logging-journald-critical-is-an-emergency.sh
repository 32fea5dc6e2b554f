#!/usr/bin/env bash
# Guess:    a notification that a service logs through logging-journald to systemd's journal has there the priority that logging's
#           level stands for, critical being crit, 2; MESSAGE_ID tells which kind of message it is, as the journal has it; and what
#           was given in extra is in the entry.
# Really:   critical is 0, an emergency, which journald writes on the terminal of everybody who is logged in: the table names FATAL
#           behind CRITICAL, and in logging they are one number. A level of the service's own, as oslo.log's TRACE, or a NOTICE of
#           25, is in no entry at all: one line goes to stderr. MESSAGE_ID is a hash of the text, so each notification is of its
#           own kind. Of the payload null, {} and [] are gone, and of two names that differ by capitals, imageId and ImageID, one
#           field stands there twice.
# Versions: logging-journald 0.6.12, oslo.log 8.3.2, Python 3.11
# Source:   run here with a socket in journald's place; logging_journald.py, JournaldLogHandler.LEVELS (FATAL: 0), _format_record
#           (message in message_hash) and JournaldTransport.pack; systemd.journal-fields(7), MESSAGE_ID and PRIORITY;
#           journald.conf(5), MaxLevelWall (emerg).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check logging-journald==0.6.12 oslo.log==8.3.2

cat >log.py <<'PYTHON'
import contextlib
import io
import logging
import re
import socket
import sys

from logging_journald import JournaldLogHandler
from oslo_log.log import TRACE

journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
journal.bind(sys.argv[1])
journal.setblocking(False)
log = logging.getLogger("glance")
log.setLevel(1)
log.addHandler(JournaldLogHandler(identifier="glance", socket_path=sys.argv[1]))


def entry(level, text="image.create", **extra):
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        log.log(level, text, extra=extra)
    try:
        sent = journal.recv(100_000).decode("utf-8", "replace")
    except BlockingIOError:
        return said.getvalue().strip()
    return sent


def field(name, sent):
    return re.findall(rf"^{name}=(.*)$", sent, re.M)


for level in (logging.CRITICAL, logging.ERROR, logging.INFO):
    print(logging.getLevelName(level), *field("PRIORITY", entry(level)))
for level in (TRACE, 25):
    print(logging.getLevelName(level), entry(level))
kinds = [field("MESSAGE_ID", entry(logging.INFO, text)) for text in ("image a1 created", "image a2 created", "image a1 created")]
print("kinds of three creations:", len({each for (each,) in kinds}))
sent = entry(logging.INFO, payload={"imageId": "a1", "ImageID": "a2", "deleted_at": None, "tags": [], "properties": {}})
print(*re.findall(r"^EXTRA_PAYLOAD.*$", sent, re.M))
PYTHON
seen=$(venv/bin/python -W ignore log.py socket)
echo "$seen"
expected="CRITICAL 0
ERROR 3
INFO 6
TRACE Unable to write message 'image.create' to journald
Level 25 Unable to write message 'image.create' to journald
kinds of three creations: 2
EXTRA_PAYLOAD_IMAGEID=a1 EXTRA_PAYLOAD_IMAGEID=a2"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
