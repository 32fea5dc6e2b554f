#!/usr/bin/env bash
# Guess:    who makes a port in Ironic is told of by baremetal.port.create.start and then .end or .error, as the guide to
#           notifications says of every baremetal resource; a notification that cannot be made would fail a test, or the request.
# Really:   the start is never sent unless the request names available_for_dynamic_portgroup, which hardly any does: the payload
#           has needed that field since its version 1.8, and the port that the API has made of the request has no default in it.
#           The error is caught and becomes a warning in the log; the request goes on, and the end comes as ever.
# Versions: ironic 39.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   met in a recording of an Ironic that ran here (81 ports: 81 ends and no start) whose learned contracts had no such
#           event type; run here; ironic/objects/port.py, ironic/api/controllers/v1/notification_utils.py.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ironic==39.0.0 oslo.messaging==18.3.1

cat >told.py <<'PYTHON'
from pathlib import Path

from ironic import objects
from ironic.api.controllers.v1 import notification_utils as notify
from ironic.common import context, rpc
from ironic.conf import CONF
from oslo_messaging.notify import _impl_test

Path("told.conf").write_text(
    "[DEFAULT]\nnotification_level = info\n[oslo_messaging_notifications]\ndriver = test\ntransport_url = fake://\n"
)
CONF([], project="ironic", default_config_files=["told.conf"])
rpc.init(CONF)
objects.register_all()
ids = {"node_uuid": "11111111-1111-4111-8111-111111111111", "portgroup_uuid": None}
asked = {"uuid": "22222222-2222-4222-8222-222222222222", "address": "00:00:5e:00:53:01", "extra": {}}
for more in ({}, {"available_for_dynamic_portgroup": True}):
    port = objects.Port(context.RequestContext(), **asked, **more)  # as the API makes it of a request
    notify.emit_start_notification(port._context, port, "create", **ids)
    told = [event["event_type"] for _, event, _, _ in _impl_test.NOTIFICATIONS]
    print(f"port of {', '.join([*asked, *more])}: {told}")
PYTHON
seen=$(venv/bin/python -W ignore told.py 2>/dev/null | grep '^port ') # the warning goes to the error output
echo "$seen"
expected="port of uuid, address, extra: []
port of uuid, address, extra, available_for_dynamic_portgroup: ['baremetal.port.create.start']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
