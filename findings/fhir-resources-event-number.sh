#!/usr/bin/env bash
# Guess:    a FHIR notification (SubscriptionStatus) that fhir.resources reads and writes again is the same in FHIR's JSON: it is
#           what the library is for.
# Really:   eventNumber, an integer64, which FHIR writes as a text, "18", becomes the number 18, which a reader that keeps the
#           standard refuses, and which JavaScript rounds above 2**53; fhir.resources itself reads both. A decimal loses its last
#           digit, 1.20 becomes 1.2, which FHIR forbids, for digits say how exact a measurement is; an instant loses .000 or gets
#           six digits for three.
# Versions: fhir.resources 8.3.0, pydantic 2.14.4, Python 3.11
# Source:   run here; FHIR R5, "Datatypes" (integer64 is a JSON string; the precision of a decimal is to be kept) and
#           "SubscriptionStatus"; fhir_core/types.py, Integer64 and Decimal.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check fhir.resources==8.3.0 pydantic==2.14.4

cat >status.py <<'PYTHON'
import json

from fhir.resources.observation import Observation
from fhir.resources.subscriptionstatus import SubscriptionStatus

STATUS = """{"resourceType": "SubscriptionStatus", "type": "event-notification", "eventsSinceSubscriptionStart": "9007199254740993",
 "notificationEvent": [{"eventNumber": "18", "timestamp": "2026-11-29T08:00:00.000Z"},
 {"eventNumber": 19, "timestamp": "2026-11-29T08:00:00.120+02:00"}], "subscription": {"reference": "Subscription/1"}}"""
OBSERVED = '{"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "valueQuantity": {"value": 1.20}}'
status = json.loads(SubscriptionStatus.model_validate_json(STATUS).model_dump_json())
print(json.dumps(status["eventsSinceSubscriptionStart"]), json.dumps(status["notificationEvent"]))
print(Observation.model_validate_json(OBSERVED).model_dump_json())
PYTHON
seen=$(venv/bin/python status.py)
echo "$seen"
expected="9007199254740993 [{\"eventNumber\": 18, \"timestamp\": \"2026-11-29T08:00:00Z\"}, {\"eventNumber\": 19, \"timestamp\": \"2026-11-29T08:00:00.120000+02:00\"}]
{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"valueQuantity\":{\"value\":1.2}}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
