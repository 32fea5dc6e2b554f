#!/usr/bin/env bash
# Guess:    polars reads a recording of JSON lines whole, or raises: its columns are inferred from the first hundred lines, so
#           what does not suit them later is an error, as a text in a column of numbers is.
# Really:   a name that no line of the first hundred has is left out without a word, in the notification and within its payload,
#           from read_ndjson, scan_ndjson, from_dicts and DataFrame alike: of a rare event type all that only it has is gone, and
#           its payload is one of nulls. In the sample, a number beside a text becomes a text, and an absent member null.
#           With infer_schema_length=None every name is there.
# Versions: polars 2.1.0, Python 3.11
# Source:   run here; polars's documentation of infer_schema_length speaks of how many rows are scanned, not of what is dropped;
#           polars's issue 29330 (open), where read_json of the same records in an array raises.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check polars==2.1.0

cat >names.py <<'PYTHON'
import json
from pathlib import Path

import polars

recording = [{"event_type": "image.update", "payload": {"size": size}} for size in range(100)]
recording.append({"event_type": "image.upload", "priority": "ERROR", "payload": {"reason": "the disk is full"}})
Path("recording.jsonl").write_text("".join(json.dumps(one) + "\n" for one in recording))
Path("mixed.jsonl").write_text('{"payload": 7}\n{"payload": "7"}\n{}\n')
for name, frame in {
    "read_ndjson": polars.read_ndjson("recording.jsonl"),
    "scan_ndjson": polars.scan_ndjson("recording.jsonl").collect(),
    "from_dicts": polars.from_dicts(recording),
    "DataFrame": polars.DataFrame(recording),
    "all inferred": polars.read_ndjson("recording.jsonl", infer_schema_length=None),
}.items():
    print(f"{name}: {json.dumps(frame.to_dicts()[-1], sort_keys=True)}")
print("mixed:", polars.read_ndjson("mixed.jsonl").to_dicts())
PYTHON
seen=$(venv/bin/python names.py)
echo "$seen"
bare='{"event_type": "image.upload", "payload": {"size": null}}'
expected="read_ndjson: $bare
scan_ndjson: $bare
from_dicts: $bare
DataFrame: $bare
all inferred: {\"event_type\": \"image.upload\", \"payload\": {\"reason\": \"the disk is full\", \"size\": null}, \"priority\": \"ERROR\"}
mixed: [{'payload': '7'}, {'payload': '7'}, {'payload': None}]"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
