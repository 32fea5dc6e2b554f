#!/usr/bin/env bash
# Guess:    an event alarm of Aodh whose query says that a trait is not "active" (op: ne) fires for notifications that have the
#           trait, with another value; and a query that the API accepts can be met.
# Really:   it fires for each notification that has no such trait, too: nothing is not "active". A query about the event itself,
#           field: event_type, which the API accepts like one of traits, is never met: comparing raises TypeError for every
#           event, in the evaluator's log alone. Nor is one whose type is left empty met by a trait that is a number: the API
#           takes its "5" for 5, the evaluator for a text.
# Versions: aodh 23.0.0, Python 3.11
# Source:   run here without a database; aodh/evaluator/event.py; aodh/api/controllers/v2/alarm_rules/event.py and base.py,
#           Query.get_value; Aodh's documentation, "Event alarm", has examples of eq only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile aodh==23.0.0

cat >alarms.py <<'PYTHON'
import datetime
import types

from aodh import service
from aodh.api.controllers.v2.alarm_rules.event import AlarmEventRule
from aodh.evaluator.event import EventAlarmEvaluator
from aodh.storage.models import Alarm

EPOCH = datetime.datetime(2026, 11, 29)
ACTIVE, SIZE = ["status", 1, "active"], ["size", 2, 5]
QUERIES = (
    ({"field": "traits.status", "op": "ne", "value": "active", "type": "string"}, [ACTIVE]),
    ({"field": "traits.status", "op": "ne", "value": "active", "type": "string"}, [["status", 1, "killed"]]),
    ({"field": "traits.status", "op": "ne", "value": "active", "type": "string"}, [SIZE]),
    ({"field": "event_type", "op": "eq", "value": "image.update", "type": "string"}, []),
    ({"field": "traits.size", "op": "eq", "value": "5", "type": ""}, [SIZE]),
    ({"field": "traits.size", "op": "eq", "value": "5", "type": "integer"}, [SIZE]),
)


class Evaluator(EventAlarmEvaluator):
    """As it is, but for the database, and for what it does where an alarm fires."""

    def __init__(self, configuration, rule):
        super().__init__(configuration)
        alarm = Alarm(
            "a1", "event", True, "name", "", EPOCH, "user", "", "ok", EPOCH, "", [], [], [], True, rule, [], "low"
        )  # fmt: skip
        self.storage_conn = types.SimpleNamespace(get_alarms=lambda **_: [alarm])
        self.fired = False

    def _refresh(self, *_):
        self.fired = True


configuration = service.prepare_service(argv=[], config_files=[])
for query, traits in QUERIES:
    rule = AlarmEventRule("image.*", [query])
    AlarmEventRule.validate_alarm(types.SimpleNamespace(event_rule=rule))  # what the API asks
    evaluator = Evaluator(configuration, rule.as_dict())
    evaluator.evaluate_events([{"event_type": "image.update", "message_id": "m1", "traits": traits}])
    print(" ".join(query.values()).strip(), f"with {traits}: fires: {evaluator.fired}")
PYTHON
venv/bin/python alarms.py >seen 2>stderr || { tail -5 seen; exit 1; }
seen=$(grep fires: seen)
echo "$seen"
expected="traits.status ne active string with [['status', 1, 'active']]: fires: False
traits.status ne active string with [['status', 1, 'killed']]: fires: True
traits.status ne active string with [['size', 2, 5]]: fires: True
event_type eq image.update string with []: fires: False
traits.size eq 5 with [['size', 2, 5]]: fires: False
traits.size eq 5 integer with [['size', 2, 5]]: fires: True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
grep -q "TypeError: 'str' object is not callable" seen || { echo "changed: no such error is logged"; exit 1; }
