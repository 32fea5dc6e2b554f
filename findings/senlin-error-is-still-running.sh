#!/usr/bin/env bash
# Guess:    cluster.create.end and cluster.create.error, which Senlin's event dispatcher "message" sends when an action on a cluster
#           has ended, tell of the action how it ended, when and why: the payload has status, status_reason, end_time and exception.
#           And with [dispatchers] priority = warning, "lowest event priorities to be dispatched", INFO is not sent.
# Really:   the action is "RUNNING" in each of them, its reason is the one of its start and its end null: it is changed after the
#           notification was sent. What failed, with which reason, the dispatcher is told and leaves out; exception is never set. So
#           a failure, a timeout and a user's cancelling are one and the same cluster.create.error. And warning is not among the
#           names by which the threshold is looked up, where it is WARN, so it counts as info.
# Versions: senlin 16.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here without a database; senlin/engine/actions/base.py, Action.set_status (EVENT before self.status);
#           senlin/events/message.py (reason is not asked for); senlin/engine/event.py, _dump; senlin/conf/dispatchers.py;
#           senlin/common/consts.py, EVENT_LEVELS.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile senlin==16.0.0 oslo.messaging==18.3.1

cat >acting.py <<'PYTHON'
import datetime
import logging
import types
from unittest import mock

logging.disable()
import oslo_messaging  # noqa: E402
import senlin.conf  # noqa: E402, F401
from oslo_config import cfg  # noqa: E402
from oslo_log import log  # noqa: E402
from oslo_messaging.notify import _impl_test  # noqa: E402
from senlin import objects  # noqa: E402
from senlin.common import context, messaging  # noqa: E402
from senlin.engine import event  # noqa: E402
from senlin.engine.actions import base  # noqa: E402
from senlin.events import message  # noqa: E402

CONF = cfg.CONF
log.register_options(CONF)
CONF([], project="senlin", default_config_files=[])
CONF.set_override("host", "engine")
objects.register_all()
transport = oslo_messaging.get_notification_transport(CONF, "fake://")
messaging.NOTIFIER = oslo_messaging.Notifier(transport, driver="test", topics=["notifications"])
event.dispatchers = mock.Mock()
event.dispatchers.map_method = lambda _, level, action, **told: message.MessageEvent.dump(level, action, **told)


class Cluster(types.SimpleNamespace):
    """What the engine has of a cluster, as its class is asked for by name."""


ID = "6f3c2c8e-0f0a-4f63-9d3a-6a5b2f1f6f10"
NOW = datetime.datetime(2026, 11, 30, 10, tzinfo=datetime.timezone.utc)
OWNER = {"user": "u", "project": "p", "domain": None}
TIMES = {"init_at": NOW, "created_at": NOW, "updated_at": None}
SIZES = {"min_size": 0, "max_size": 5, "desired_capacity": 2, "timeout": 60}
STATE = {"status": "CREATING", "status_reason": "", "metadata": {}, "data": {}, "dependents": {}}
cluster = Cluster(id=ID, name="web", profile_id=ID, **TIMES, **SIZES, **STATE, **OWNER)
caller = context.RequestContext(user_id="u", project_id="p")


def running():
    action = base.Action(ID, "CLUSTER_CREATE", caller, id=ID, name="create", start_time=1.0, timeout=60, created_at=NOW)
    action.entity, action.status, action.status_reason = cluster, "RUNNING", "started"
    return action


with mock.patch.object(base.ao, "Action"):
    for result in (base.Action.RES_OK, base.Action.RES_ERROR, base.Action.RES_TIMEOUT, base.Action.RES_CANCEL):
        action = running()
        action.set_status(result, f"why it was {result}")
        _, sent, priority, _ = _impl_test.NOTIFICATIONS.pop()
        payload = sent["payload"]["senlin_object.data"]
        told = payload["action"]["senlin_object.data"]
        shown = [told[name] for name in ("status", "status_reason", "end_time")] + [payload["exception"]]
        print(f"{action.status}, {action.status_reason!r}: {priority} {sent['event_type']} with", *shown)
for lowest in ("info", "warning", "error"):
    CONF.set_override("priority", lowest, "dispatchers")
    for level in (event.info, event.warning, event.error):
        level(running(), "start")
    print(f"priority = {lowest}:", *(priority for _, _, priority, _ in _impl_test.NOTIFICATIONS))
    _impl_test.NOTIFICATIONS.clear()
PYTHON
seen=$(venv/bin/python -W ignore acting.py 2>stderr)
echo "$seen"
expected="SUCCEEDED, 'why it was OK': INFO cluster.create.end with RUNNING started None None
FAILED, 'why it was ERROR': ERROR cluster.create.error with RUNNING started None None
FAILED, 'why it was TIMEOUT': ERROR cluster.create.error with RUNNING started None None
CANCELLED, 'why it was CANCEL': ERROR cluster.create.error with RUNNING started None None
priority = info: INFO WARN ERROR
priority = warning: INFO WARN ERROR
priority = error: ERROR"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
