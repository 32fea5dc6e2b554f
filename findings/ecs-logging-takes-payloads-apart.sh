#!/usr/bin/env bash
# Guess:    a log line that ecs-logging writes of a notification (extra={"payload": …}) holds the payload as it was given;
#           dots make objects of the names of ECS fields only.
# Really:   in objects at every depth a dotted name is taken apart: Glance's image property "hw.video.ram" becomes
#           {"hw": {"video": {"ram": …}}}, "a.b" and {"a": {"c": …}} are merged, and members that are null or an empty object are
#           left out; in objects that are items of a list nothing of it is done. A payload that has "hw.video" and
#           "hw.video.ram" gives no line at all, only logging's own traceback on stderr.
# Versions: ecs-logging 2.3.0, Python 3.11
# Source:   run here; ecs_logging/_utils.py, de_dot and normalize_dict; the documentation speaks of dotted fields of extra.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ecs-logging==2.3.0

cat >payloads.py <<'PYTHON'
import io
import json
import logging

import ecs_logging


def logged(payload):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ecs_logging.StdlibFormatter())
    logger = logging.Logger("service")
    logger.addHandler(handler)
    logger.info("image.create", extra={"payload": payload})
    lines = stream.getvalue().splitlines()
    return json.loads(lines[0]).get("payload", "no such member") if lines and lines[0] else "no line"


for payload in (
    {"hw.video.ram": 64}, {"a.b": 1, "a": {"c": 2}}, {"deleted_at": None, "size": 3}, {"properties": {}, "tags": []},
    {"members": [{"a.b": 1, "until": None}]}, {"hw.video": "qxl", "hw.video.ram": 64},
):
    print(json.dumps(payload), "->", json.dumps(logged(payload)))
PYTHON
seen=$(venv/bin/python payloads.py 2>stderr)
echo "$seen"
expected="{\"hw.video.ram\": 64} -> {\"hw\": {\"video\": {\"ram\": 64}}}
{\"a.b\": 1, \"a\": {\"c\": 2}} -> {\"a\": {\"b\": 1, \"c\": 2}}
{\"deleted_at\": null, \"size\": 3} -> {\"size\": 3}
{\"properties\": {}, \"tags\": []} -> {\"tags\": []}
{\"members\": [{\"a.b\": 1, \"until\": null}]} -> {\"members\": [{\"a.b\": 1, \"until\": null}]}
{\"hw.video\": \"qxl\", \"hw.video.ram\": 64} -> \"no line\""
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
