#!/usr/bin/env bash
# Guess:    the JSON that Snowplow's analytics SDK for Python makes of an enriched event has all entities that belong to it, those
#           that the tracker sent and those that enrichment found, each under its schema; a number of the event is a number.
# Really:   what enrichment found of a schema takes the place of what the tracker sent of the same one: contexts and
#           derived_contexts are written into one object, name by name, and of two entities of com.acme/user one is left. Nothing
#           is said. Two schemas have one name where vendor and name meet: com.acme/image_created and com.acme.image/created stand
#           in one list. se_value, the one number that a structured event has, stays a text, tr_total is a number.
# Versions: snowplow-analytics-sdk 0.2.3, Python 3.11
# Source:   run here; snowplow_analytics_sdk/event_transformer.py, jsonify_good_event (output[kvpair[0]] = kvpair[1]) and
#           ENRICHED_EVENT_FIELD_TYPES (se_value, convert_string; tr_total, convert_double), and json_shredder.py, fix_schema.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snowplow-analytics-sdk==0.2.3

cat >events.py <<'PYTHON'
import json

from snowplow_analytics_sdk import event_transformer

NAMES = [name for name, _ in event_transformer.ENRICHED_EVENT_FIELD_TYPES]
CONTEXTS = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1"


def contexts(*entities):
    return json.dumps({"schema": CONTEXTS, "data": [{"schema": f"iglu:{uri}", "data": data} for uri, data in entities]})


def told(**fields):
    line = "\t".join(fields.get(name, "") for name in NAMES)
    return json.dumps(event_transformer.transform(line), sort_keys=True)


sent = contexts(("com.acme/user/jsonschema/1-0-0", {"id": "7"}))
found = contexts(("com.acme/user/jsonschema/1-0-0", {"country": "de"}))
print("sent:", told(contexts=sent))
print("found:", told(derived_contexts=found))
print("both:", told(contexts=sent, derived_contexts=found))
two = [("com.acme/image_created/jsonschema/1-0-0", {"id": "a"}), ("com.acme.image/created/jsonschema/1-0-0", {"size": 3})]
print("two schemas:", told(contexts=contexts(*two)))
print("numbers:", told(se_value="19.99", tr_total="19.99"))
PYTHON
seen=$(venv/bin/python -W ignore events.py)
echo "$seen"
expected='sent: {"contexts_com_acme_user_1": [{"id": "7"}]}
found: {"contexts_com_acme_user_1": [{"country": "de"}]}
both: {"contexts_com_acme_user_1": [{"country": "de"}]}
two schemas: {"contexts_com_acme_image_created_1": [{"id": "a"}, {"size": 3}]}
numbers: {"se_value": "19.99", "tr_total": 19.99}'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
