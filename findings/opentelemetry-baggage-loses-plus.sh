#!/usr/bin/env bash
# Guess:    what a service puts into W3C baggage reaches the next one as it was, whatever library each of them uses: what the header
#           may not hold is percent-encoded, and all else stands for itself.
# Really:   OpenTelemetry's propagator reads a plus as a space, as in a form of a web page, and writes a space as a plus. Of a
#           header that keeps the standard the offset of a time, 08:00:00+02:00, is lost, and base64 is broken; others
#           read its "image create" as "image+create". Between two services of OpenTelemetry for Python all is well, so
#           their tests see nothing.
# Versions: opentelemetry-api 1.45.2, Python 3.11
# Source:   run here; W3C Baggage, "value" (a plus is a baggage-octet, a space is percent-encoded); issue 5566 of
#           opentelemetry-python (open); opentelemetry/baggage/propagation/__init__.py, quote_plus and unquote_plus.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check opentelemetry-api==1.45.2

cat >baggages.py <<'PYTHON'
from urllib.parse import unquote

from opentelemetry import baggage
from opentelemetry.baggage.propagation import W3CBaggagePropagator

propagator = W3CBaggagePropagator()
for value in ("2026-11-29T08:00:00+02:00", "2026-11-29T08:00:00%2B02:00", "aW1+ZQ==", "image%20create"):
    print(f"header {value}: {baggage.get_baggage('sent', propagator.extract({'baggage': f'sent={value}'}))!r}")
for value in ("image create", "08:00:00+02:00"):
    header = {}
    propagator.inject(header, baggage.set_baggage("sent", value))
    written = header["baggage"].removeprefix("sent=")
    back = baggage.get_baggage("sent", propagator.extract(header))
    print(f"value {value!r}: header {written}, to others {unquote(written)!r}, to itself {back!r}")
PYTHON
seen=$(venv/bin/python baggages.py)
echo "$seen"
expected="header 2026-11-29T08:00:00+02:00: '2026-11-29T08:00:00 02:00'
header 2026-11-29T08:00:00%2B02:00: '2026-11-29T08:00:00+02:00'
header aW1+ZQ==: 'aW1 ZQ=='
header image%20create: 'image create'
value 'image create': header image+create, to others 'image+create', to itself 'image create'
value '08:00:00+02:00': header 08%3A00%3A00%2B02%3A00, to others '08:00:00+02:00', to itself '08:00:00+02:00'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
