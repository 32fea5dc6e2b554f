#!/usr/bin/env bash
# Guess:    a message that kombu compressed with "gzip" and labels `compression: application/x-gzip` is a gzip stream, which
#           any consumer in another language can open.
# Really:   it is a bare zlib stream (78 9c, not 1f 8b): "gzip" is but another name for zlib there. gzip refuses it, and
#           kombu refuses what is really gzip under that label.
# Versions: kombu 5.7.0, Python 3.11
# Source:   run here; RFC 1950 and RFC 1952 for the two formats; kombu/compression.py registers one for both names.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check kombu==5.7.0

cat >labels.py <<'PYTHON'
import gzip
import zlib

from kombu import compression

body = b'{"event_type": "image.create"}'
for name in ("gzip", "zlib"):
    compressed, label = compression.compress(body, name)
    print(name, label, compressed[:2].hex(), "zlib opens it:", zlib.decompress(compressed) == body)
try:
    print("gzip opens it:", gzip.decompress(compressed) == body)
except gzip.BadGzipFile as error:
    print("gzip:", error)
try:
    print("kombu opens gzip:", compression.decompress(gzip.compress(body), "application/x-gzip") == body)
except zlib.error as error:
    print("kombu:", error)
PYTHON
seen=$(venv/bin/python labels.py)
echo "$seen"
expected="gzip application/x-gzip 789c zlib opens it: True
zlib application/x-gzip 789c zlib opens it: True
gzip: Not a gzipped file (b'x\x9c')
kombu: Error -3 while decompressing data: incorrect header check"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
