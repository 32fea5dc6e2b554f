#!/usr/bin/env bash
# Guess:    Trove tells of a database instance that could not be made by dbaas.instance_create.error with the priority ERROR, as
#           other services do, and the payload of each notification is made of the traits that its class names for start, end and
#           error.
# Really:   the priority is INFO for all three, so who listens to notifications.error hears of no failure. The payload of the
#           named traits is made, checked, and written to the log at DEBUG, but what is sent is all that was ever told of the
#           request: end has everything that start had, and what no class names is sent, too. server_ip is the host and port of
#           the URL.
# Versions: trove 26.0.0, oslo.messaging 18.3.1, webob 1.8.11, Python 3.11
# Source:   run here with Trove's settings and RPC left out; trove/common/notification.py, DBaaSAPINotification._notify
#           (notifier.info with self.payload).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile oslo.messaging==18.3.1 webob==1.8.11
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps trove==26.0.0

cat >notifying.py <<'PYTHON'
import sys
from unittest import mock

import oslo_messaging
from oslo_config import cfg
from oslo_messaging.notify import _impl_test
from webob import Request

for module in ("cfg", "exception", "i18n", "timeutils"):
    sys.modules[f"trove.common.{module}"] = mock.Mock()
sys.modules["trove.conductor"] = sys.modules["trove.rpc"] = rpc = mock.Mock()
import trove  # noqa: E402

trove.rpc = rpc
from trove.common import notification  # noqa: E402

transport = oslo_messaging.get_notification_transport(cfg.ConfigOpts(), "fake://")
rpc.get_notifier = lambda service: oslo_messaging.Notifier(transport, service, driver="test", topics=["notifications"])


class Context(dict):
    request_id, project_id = "req-1", "p"


def shown(_, qualifier):
    _, message, priority, _ = _impl_test.NOTIFICATIONS[-1]
    print(priority, message["event_type"], *sorted(message["payload"]))


NAMED = {"name": "db", "flavor_id": "1", "datastore": "mysql", "datastore_version": "8", "image_id": "i"}
notification.DBaaSAPINotification.register_notify_callback(shown)
for raised in (False, True):
    context = Context()
    request = Request.blank("/", base_url="https://db.example.org:8779")
    context.notification = create = notification.DBaaSInstanceCreate(context, request=request)
    try:
        with notification.StartNotification(context, **NAMED, availability_zone="z", region_name="r", of_no_class="x"):
            create.payload["instance_id"] = "a"
            if raised:
                raise OSError("no volume")
    except OSError:
        pass
print("end is to have", *create.required_base_traits(), *create.required_end_traits(), *create.optional_end_traits())
print("server_ip", create.payload["server_ip"])
PYTHON
seen=$(venv/bin/python -W ignore notifying.py 2>stderr)
echo "$seen"
expected="INFO dbaas.instance_create.start availability_zone client_ip datastore datastore_version flavor_id image_id name of_no_class region_name request_id server_ip server_type tenant_id
INFO dbaas.instance_create.end availability_zone client_ip datastore datastore_version flavor_id image_id instance_id name of_no_class region_name request_id server_ip server_type tenant_id
INFO dbaas.instance_create.start availability_zone client_ip datastore datastore_version flavor_id image_id name of_no_class region_name request_id server_ip server_type tenant_id
INFO dbaas.instance_create.error availability_zone client_ip datastore datastore_version exception flavor_id image_id instance_id message name of_no_class region_name request_id server_ip server_type tenant_id
end is to have tenant_id client_ip server_ip server_type request_id instance_id
server_ip db.example.org:8779"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
