#!/usr/bin/env bash
# Guess:    what opensearch-py stores of an event depends on the event and on opensearch-py; another package that is there, too, for
#           some other part of a service, is no matter.
# Really:   where simplejson can be imported it writes with that instead of json. Without it a Decimal is a float, so the number
#           12345678901234567.89 is stored as 1.2345678901234568e+16, NaN is written, which is no JSON, and bytes are refused. With
#           it a Decimal keeps its digits, NaN is refused, and bytes are a text. Neither is said, and simplejson is not among
#           what opensearch-py asks for. Times and UUIDs are alike.
# Versions: opensearch-py 3.2.0, with and without simplejson 4.3.0, Python 3.11
# Source:   run here without a server; RFC 8259, 6; opensearchpy/serializer.py (simplejson where it can be imported).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check opensearch-py==3.2.0

cat >write.py <<'PYTHON'
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from opensearchpy.exceptions import SerializationError
from opensearchpy.serializer import JSONSerializer

MOMENT = datetime(2026, 11, 30, 10, tzinfo=UTC)
for value in (Decimal("12345678901234567.89"), Decimal("1.20"), float("nan"), b"glance", UUID(int=7), MOMENT):
    try:
        written = JSONSerializer().dumps({"value": value})
    except SerializationError:
        written = "refused"
    print(f"  {type(value).__name__}: {written}")
PYTHON
without=$(venv/bin/python write.py)
venv/bin/python -m pip install --quiet --disable-pip-version-check simplejson==4.3.0
seen=$(printf 'without simplejson\n%s\nwith simplejson\n%s\n' "$without" "$(venv/bin/python write.py)")
echo "$seen"
expected="without simplejson
  Decimal: {\"value\":1.2345678901234568e+16}
  Decimal: {\"value\":1.2}
  float: {\"value\":NaN}
  bytes: refused
  UUID: {\"value\":\"00000000-0000-0000-0000-000000000007\"}
  datetime: {\"value\":\"2026-11-30T10:00:00+00:00\"}
with simplejson
  Decimal: {\"value\":12345678901234567.89}
  Decimal: {\"value\":1.20}
  float: refused
  bytes: {\"value\":\"glance\"}
  UUID: {\"value\":\"00000000-0000-0000-0000-000000000007\"}
  datetime: {\"value\":\"2026-11-30T10:00:00+00:00\"}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
