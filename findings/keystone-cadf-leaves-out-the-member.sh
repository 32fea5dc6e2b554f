#!/usr/bin/env bash
# Guess:    of a user who is put into a group, or taken out of one, Keystone tells by identity.group.updated who it was and which of
#           the two; in the format cadf, its default, as well as in basic, for the option's help says that cadf has the same
#           information and more, and is entirely backwards compatible.
# Really:   only basic says it, in actor_id, actor_type and actor_operation, and it does not say who did it. In cadf the notifications
#           of a user who was added, of one who was removed, and of a group whose description was changed are the same but for
#           their ids and times: the group, and who did it. Who was made an administrator by way of a group, and by whom, stands in
#           neither of the two. Keystone's own tests ask about members in basic alone.
# Versions: keystone 30.0.0, pycadf 4.1.0, oslo.messaging 18.3.1, Python 3.11
# Source:   run here without a database; keystone/notifications.py, Audit._emit (actor_dict is given to _send_notification and not to
#           _create_cadf_payload); keystone/conf/default.py, notification_format; keystone/identity/core.py, add_user_to_group;
#           keystone/tests/unit/common/test_notifications.py, _assert_last_note.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pycadf==4.1.0 oslo.messaging==18.3.1 oslo.context==6.5.0 oslo.log==8.3.2
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps keystone==30.0.0

cat >groups.py <<'PYTHON'
import sys
import sysconfig
import types
from unittest import mock

import oslo_messaging
from oslo_config import cfg
from oslo_messaging.notify import _impl_test
from pycadf import cadftaxonomy, resource

for name in ("flask", "keystone.common.password_hashing", "keystone.common.provider_api", "keystone.common.utils"):
    sys.modules[name] = mock.MagicMock()
sys.modules["keystone.exception"] = mock.MagicMock(UserNotFound=KeyError)
sys.modules["keystone.conf"] = conf = types.ModuleType("keystone.conf")  # the options that notifications need, and no others
conf.__path__ = [f"{sysconfig.get_path('purelib')}/keystone/conf"]
conf.CONF = CONF = cfg.ConfigOpts()
from keystone.conf import default  # noqa: E402

default.register_opts(CONF)
CONF([])
import keystone  # noqa: E402

keystone.conf = conf
from keystone import notifications  # noqa: E402

transport = oslo_messaging.get_notification_transport(CONF, "fake://")
notifications._notifier = oslo_messaging.Notifier(transport, "identity.host", driver="test", topics=["notifications"])
OF_EACH_EVENT = {"id", "eventTime"}

print("default:", CONF.notification_format)
for notification_format in ("cadf", "basic"):
    CONF.set_override("notification_format", notification_format)
    told = []
    for tell in (
        lambda who: notifications.Audit.added_to("group", "admins", "user", "mallory", who),
        lambda who: notifications.Audit.removed_from("group", "admins", "user", "mallory", who),
        lambda who: notifications.Audit.updated("group", "admins", who),
    ):
        initiator = resource.Resource(typeURI=cadftaxonomy.ACCOUNT_USER, id="0" * 32)
        initiator.user_id, initiator.username, initiator.request_id = "alice", "Alice", "req-1"
        tell(initiator)
        _, message, priority, _ = _impl_test.NOTIFICATIONS[-1]
        payload = {name: value for name, value in message["payload"].items() if name not in OF_EACH_EVENT}
        payload.get("observer", {}).pop("id", None)
        told.append((priority, message["event_type"], payload))
    added, removed, updated = told
    print(f"{notification_format}: {added[0]} {added[1]} {', '.join(sorted(added[2]))}")
    print(f"{notification_format}: added is removed: {added == removed}, is another change: {added == updated}")
    print(f"{notification_format}: whom {'mallory' in str(added)}, by whom {'alice' in str(added)}")
PYTHON
seen=$(venv/bin/python -W ignore groups.py)
echo "$seen"
expected='default: cadf
cadf: INFO identity.group.updated action, eventType, initiator, observer, outcome, resource_info, target, typeURI
cadf: added is removed: True, is another change: True
cadf: whom False, by whom True
basic: INFO identity.group.updated actor_id, actor_operation, actor_type, request_id, resource_info
basic: added is removed: False, is another change: False
basic: whom True, by whom False'
[[ $seen == "$expected" ]] || { echo "changed"; exit 1; }
