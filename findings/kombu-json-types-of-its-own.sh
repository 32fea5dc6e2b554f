#!/usr/bin/env bash
# Guess:    kombu's serializer "json" writes a UUID, a time or a Decimal of a message as a text, so that a consumer in
#           another language reads a text.
# Really:   it writes an object of two members, __type__ and __value__, a UUID's value being one more object; only a
#           consumer that knows kombu's names finds the id. Values that JSON has stay as they are.
# Versions: kombu 5.7.0, Python 3.11
# Source:   run here; kombu/utils/json.py, register_type.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check kombu==5.7.0

cat >values.py <<'PYTHON'
from datetime import datetime, timezone
from decimal import Decimal
from uuid import UUID

from kombu.serialization import dumps

for value in (
    UUID("71c675ab-d94f-49cd-a114-e12490b328d9"),
    datetime(2026, 11, 29, 8, 0, tzinfo=timezone.utc),
    Decimal("1.50"),
    "71c675ab-d94f-49cd-a114-e12490b328d9",
):
    content_type, _encoding, body = dumps({"id": value}, serializer="json")
    print(content_type, body)
PYTHON
seen=$(venv/bin/python values.py)
echo "$seen"
expected='application/json {"id": {"__type__": "uuid", "__value__": {"hex": "71c675abd94f49cda114e12490b328d9"}}}
application/json {"id": {"__type__": "datetime", "__value__": "2026-11-29T08:00:00+00:00"}}
application/json {"id": {"__type__": "decimal", "__value__": "1.50"}}
application/json {"id": "71c675ab-d94f-49cd-a114-e12490b328d9"}'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
