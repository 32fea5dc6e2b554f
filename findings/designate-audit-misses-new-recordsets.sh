#!/usr/bin/env bash
# Guess:    with notification_plugin = audit, which is there for auditors, Designate tells of each change of a zone or a
#           recordset, what it was before and what it is now, with the values and types that the object has.
# Really:   of a new recordset nobody is told: dns.recordset.create is made of the difference between the records before and now,
#           and a new recordset's records are taken for both, so there is no payload and no notification, and nothing is logged.
#           Its change and its end are told, as is a new zone. Values are Python's texts, so a TTL that was not set was "None",
#           and 300 is "300". With the plugin default the notification comes.
# Versions: designate 23.0.0, oslo.messaging 18.3.1, oslo.versionedobjects 3.12.0, Python 3.11
# Source:   run here without Designate's database, with its decorator and its objects; designate/notifications.py,
#           Audit.recordset_data and gather_changes; designate/common/decorators/notification.py; Designate's release notes of
#           4.0.0 (the plugin emits object changes, and the names of zones and recordsets).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
  oslo.messaging==18.3.1 oslo.versionedobjects==3.12.0 oslo.db==18.1.1 oslo.policy==6.0.1 keystoneauth1==5.18.1 dnspython==2.9.2
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps designate==23.0.0

cat >audits.py <<'PYTHON'
import oslo_messaging
from oslo_config import cfg
from oslo_messaging.notify import _impl_test

from designate import notifications
from designate.common.decorators import notification
from designate.context import DesignateContext
from designate.objects import Record, RecordList, RecordSet, Zone

transport = oslo_messaging.get_notification_transport(cfg.ConfigOpts(), "fake://")


class Central:
    notification_thread_local = notification.NotificationThreadLocal()
    notifier = oslo_messaging.Notifier(transport, "central.host", driver="test", topics=["notifications"])

    @notification.notify_type("dns.zone.create")
    def create_zone(self, context, zone):
        return zone

    @notification.notify_type("dns.recordset.create")
    def create_recordset(self, context, zone_id, recordset):
        return recordset

    @notification.notify_type("dns.recordset.update")
    def update_recordset(self, context, recordset):
        return recordset

    @notification.notify_type("dns.recordset.delete")
    def delete_recordset(self, context, zone_id, recordset_id):
        return recordset


central, context = Central(), DesignateContext()
for plugin in (notifications.Audit(), notifications.Default()):
    notifications.NOTIFICATION_PLUGIN = plugin
    _impl_test.NOTIFICATIONS.clear()
    zone = Zone(id="dc784f2a-0b6f-4f0e-9d29-2f4f7c0c2b11", name="example.org.")
    recordset = RecordSet(name="www.example.org.", type="A", ttl=None, records=RecordList(objects=[Record(data="192.0.2.1")]))
    central.create_zone(context, zone)
    central.create_recordset(context, zone.id, recordset)
    recordset.obj_reset_changes()
    recordset.ttl = 300
    recordset.records = RecordList(objects=[Record(data="192.0.2.2")])
    central.update_recordset(context, recordset)
    central.delete_recordset(context, zone.id, "r1")
    print(plugin.__plugin_name__, "tells of:")
    for _, message, _, _ in _impl_test.NOTIFICATIONS:
        payload = message["payload"] if plugin.__plugin_name__ == "audit" else {}
        changed = [repr(payload.get(name)) for name in ("changed_field", "old_data", "new_data")]
        print(" ", message["event_type"], *(changed if payload.get("changed_field") else []))
PYTHON
seen=$(venv/bin/python -W ignore audits.py)
echo "$seen"
expected="audit tells of:
  dns.zone.create
  dns.recordset.update 'records' '192.0.2.1' '192.0.2.2'
  dns.recordset.update 'ttl' 'None' '300'
  dns.recordset.delete
default tells of:
  dns.zone.create
  dns.recordset.create
  dns.recordset.update
  dns.recordset.delete"
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
