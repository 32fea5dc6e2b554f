#!/usr/bin/env bash
# Guess:    the ids and texts of an OpenADR message that OpenLEADR reads are the texts that were sent, as OpenADR's schema has
#           them: a program answers about event "007" by that id.
# Really:   whatever looks like a number is one: event "007" is 7, request "0815" is 815 and device "1.10" is 1.1, which is what
#           the answer is sent with, and which is no event of the other side's. A comment "true" is True. What is made of digits
#           and points and is no number, a version 1.2.3, ends the reading of the whole message in a ValueError. Ids with a
#           letter or a hyphen, as OpenLEADR itself makes them, survive.
# Versions: openleadr 0.5.36, Python 3.11
# Source:   run here; openleadr/utils.py, normalize_dict; OpenADR 2.0b's schema (eventID, requestID and vtnComment are
#           xs:string).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check openleadr==0.5.36

cat >ids.py <<'PYTHON'
from datetime import datetime, timedelta, timezone

from openleadr.messaging import create_message, parse_message

NOON, HOUR = datetime(2026, 11, 30, 12, tzinfo=timezone.utc), timedelta(hours=1)


def sent(event_id, comment):
    descriptor = {
        "event_id": event_id, "modification_number": 0, "modification_date_time": NOON, "created_date_time": NOON,
        "priority": 0, "market_context": "http://market", "event_status": "near", "test_event": "false",
        "vtn_comment": comment,
    }  # fmt: skip
    signal = {
        "intervals": [{"duration": HOUR, "uid": 0, "signal_payload": 1}], "signal_name": "simple",
        "signal_type": "level", "signal_id": "s1", "current_value": 0,
    }  # fmt: skip
    event = {
        "event_descriptor": descriptor, "active_period": {"dtstart": NOON, "duration": HOUR}, "event_signals": [signal],
        "targets": [{"ven_id": "1.10"}], "response_required": "always",
    }  # fmt: skip
    answer = {"response_code": 200, "response_description": "OK", "request_id": "0815"}
    return create_message("oadrDistributeEvent", vtn_id="vtn", request_id="0815", response=answer, events=[event])


for event_id, comment in (("e-7", "on"), ("007", "true"), ("1e5", "1.2.3")):
    message = sent(event_id, comment)
    assert f"{event_id}<" in message and f"{comment}<" in message and "1.10<" in message
    try:
        _, read = parse_message(message)
    except ValueError as error:
        print(f"{event_id} {comment}: {error}")
        continue
    event = read["events"][0]
    named = [event["event_descriptor"][name] for name in ("event_id", "vtn_comment")]
    print(f"{event_id} {comment}:", *map(repr, (*named, read["request_id"], event["targets"][0]["ven_id"])))
PYTHON
seen=$(venv/bin/python -W ignore ids.py)
echo "$seen"
expected="e-7 on: 'e-7' 'on' 815 1.1
007 true: 7 True 815 1.1
1e5 1.2.3: could not convert string to float: '1.2.3'"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
