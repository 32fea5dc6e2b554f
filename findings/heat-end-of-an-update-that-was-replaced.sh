#!/usr/bin/env bash
# Guess:    orchestration.stack.update.end of Heat says that the stack has come into the state that its payload names,
#           UPDATE_COMPLETE; an update that a newer one has replaced says nothing any more, as it changes nothing. user_id is the
#           id of the user.
# Really:   the notification goes out before Heat asks the database whether this update is still the one that counts: state_set()
#           of one that was replaced returns False, logs that it does not set the state, and has told of UPDATE_COMPLETE, or of
#           UPDATE_FAILED with priority ERROR, while the stack is UPDATE_IN_PROGRESS. Nothing in the payload tells such a
#           notification from a true one: it has no id of the update. user_id is the user's name, like username; the id is in
#           user_identity. The time of creation is called create_at, that of the update updated_at.
# Versions: openstack-heat 27.0.1, oslo.messaging 18.3.1, Python 3.11
# Source:   run here without a database; heat/engine/stack.py, state_set and _persist_state (_send_notification_and_add_event
#           before select_and_update, exp_trvsl); heat/engine/api.py, format_notification_body, and its comment; heat/rpc/api.py,
#           NOTIFY_KEYS.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile openstack-heat==27.0.1 oslo.messaging==18.3.1

cat >updating.py <<'PYTHON'
import datetime
from unittest import mock

import oslo_messaging
from heat.common import context, messaging
from heat.engine import stack, template
from oslo_config import cfg
from oslo_messaging.notify import _impl_test

cfg.CONF([], project="heat", default_config_files=[])
transport = oslo_messaging.get_notification_transport(cfg.CONF, "fake://")
messaging.NOTIFIER = oslo_messaging.Notifier(transport, driver="test", topics=["notifications"])
caller = context.RequestContext(username="amy", user_id="u1", project_id="p1", is_admin=False)
times = {"created_time": datetime.datetime(2026, 12, 1, 10), "updated_time": datetime.datetime(2026, 12, 1, 11)}
empty = template.Template({"heat_template_version": "2018-08-31", "resources": {}})
began = {"action": "UPDATE", "status": "IN_PROGRESS", "convergence": True, "current_traversal": "first", "tags": ["a"]}

DATABASE = {"current_traversal": "second", "state": "UPDATE_IN_PROGRESS"}


def select_and_update(context, stack_id, values, exp_trvsl=None):
    """Stand in for UPDATE ... WHERE current_traversal = exp_trvsl."""
    if DATABASE["current_traversal"] != exp_trvsl:
        return False
    DATABASE["state"] = f"{values['action']}_{values['status']}"
    return True


with (
    mock.patch.object(stack.stack_object.Stack, "get_by_id"),
    mock.patch.object(stack.stack_object.Stack, "select_and_update", select_and_update),
    mock.patch.object(stack.Stack, "_add_event"),
):
    for traversal, status in (("first", "COMPLETE"), ("first", "FAILED"), ("second", "COMPLETE")):
        one = stack.Stack(caller, "web", empty, stack_id="s1", **{**began, "current_traversal": traversal}, **times)
        done = one.state_set("UPDATE", status, "finished")
        for _, message, priority, _ in _impl_test.NOTIFICATIONS:
            payload = message["payload"]
            told = f"{priority} {message['event_type']} {payload['state']}"
        print(f"{traversal} update: state_set {done}, told {told}; the stack is {DATABASE['state']}")
print({name: value for name, value in sorted(payload.items()) if name.startswith("user") or name.endswith("_at")})
print("second" in str(payload))
PYTHON
seen=$(venv/bin/python -W ignore updating.py 2>stderr)
echo "$seen"
expected="first update: state_set False, told INFO orchestration.stack.update.end UPDATE_COMPLETE; the stack is UPDATE_IN_PROGRESS
first update: state_set False, told ERROR orchestration.stack.update.error UPDATE_FAILED; the stack is UPDATE_IN_PROGRESS
second update: state_set True, told INFO orchestration.stack.update.end UPDATE_COMPLETE; the stack is UPDATE_COMPLETE
{'create_at': '2026-12-01T10:00:00Z', 'updated_at': '2026-12-01T11:00:00Z', 'user_id': 'amy', 'user_identity': 'u1', 'username': 'amy'}
False"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
