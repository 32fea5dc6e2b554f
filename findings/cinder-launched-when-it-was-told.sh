#!/usr/bin/env bash
# Guess:    launched_at of Cinder's notifications of a volume says when the volume was ready, and is null before that, or where it
#           never was; a snapshot has its metadata as a volume has, in JSON, and deleted is a boolean.
# Really:   where nothing is known launched_at is the moment of the notification: a volume that failed was launched, at another
#           time in each notification, so each volume.exists of an audit tells a new one. The metadata of a snapshot are a text,
#           Python's of a dict, which is no JSON, and the empty text where there are none; deleted is the text "True", or the
#           empty text. status hides error_managing_deleting behind deleting. And who tells of a snapshot finds deleted rows from
#           then on: read_deleted of the context that was handed over is "yes" and stays it.
# Versions: cinder 29.0.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here without Cinder's database; cinder/volume/volume_utils.py, _usage_from_volume (launched_at or now),
#           _usage_from_snapshot and null_safe_str.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile oslo.messaging==18.3.1
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps cinder==29.0.0

cat >tells.py <<'PYTHON'
import datetime
import json
import sys
import time
from unittest import mock

import oslo_messaging
from oslo_config import cfg
from oslo_context.context import RequestContext
from oslo_messaging.notify import _impl_test

OUTSIDE = "castellan castellan.common castellan.common.credentials keystoneauth1 os_brick os_brick.initiator oslo_concurrency"
INSIDE = "brick.local_dev context db db.api exception i18n image objects rpc utils volume.configuration volume.driver"
BESIDE = "volume.group_types volume.throttling volume.volume_types"
for name in (*OUTSIDE.split(), *(f"cinder.{module}" for module in f"{INSIDE} {BESIDE}".split())):
    sys.modules[name] = mock.MagicMock()
sys.modules["cinder.utils"].if_notifications_enabled = lambda function: function
from cinder.volume import volume_utils  # noqa: E402

transport = oslo_messaging.get_notification_transport(cfg.ConfigOpts(), "fake://")
volume_utils.rpc.get_notifier = lambda *of: oslo_messaging.Notifier(transport, "host", driver="test", topics=["notifications"])
volume_utils.db.volume_attachment_get_all_by_volume_id.return_value = []
volume_utils.db.volume_glance_metadata_get.return_value = []
volume_utils.db.volume_get.return_value = {"availability_zone": "nova"}
CREATED = datetime.datetime(2026, 2, 3, 10)


def told(tell, of, event):
    tell(context, of, event)
    return json.loads(json.dumps(_impl_test.NOTIFICATIONS[-1][1]["payload"]))


class Volume(dict):
    def __missing__(self, name):
        return None


context = RequestContext()
context.read_deleted = "no"
volume = Volume(id="v1", status="error", created_at=CREATED, launched_at=None)
first = told(volume_utils.notify_about_volume_usage, volume, "exists")
time.sleep(0.01)
second = told(volume_utils.notify_about_volume_usage, volume, "exists")
now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
age = now - datetime.datetime.fromisoformat(second["launched_at"])
print("volume, error:", "launched just now" if age < datetime.timedelta(minutes=1) else second["launched_at"])
print("told once more:", "the same time" if first["launched_at"] == second["launched_at"] else "another time")
volume["status"] = "error_managing_deleting"
print("volume, error_managing_deleting:", told(volume_utils.notify_about_volume_usage, volume, "delete.start")["status"])
for deleted, metadata in ((False, {}), (True, {"os": "linux"})):
    snapshot = mock.Mock(created_at=CREATED, deleted=deleted, metadata=metadata)
    for name in ("project_id", "user_id", "availability_zone", "volume_id", "volume_size", "id", "display_name", "status"):
        setattr(snapshot, name, None)
    payload = told(volume_utils.notify_about_snapshot_usage, snapshot, "create.end")
    print(f"snapshot, deleted {deleted}, metadata {metadata}: {payload['deleted']!r} and {payload['metadata']!r}")
print("read_deleted of the context:", context.read_deleted)
PYTHON
seen=$(venv/bin/python tells.py)
echo "$seen"
expected="volume, error: launched just now
told once more: another time
volume, error_managing_deleting: deleting
snapshot, deleted False, metadata {}: '' and ''
snapshot, deleted True, metadata {'os': 'linux'}: 'True' and \"{'os': 'linux'}\"
read_deleted of the context: yes"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
