#!/usr/bin/env bash
# Guess:    of a JSON object in which a name stands twice, which RFC 8259 allows and leaves open, a library takes the one or the
#           other; Python's all take the last.
# Really:   one parsed document of pysimdjson gives both: document["priority"], get() and at_pointer() find the first, as_dict(),
#           loads() and the items see the last, and items() and len() count two. A consumer that routes by one and stores by the
#           other has two messages in one.
# Versions: pysimdjson 7.0.2, orjson 3.13.0, Python 3.11
# Source:   run here; RFC 8259, 4; pysimdjson's documentation says nothing of it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pysimdjson==7.0.2 orjson==3.13.0

cat >names.py <<'PYTHON'
import json

import orjson
import simdjson

TEXT = b'{"event_type": "image.create", "priority": "ERROR", "priority": "INFO"}'
document = simdjson.Parser().parse(TEXT)
print("json", json.loads(TEXT)["priority"], "orjson", orjson.loads(TEXT)["priority"])
print("by name", document["priority"], "get", document.get("priority"), "pointer", document.at_pointer("/priority"))
print("as_dict", document.as_dict()["priority"], "loads", simdjson.loads(TEXT)["priority"])
print("len", len(document), "items", [value for name, value in document.items() if name == "priority"])
PYTHON
seen=$(venv/bin/python names.py)
echo "$seen"
expected="json INFO orjson INFO
by name ERROR get ERROR pointer ERROR
as_dict INFO loads INFO
len 3 items ['ERROR', 'INFO']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
