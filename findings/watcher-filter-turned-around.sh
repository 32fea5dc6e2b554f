#!/usr/bin/env bash
# Guess:    Watcher's NotificationFilter, a subclass of oslo.messaging's for those who teach it models of other services, passes on
#           notifications whose payload matches, as the class above it does, and can do so for nested objects besides.
# Really:   at the top of the payload it does the reverse: {"state": "^active$"} passes on what is not active, and of two rules it
#           is enough that one does not match. One object deeper it is right again, at three levels it is turned around
#           once more; Watcher's own test has two. A filter by metadata holds back what matches. Neither event_type nor
#           publisher_id is concerned.
# Versions: python-watcher 17.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here; watcher/decision_engine/model/notification/filtering.py, _check_for_mismatch (each level negates the one
#           below it); Watcher's guide, "Build a new cluster data model collector".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check oslo.messaging==18.3.1 pbr==7.1.3
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps python-watcher==17.0.0

cat >filters.py <<'PYTHON'
import oslo_messaging
from watcher.decision_engine.model.notification.filtering import NotificationFilter

ACTIVE = {"state": "active", "host": "h1", "data": {"state": "active", "more": {"state": "active"}}}
ERROR = {"state": "error", "host": "h1", "data": {"state": "error", "more": {"state": "error"}}}
STATE = {"state": "^active$"}


def passes(rule, payload):
    return rule.match({}, "nova-compute", "compute.update", {"timestamp": "2026-11-29"}, payload)


for rule in (
    {"payload": STATE}, {"payload": {**STATE, "host": "^h1$"}}, {"payload": {**STATE, "host": "^h2$"}},
    {"payload": {"data": STATE}}, {"payload": {"data": {"more": STATE}}}, {"metadata": {"timestamp": "^2026"}},
    {"event_type": "^compute"},
):  # fmt: skip
    watcher = NotificationFilter(**rule)
    print(rule, f"Watcher: active {passes(watcher, ACTIVE)}, error {passes(watcher, ERROR)}", end="")
    try:
        oslo = oslo_messaging.NotificationFilter(**rule)
        print(f"; oslo.messaging: active {passes(oslo, ACTIVE)}, error {passes(oslo, ERROR)}")
    except TypeError:
        print("; oslo.messaging knows no nested rules")
PYTHON
seen=$(venv/bin/python filters.py 2>stderr)
echo "$seen"
expected="{'payload': {'state': '^active\$'}} Watcher: active False, error True; oslo.messaging: active True, error False
{'payload': {'state': '^active\$', 'host': '^h1\$'}} Watcher: active False, error True; oslo.messaging: active True, error False
{'payload': {'state': '^active\$', 'host': '^h2\$'}} Watcher: active True, error True; oslo.messaging: active False, error False
{'payload': {'data': {'state': '^active\$'}}} Watcher: active True, error False; oslo.messaging knows no nested rules
{'payload': {'data': {'more': {'state': '^active\$'}}}} Watcher: active False, error True; oslo.messaging knows no nested rules
{'metadata': {'timestamp': '^2026'}} Watcher: active False, error False; oslo.messaging: active True, error True
{'event_type': '^compute'} Watcher: active True, error True; oslo.messaging: active True, error True"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
