#!/usr/bin/env bash
# Guess:    the notification magnum.cluster.create of Magnum, which is a CADF event, tells by initiator.id who asked for the
#           cluster, as Keystone's do, and the cluster's data bear the names of Magnum's API.
# Really:   initiator.id is a new random id in each event, in the one that says that the work begins and in the one that says
#           how it ended: audits that group by it find as many people as events. The user stands in user_id, which CADF does not
#           know. And of the cluster's twenty fields one has a colon in its name, "docker_volume_size:".
# Versions: magnum 23.0.0, pycadf 4.1.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here without Magnum's RPC and database; magnum/conductor/utils.py, _get_request_audit_info and
#           _get_event_target; keystone 30.0.0, keystone/notifications.py, build_audit_initiator (an id made of the user's);
#           CADF (DSP0262), "initiator".
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
  oslo.messaging==18.3.1 pycadf==4.1.0 cotyledon==2.2.0 futurist==3.5.0
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps magnum==23.0.0

cat >events.py <<'PYTHON'
import sys
import types
from unittest import mock

import oslo_messaging
from oslo_config import cfg
from oslo_messaging.notify import _impl_test

for module in ("magnum.common.rpc", "magnum.objects", "wsme"):
    sys.modules[module] = mock.MagicMock()
from magnum.conductor import utils  # noqa: E402
from pycadf import cadftaxonomy  # noqa: E402

transport = oslo_messaging.get_notification_transport(cfg.ConfigOpts(), "fake://")
utils.rpc.get_notifier = lambda: oslo_messaging.Notifier(
    transport, "container-infra.host", driver="test", topics=["notifications"]
)
cluster = mock.MagicMock(uuid="c1", docker_volume_size=20)
cluster.name = "k8s"
context = types.SimpleNamespace(user_id="u1", project_id="p1", domain_id=None)
for outcome in (cadftaxonomy.OUTCOME_PENDING, cadftaxonomy.OUTCOME_SUCCESS, cadftaxonomy.OUTCOME_FAILURE):
    utils.notify_about_cluster_operation(context, cadftaxonomy.ACTION_CREATE, outcome, cluster)
initiators = []
for _, message, priority, _ in _impl_test.NOTIFICATIONS:
    payload = message["payload"]
    initiators.append(payload["initiator"].pop("id"))
    print(priority, message["event_type"], payload["outcome"], payload["initiator"])
print("initiators:", len(set(initiators)), "of one user")
print([name for name in payload["target"]["attachments"][0]["content"] if "volume" in name])
PYTHON
seen=$(venv/bin/python -W ignore events.py 2>stderr) || { tail -5 stderr; exit 1; }
echo "$seen"
expected="INFO magnum.cluster.create pending {'typeURI': 'service/security/account/user', 'user_id': 'u1', 'project_id': 'p1'}
INFO magnum.cluster.create success {'typeURI': 'service/security/account/user', 'user_id': 'u1', 'project_id': 'p1'}
ERROR magnum.cluster.create failure {'typeURI': 'service/security/account/user', 'user_id': 'u1', 'project_id': 'p1'}
initiators: 3 of one user
['docker_volume_size:']"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
