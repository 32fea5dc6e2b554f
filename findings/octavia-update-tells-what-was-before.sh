#!/usr/bin/env bash
# Guess:    octavia.loadbalancer.update.end, which Octavia sends when it has changed a load balancer, tells what the load balancer is
#           now, or what was changed of it.
# Really:   it tells what it was before: the flow of an update is given the load balancer as it was and the changes beside it, no
#           step reads it anew, and the notification, which is its last step, is made of the former. A name that was changed from
#           "old" to "new" is told as "old"; "new" stands nowhere until the next update. A consumer who keeps a copy is always one
#           update behind. There is no other notification to put it right: a start, or an update that failed, is not told.
# Versions: octavia 19.0.0, octavia-lib 3.12.0, taskflow 6.5.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here with the steps that need a database, Nova or Neutron left out; octavia/controller/worker/v2/flows/
#           load_balancer_flows.py, get_update_load_balancer_flow; octavia/controller/worker/v2/controller_worker.py,
#           update_load_balancer (store); octavia/api/drivers/amphora_driver/v2/driver.py, loadbalancer_update; notification_tasks.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check taskflow==6.5.0 oslo.messaging==18.3.1
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps octavia==19.0.0 octavia-lib==3.12.0

cat >updates.py <<'PYTHON'
import logging
import sys
from unittest import mock

import oslo_messaging
import taskflow.engines
from oslo_config import cfg
from oslo_messaging.notify import _impl_test
from taskflow import task

logging.disable()
CONF = cfg.CONF
names = ("initial_delay", "backoff", "max", "attempts")
CONF.register_opts([cfg.IntOpt(f"api_db_commit_retry_{name}", default=1) for name in names], group="haproxy_amphora")
CONF.register_opts([cfg.BoolOpt("event_notifications", default=True)], group="controller_worker")
CONF.register_opts([cfg.BoolOpt("jobboard_enabled", default=False)], group="task_flow")


class Steps:
    """Tasks that need a database, Nova or Neutron: each says what it is given and does nothing."""

    def __getattr__(self, name):
        def execute(self, **given):
            if name == "UpdateLoadbalancerInDB":
                print("the step that writes to the database:", given["loadbalancer"]["name"], given["update_dict"])

        return type(name, (task.Task,), {"execute": execute})


for name in ("amphorae.driver_exceptions", "api.drivers", "common.base_taskflow", "common.context", "common.utils", "db"):
    sys.modules[f"octavia.{name}"] = mock.MagicMock()
for name in ("amphora", "health_monitor", "l7policy", "l7rule", "listener", "member", "pool"):
    sys.modules[f"octavia.controller.worker.v2.flows.{name}_flows"] = mock.MagicMock()
for name in ("amphora_driver", "compute", "database", "lifecycle", "network"):
    sys.modules[f"octavia.controller.worker.v2.tasks.{name}_tasks"] = Steps()
sys.modules["octavia.controller.worker.v2.taskflow_jobboard_driver"] = sys.modules["sqlalchemy.orm"] = mock.MagicMock()
sys.modules["octavia.common.rpc"] = rpc = mock.MagicMock()
transport = oslo_messaging.get_notification_transport(CONF, "fake://")
rpc.get_notifier = lambda: oslo_messaging.Notifier(transport, "octavia", driver="test", topics=["notifications"])
from octavia.controller.worker.v2 import controller_worker  # noqa: E402

worker = controller_worker.ControllerWorker()
worker.tf_engine.taskflow_load = lambda flow, store: taskflow.engines.load(flow, store=store)
worker._get_db_obj_until_pending_update = mock.Mock()
state = {"loadbalancer_id": "a1", "project_id": "p", "name": "old", "admin_state_up": True}
for changes in ({"name": "new"}, {"name": "newest", "enabled": False}):
    worker.update_load_balancer(dict(state), changes)
    _, message, priority, _ = _impl_test.NOTIFICATIONS[-1]
    print(priority, message["event_type"], message["payload"])
    state |= {"name": changes["name"]}
print("notifications of two updates:", len(_impl_test.NOTIFICATIONS))
PYTHON
seen=$(venv/bin/python -W ignore updates.py)
echo "$seen"
expected="the step that writes to the database: old {'name': 'new'}
INFO octavia.loadbalancer.update.end {'loadbalancer_id': 'a1', 'project_id': 'p', 'name': 'old', 'admin_state_up': True}
the step that writes to the database: new {'name': 'newest', 'enabled': False}
INFO octavia.loadbalancer.update.end {'loadbalancer_id': 'a1', 'project_id': 'p', 'name': 'new', 'admin_state_up': True}
notifications of two updates: 2"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
