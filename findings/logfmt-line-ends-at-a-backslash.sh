#!/usr/bin/env bash
# Guess:    a line that logfmter writes of a notification is read by logfmt with the same fields: a value with a space, a quote
#           or a line feed is quoted, and what is within the quotes escaped, as logfmt's writers do.
# Really:   of a value with a line feed or a backslash logfmt makes True, and of every field behind it nothing: the backslash
#           counts for the quote that ends the value, however far behind it that stands. So an event whose fault has two lines
#           has neither its message nor the status that comes next. A quote in a value is read well. Nothing is raised;
#           structlog's LogfmtRenderer writes the same lines.
# Versions: logfmter 0.0.12, logfmt 0.4, structlog 26.1.0, Python 3.11
# Source:   run here; logfmt/parser.py, parse_line (escaped is taken back at a quote only); logfmter/formatter.py,
#           format_string.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check logfmter==0.0.12 logfmt==0.4 structlog==26.1.0

cat >lines.py <<'PYTHON'
import logging

import logfmt
import structlog
from logfmter import Logfmter

formatter, renderer = Logfmter(keys=[]), structlog.processors.LogfmtRenderer()
for fault in ("no space left", 'no "space" left', "no space\nleft", r"no space on C:\images"):
    event = {"event_type": "image.upload", "fault": fault, "status": "killed", "size": 7}
    record = logging.makeLogRecord({"msg": event})
    for name, line in (("logfmter", formatter.format(record)), ("structlog", renderer(None, "info", event))):
        print(f"{name}: {line}: {next(logfmt.parse([line]))}")
PYTHON
seen=$(venv/bin/python lines.py)
echo "$seen"
expected="logfmter: event_type=image.upload fault=\"no space left\" status=killed size=7: {'event_type': 'image.upload', 'fault': 'no space left', 'status': 'killed', 'size': '7'}
structlog: event_type=image.upload fault=\"no space left\" status=killed size=7: {'event_type': 'image.upload', 'fault': 'no space left', 'status': 'killed', 'size': '7'}
logfmter: event_type=image.upload fault=\"no \\\"space\\\" left\" status=killed size=7: {'event_type': 'image.upload', 'fault': 'no \"space\" left', 'status': 'killed', 'size': '7'}
structlog: event_type=image.upload fault=\"no \\\"space\\\" left\" status=killed size=7: {'event_type': 'image.upload', 'fault': 'no \"space\" left', 'status': 'killed', 'size': '7'}
logfmter: event_type=image.upload fault=\"no space\\nleft\" status=killed size=7: {'event_type': 'image.upload', 'fault': True}
structlog: event_type=image.upload fault=\"no space\\nleft\" status=killed size=7: {'event_type': 'image.upload', 'fault': True}
logfmter: event_type=image.upload fault=\"no space on C:\\\\images\" status=killed size=7: {'event_type': 'image.upload', 'fault': True}
structlog: event_type=image.upload fault=\"no space on C:\\\\images\" status=killed size=7: {'event_type': 'image.upload', 'fault': True}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
