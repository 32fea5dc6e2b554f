#!/usr/bin/env bash
# Guess:    segment.create.end of Masakari, which sees to it that instances of a failed host are started elsewhere, says which
#           segment was created, as its documentation's sample does, with id and uuid; so do those of a host and of a notification
#           of a failure. And segment.update.start says what the segment is before the update, update.end what it is then.
# Really:   no notification of a creation has an id or a uuid: the uuid is made for the row alone, and the object learns of both
#           from the row, after the end was sent. A failure cannot be followed: notification.create.end does not name the
#           notification that the next ones, of its being processed, are about; and of a host the name has to do. update.start and
#           update.end are the same, for the new values are set before either; what was before stands in neither.
# Versions: masakari 22.0.0, oslo.messaging 18.3.1, oslo.versionedobjects 3.12.0, SQLAlchemy 2.1.9, Python 3.11
# Source:   run here with a database of SQLite, Nova and the engine left out; masakari/objects/segment.py, host.py and
#           notification.py: create (the notification before _from_db_object); masakari/ha/api.py, update_segment (update, then
#           save); doc/notification_samples: create-segment-end.json, create-host-end.json, create-notification-end.json.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check masakari==22.0.0 oslo.messaging==18.3.1 oslo.versionedobjects==3.12.0 SQLAlchemy==2.1.9

cat >protect.py <<'PYTHON'
import logging
from pathlib import Path
from unittest import mock

logging.disable()
import masakari.conf  # noqa: E402
import oslo_messaging  # noqa: E402
from masakari import context, objects, rpc  # noqa: E402
from masakari.db.sqlalchemy import api as database  # noqa: E402
from masakari.db.sqlalchemy import models  # noqa: E402
from masakari.engine import utils  # noqa: E402
from masakari.ha import api  # noqa: E402
from masakari.objects import fields  # noqa: E402
from oslo_messaging.notify import _impl_test  # noqa: E402

CONF = masakari.conf.CONF
CONF([], project="masakari", default_config_files=[])
CONF.set_override("connection", f"sqlite:///{Path.cwd()}/masakari.db", "database")
models.BASE.metadata.create_all(database.get_engine())
objects.register_all()
transport = oslo_messaging.get_notification_transport(CONF, "fake://")
serializer = rpc.RequestContextSerializer(rpc.JsonPayloadSerializer())
rpc.NOTIFIER = oslo_messaging.Notifier(transport, driver="test", topics=["versioned_notifications"], serializer=serializer)
CONTEXT = context.get_admin_context()


def told(uuid):
    """Prints what was notified of since, with the uuid of the thing that it is about by the name of uuid."""
    for _, message, priority, _ in _impl_test.NOTIFICATIONS:
        data = message["payload"]["masakari_object.data"]
        shown = {name: data[name] for name in ("id", "uuid", "notification_uuid", "name", "reserved", "type") if name in data}
        shown |= {name: "its own" for name, value in shown.items() if value == uuid}
        print(f"{priority} {message['event_type']}: {shown}")
    _impl_test.NOTIFICATIONS.clear()


segments = api.FailoverSegmentAPI()
segment = segments.create_segment(CONTEXT, {"name": "old", "recovery_method": "auto", "service_type": "compute"})
told(segment.uuid)
segments.update_segment(CONTEXT, segment.uuid, {"name": "new"})
told(segment.uuid)
with mock.patch.object(api, "nova"), mock.patch.object(api.engine_rpcapi, "EngineAPI"):
    hosts = api.HostAPI()
    state = {"type": "COMPUTE", "control_attributes": "SSH", "reserved": False, "on_maintenance": False}
    host = hosts.create_host(CONTEXT, segment.uuid, {"name": "node1", **state})
    told(host.uuid)
    hosts.update_host(CONTEXT, segment.uuid, host.uuid, {"reserved": True})
    told(host.uuid)
    failure = {"event": "STOPPED", "host_status": "NORMAL", "cluster_status": "OFFLINE"}
    report = {"type": "COMPUTE_HOST", "hostname": "node1", "generated_time": "2026-11-30T10:00:00", "payload": failure}
    notification = api.NotificationAPI().create_notification(CONTEXT, report)
    told(notification.notification_uuid)
    action, phase = fields.EventNotificationAction.NOTIFICATION_PROCESS, fields.EventNotificationPhase.START
    utils.notify_about_notification_update(CONTEXT, notification, action=action, phase=phase)  # as the engine does next
    told(notification.notification_uuid)
PYTHON
seen=$(venv/bin/python -W ignore protect.py)
echo "$seen"
expected="INFO segment.create.start: {'name': 'old'}
INFO segment.create.end: {'name': 'old'}
INFO segment.update.start: {'id': 1, 'uuid': 'its own', 'name': 'new'}
INFO segment.update.end: {'id': 1, 'uuid': 'its own', 'name': 'new'}
INFO host.create.start: {'name': 'node1', 'reserved': False, 'type': 'COMPUTE'}
INFO host.create.end: {'name': 'node1', 'reserved': False, 'type': 'COMPUTE'}
INFO host.update.start: {'id': 1, 'uuid': 'its own', 'name': 'node1', 'reserved': True, 'type': 'COMPUTE'}
INFO host.update.end: {'id': 1, 'uuid': 'its own', 'name': 'node1', 'reserved': True, 'type': 'COMPUTE'}
INFO notification.create.start: {'type': 'COMPUTE_HOST'}
INFO notification.create.end: {'type': 'COMPUTE_HOST'}
INFO notification.process.start: {'id': 1, 'notification_uuid': 'its own', 'type': 'COMPUTE_HOST'}"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
