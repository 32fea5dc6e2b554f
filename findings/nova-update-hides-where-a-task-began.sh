#!/usr/bin/env bash
# Guess:    compute.instance.update and instance.update of Nova, with notify_on_state_change = vm_and_task_state, say which task
#           state an instance had and which it has: what begins comes from null, what ends goes to null.
# Really:   of what ends that is true; of what begins both are the new one: a server that is told to power off goes from
#           "powering-off" to "powering-off". What was null is taken for "not told", and the instance, which is in its new state by
#           then, is asked instead. Who looks for updates in which something changed passes over the beginning of every task; that
#           it began shows only in that such a notification came at all. Both formats have it.
# Versions: nova 34.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here without a database; nova/notifications/base.py, send_update (the two differ, therefore it sends) and
#           _compute_states_payload (old_task_state is None, and its comment); the help of notify_on_state_change.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile nova==34.0.0 oslo.messaging==18.3.1

cat >updating.py <<'PYTHON'
from unittest import mock

import nova.conf
import oslo_messaging
from nova import context, objects, rpc
from nova.network import model
from nova.notifications import base
from nova.notifications.objects import instance as payloads
from oslo_messaging.notify import _impl_test

CONF = nova.conf.CONF
CONF([], project="nova", default_config_files=[])
CONF.set_override("notify_on_state_change", "vm_and_task_state", "notifications")
CONF.set_override("notification_format", "both", "notifications")
objects.register_all()
transport = oslo_messaging.get_notification_transport(CONF, "fake://")
rpc.LEGACY_NOTIFIER = oslo_messaging.Notifier(transport, driver="test", topics=["notifications"])
rpc.NOTIFIER = oslo_messaging.Notifier(transport, driver="test", topics=["versioned_notifications"])

caller = context.RequestContext("u", "p")
sizes = {"root_gb": 1, "ephemeral_gb": 0, "memory_mb": 1, "vcpus": 1}
flavor = {"flavorid": "1", "name": "small", "swap": 0, "rxtx_factor": 1.0, "vcpu_weight": 0, "disabled": False, "is_public": True}
flavor = objects.Flavor(id=1, extra_specs={}, projects=[], description=None, **flavor, **sizes)
texts = dict.fromkeys(("os_type", "architecture", "key_name", "access_ip_v4", "access_ip_v6", "cell_name", "availability_zone"))
names = dict.fromkeys(("display_name", "display_description", "hostname", "host", "node", "reservation_id"), "web")
times = dict.fromkeys(("created_at", "launched_at", "terminated_at", "deleted_at", "updated_at"))
image = {"image_ref": "i", "kernel_id": "", "ramdisk_id": "", "auto_disk_config": False}
owner = {"uuid": "6f3c2c8e-0f0a-4f63-9d3a-6a5b2f1f6f10", "user_id": "u", "project_id": "p", "locked": False, "deleted": False}
more = {"progress": 0, "power_state": 1, "metadata": {}, "system_metadata": {}, "flavor": flavor, "instance_type_id": 1}
network = objects.InstanceInfoCache(network_info=model.NetworkInfo([]))
instance = objects.Instance(caller, info_cache=network, **texts, **names, **times, **image, **owner, **more, **sizes)
instance.tags = objects.TagList(objects=[])

STEPS = [("building", None, "building", "scheduling"), ("building", "spawning", "active", None)]
STEPS += [("active", None, "active", "powering-off"), ("active", "powering-off", "stopped", None)]
with (
    mock.patch.object(base.glance, "API"),
    mock.patch.object(payloads.BlockDevicePayload, "from_instance", return_value=None),
    mock.patch.object(payloads.SharePayload, "from_instance", return_value=None),
):
    for old_vm, old_task, instance.vm_state, instance.task_state in STEPS:
        old = {"vm_state": old_vm, "task_state": old_task, "display_name": "web"}
        base.send_update(caller, old, instance)
        told = []
        for _, message, _, _ in _impl_test.NOTIFICATIONS:
            payload = message["payload"]
            if "nova_object.data" in payload:
                payload = payload["nova_object.data"]["state_update"]["nova_object.data"]
            told.append(f"{message['event_type']} {payload['old_task_state']} to {payload['new_task_state']}")
        print(f"{old_task} to {instance.task_state}: {', '.join(told)}")
        _impl_test.NOTIFICATIONS.clear()
PYTHON
seen=$(venv/bin/python -W ignore updating.py 2>stderr)
echo "$seen"
expected="None to scheduling: compute.instance.update scheduling to scheduling, instance.update scheduling to scheduling
spawning to None: compute.instance.update spawning to None, instance.update spawning to None
None to powering-off: compute.instance.update powering-off to powering-off, instance.update powering-off to powering-off
powering-off to None: compute.instance.update powering-off to None, instance.update powering-off to None"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
