#!/usr/bin/env bash
# Guess:    Vitrage, which looks for root causes, hears of what failed: its drivers name compute.instance.create.error of Nova and
#           orchestration.stack.update.error of Heat among the event types that they want.
# Really:   its listener has a method for the priority INFO only, so oslo.messaging does not even listen to notifications.error,
#           where Heat, and Nova's unversioned notifications, tell of what failed. Eleven event types that end in .error are
#           named, and none of what is sent at that priority comes; nothing is logged. At INFO the same notification is dealt
#           with.
# Versions: vitrage 15.0.1, oslo.messaging 18.3.1, Python 3.11
# Source:   run here with the fake driver, without clients of other services; vitrage/entity_graph/driver_exec.py,
#           DriversNotificationEndpoint; heat 27.0.0, heat/engine/notification/stack.py (ERROR where a stack failed); nova 33.0.0,
#           nova/compute/utils.py, notify_about_instance_usage (notifier.error).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile oslo.messaging==18.3.1 pbr==7.1.3 python-dateutil==2.9.0.post0
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps vitrage==15.0.1

cat >hearing.py <<'PYTHON'
import sys
import threading
from unittest import mock

sys.modules["vitrage.os_clients"] = mock.Mock()
import oslo_messaging  # noqa: E402
from oslo_config import cfg  # noqa: E402
from vitrage.datasources.heat.stack.driver import HeatStackDriver  # noqa: E402
from vitrage.datasources.nova.instance.driver import InstanceDriver  # noqa: E402
from vitrage.entity_graph.driver_exec import DriversNotificationEndpoint  # noqa: E402

wanted = {*InstanceDriver.get_event_types(), *HeatStackDriver.get_event_types()}
print(len([event_type for event_type in wanted if event_type.endswith(".error")]), "event types of failures are wanted")
transport = oslo_messaging.get_notification_transport(cfg.ConfigOpts(), "fake://")
last = threading.Event()
came = []
endpoint = DriversNotificationEndpoint(lambda events: came.extend(events) or events[0][0] == "last" and last.set())
for event_type in (*wanted, "last"):
    endpoint._enrich_event_methods[event_type].append(lambda payload, event_type: (event_type, payload.get("sent by")))
targets = [oslo_messaging.Target(topic="notifications")]
listener = oslo_messaging.get_notification_listener(transport, targets, [endpoint], executor="threading")
notifier = oslo_messaging.Notifier(transport, "host", driver="messagingv2", topics=["notifications"])
listener.start()
for send in (notifier.error, notifier.info):
    for event_type in ("compute.instance.create.error", "orchestration.stack.update.error", "compute.instance.create.end"):
        send({}, event_type, {"sent by": send.__name__})
notifier.info({}, "last", {})
last.wait(20)
listener.stop()
listener.wait()
for event_type, priority in came[:-1]:
    print("comes:", event_type, priority)
PYTHON
seen=$(venv/bin/python -W ignore hearing.py 2>stderr)
echo "$seen"
expected="11 event types of failures are wanted
comes: compute.instance.create.error info
comes: orchestration.stack.update.error info
comes: compute.instance.create.end info"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
