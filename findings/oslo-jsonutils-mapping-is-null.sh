#!/usr/bin/env bash
# Guess:    a mapping that is no dict, a UserDict or a MappingProxyType, goes into a notification as an object, as a dict does,
#           however deep it is nested; what oslo.serialization cannot write, it raises for.
# Really:   below the third such mapping stands null, whatever was there: three deep all is written, of the fourth and what is in
#           it nothing is left. No error and no warning; a list, a tuple or a dict may be as deep as it likes. So a payload of
#           read-only views loses its innermost values, and a consumer, whose schema lets null pass, takes them for unknown.
# Versions: oslo.serialization 5.11.0, Python 3.11
# Source:   run here; oslo_serialization/jsonutils.py, to_primitive (max_depth=3, counted for what has iteritems or items; dumps,
#           which oslo.messaging's format 2.0 is written with, has no way to set it).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.serialization==5.11.0

cat >nested.py <<'PYTHON'
from collections import UserDict
from types import MappingProxyType

from oslo_serialization import jsonutils

KINDS = {"dict": dict, "UserDict": UserDict, "MappingProxyType": MappingProxyType}
for name, kind in KINDS.items():
    for depth in (3, 4, 5):
        payload = "inside"
        for _ in range(depth):
            payload = kind({"in": payload})
        print(f"{depth} times {name}: {jsonutils.dumps({'payload': payload})}")
PYTHON
seen=$(venv/bin/python nested.py)
echo "$seen"
expected="3 times dict: {\"payload\": {\"in\": {\"in\": {\"in\": \"inside\"}}}}
4 times dict: {\"payload\": {\"in\": {\"in\": {\"in\": {\"in\": \"inside\"}}}}}
5 times dict: {\"payload\": {\"in\": {\"in\": {\"in\": {\"in\": {\"in\": \"inside\"}}}}}}
3 times UserDict: {\"payload\": {\"in\": {\"in\": {\"in\": \"inside\"}}}}
4 times UserDict: {\"payload\": {\"in\": {\"in\": {\"in\": null}}}}
5 times UserDict: {\"payload\": {\"in\": {\"in\": {\"in\": null}}}}
3 times MappingProxyType: {\"payload\": {\"in\": {\"in\": {\"in\": \"inside\"}}}}
4 times MappingProxyType: {\"payload\": {\"in\": {\"in\": {\"in\": null}}}}
5 times MappingProxyType: {\"payload\": {\"in\": {\"in\": {\"in\": null}}}}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
