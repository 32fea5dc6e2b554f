#!/usr/bin/env bash
# Guess:    the data of a CloudEvent in JSON that comes over HTTP in binary mode is an object to the JavaScript SDK however its
#           content type is written: the charset's letters and the space before it say nothing, and +json says JSON.
# Really:   the content type is looked up as it stands: application/json and "application/json; charset=utf-8" are read,
#           application/json;charset=UTF-8, as Java's frameworks write it, and application/vnd.image+json leave a text. Sent on in
#           structured mode the data is that text, written in JSON, so the next consumer has a text, too. The Python SDK reads
#           all of them as objects. And time loses its offset and what is finer than milliseconds.
# Versions: cloudevents 10.0.0 (npm), cloudevents 2.2.0 (PyPI), Node.js 20, Python 3.11
# Source:   run here; CloudEvents 1.0, HTTP binding 3.1.1 and JSON format 3.1 (a media type of JSON's kind is JSON); RFC 9110,
#           8.3.1 (charset=utf-8 and ;charset="UTF-8" are equivalent); cloudevents, dist/parsers.js, parserByContentType.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check cloudevents==2.2.0
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts --silent cloudevents@10.0.0 >>npm.log

cat >forward.js <<'JAVASCRIPT'
const { HTTP } = require('cloudevents');

const body = '{"size": 7}';
const attributes = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/images', 'ce-type': 'image.create' };
const types = process.argv.slice(2);
for (const type of types) {
  const headers = { ...attributes, 'ce-time': '2026-11-30T10:00:00.123456+02:00', 'content-type': type };
  const event = HTTP.toEvent({ headers, body });
  const sent = JSON.parse(HTTP.structured(event).body);
  console.log(`JavaScript, ${type}: ${typeof event.data}, sent on as ${JSON.stringify(sent.data)} of ${sent.time}`);
}
JAVASCRIPT
cat >read.py <<'PYTHON'
import sys

from cloudevents.core.bindings.http import HTTPMessage, from_http_event

ATTRIBUTES = {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "/images", "ce-type": "image.create"}
for kind in sys.argv[1:]:
    message = HTTPMessage(headers={**ATTRIBUTES, "content-type": kind}, body=b'{"size": 7}')
    print(f"Python, {kind}:", type(from_http_event(message).get_data()).__name__)
PYTHON
types=("application/json" "application/json; charset=utf-8" "application/json;charset=UTF-8" "application/vnd.image+json")
seen=$(node forward.js "${types[@]}" && venv/bin/python read.py "${types[@]}")
echo "$seen"
expected="JavaScript, application/json: object, sent on as {\"size\":7} of 2026-11-30T08:00:00.123Z
JavaScript, application/json; charset=utf-8: object, sent on as {\"size\":7} of 2026-11-30T08:00:00.123Z
JavaScript, application/json;charset=UTF-8: string, sent on as \"{\\\"size\\\": 7}\" of 2026-11-30T08:00:00.123Z
JavaScript, application/vnd.image+json: string, sent on as \"{\\\"size\\\": 7}\" of 2026-11-30T08:00:00.123Z
Python, application/json: dict
Python, application/json; charset=utf-8: dict
Python, application/json;charset=UTF-8: dict
Python, application/vnd.image+json: dict"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
