#!/usr/bin/env bash
# Guess:    a binary-mode event whose content type is text/plain has a text, or bytes, for its data, whatever the text says.
# Really:   the reader of v1 tries JSON first and never asks for the content type: the text 123 is a number, null is no data
#           at all and true a boolean, while 0042 stays bytes. Which type a consumer sees depends on what was written. The
#           core bindings of 2.x leave them texts.
# Versions: cloudevents 2.2.0, Python 3.11
# Source:   run here; CloudEvents 1.0, HTTP binding, 3.1.1; cloudevents/v1/http/http_methods.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cloudevents==2.2.0

cat >texts.py <<'PYTHON'
from cloudevents.core.bindings import http
from cloudevents.core.formats.json import JSONFormat
from cloudevents.v1.http import from_http

HEADERS = {
    "ce-specversion": "1.0", "ce-id": "1", "ce-source": "/images", "ce-type": "image.create", "content-type": "text/plain",
}
for body in (b"cirros", b"123", b"0042", b"true", b"null"):
    old = from_http(HEADERS, body).data
    new = http.from_binary(http.HTTPMessage(HEADERS, body), JSONFormat()).get_data()
    print(f"{body.decode()}: v1 {old!r}, core {new!r}")
PYTHON
seen=$(venv/bin/python texts.py)
echo "$seen"
expected="cirros: v1 b'cirros', core 'cirros'
123: v1 123, core '123'
0042: v1 b'0042', core '0042'
true: v1 True, core 'true'
null: v1 None, core 'null'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
